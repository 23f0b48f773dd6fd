"""Stories and fronts in one line, for tests that look back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from articles.fronts.arranging import publish as arrange
from articles.fronts.content import Content, Placement
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Arrangement, Front
from articles.fronts.recording import record
from articles.models import Article, PublishedArticle, Section
from articles.publishing import publish
from articles.revisions import revise
from newsroom.accounts.models import User

# A Tuesday noon; whole minutes, as the time machine's form has them.
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def minutes(number: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=number)


def city() -> Section:
    return Section.objects.get_or_create(name="City", slug="city")[0]


def story(headline: str, *, at: datetime = NOON, **fields: Any) -> PublishedArticle:
    """A live article of the section City."""
    fields = {"section": city(), "body": "<p>It opened.</p>", **fields}
    article = Article.objects.create(headline=headline, **fields)
    return publish(article, by=None, at=at, revision=revise(article, by=None))


def reworded(row: PublishedArticle, headline: str, *, at: datetime) -> None:
    """The story gets another headline, and readers see it."""
    article = row.article
    article.headline = headline
    article.save()
    publish(article, by=None, at=at, revision=revise(article, by=None))


def home() -> Front:
    return Front.objects.get(pk=front_of("home").pk)


def with_slots(front: Front, **slots: int | Placement) -> Content:
    """What stands on the front, with stories in slots; `seconds_2` is the slot "seconds.2"."""
    content = content_of(front)
    for name, placed in slots.items():
        placement = placed if isinstance(placed, Placement) else Placement(placed)
        content = content.with_slot(name.replace("_", "."), placement)
    return content


def show(
    front: Front, *, at: datetime, by: User | None = None, note: str = "", **slots: Any
) -> Arrangement:
    """Publish the front with these stories in their slots."""
    front.refresh_from_db()
    return arrange(front, by=by, content=with_slots(front, **slots), note=note, at=at)


def look(front: Front, *, at: datetime) -> None:
    """The clock looks at the front and keeps what it sees."""
    record(Front.objects.get(pk=front.pk), at=at)
