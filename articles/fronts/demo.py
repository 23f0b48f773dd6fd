"""What the demo paper's editors placed by hand: on the home page and in Hot Opinion."""

from datetime import datetime
from pathlib import Path
from typing import Any

from articles.fronts.arranging import publish
from articles.fronts.content import Block, Content, Placement
from articles.fronts.finding import default_content, front_of
from articles.fronts.models import Front
from articles.models import Column, PublishedArticle, Topic
from newsroom.accounts.models import User

# Slot, article, and what differs there.
HOME: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("lead.1", "assembly-passes-water-act", {}),
    (
        "seconds.1",
        "storm-crosses-maren-islands",
        {"headline": "Five islands cut off, and a ferry with 212 aboard turns back",
         "crop": "square", "size": "large"},
    ),
    ("sea.1", "seagrass-meadow", {"kicker": "Tern Bay"}),
)  # fmt: skip
HOT = ("editorial-two-votes", "guest-teach-the-meter")


def seed(folder: Path, *, at: datetime) -> None:
    """Arrange the two fronts, unless somebody has arranged them; plans none."""
    chief = User.objects.filter(email="chief@demo.test").first()
    home, hot = front_of(Front.Kind.HOME), front_of(Front.Kind.HOT_OPINION)
    if home.live is None:
        content = _with_rows(default_content(home))
        for slot, slug, differs in HOME:
            content = _placed(content, slot, slug, differs)
        publish(home, by=chief, content=content, note="The morning's front", at=at)
    if hot.live is None:
        content = default_content(hot)
        for number, slug in enumerate(HOT, start=1):
            content = _placed(content, f"hot.{number}", slug, {})
        publish(hot, by=chief, content=content, at=at)


def _placed(content: Content, slot: str, slug: str, differs: dict[str, Any]) -> Content:
    found = PublishedArticle.objects.filter(article__slug=slug).values_list("pk", flat=True).first()
    return content.with_slot(slot, Placement(found, **differs)) if found else content


def _with_rows(content: Content) -> Content:
    """A topic's row below the second section's, a column's below the fifth's."""
    blocks = list(content.blocks)
    rows = [block for block in blocks if block.kind == "row"]
    topic = Topic.objects.filter(slug="sea").first()
    column = Column.objects.filter(slug="the-committee-stage").first()
    if column and len(rows) > 4:
        strip = Block("committee", "row", "column", column.pk, count=3)
        blocks.insert(blocks.index(rows[4]) + 1, strip)
    if topic and len(rows) > 1:
        row = Block("sea", "row", "topic", topic.pk, layout="one-three")
        blocks.insert(blocks.index(rows[1]) + 1, row)
    return Content(tuple(blocks), content.slots)
