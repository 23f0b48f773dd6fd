"""A front as the arrange page draws it: blocks in page order, a card for every slot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.fronts.acts import FIXED, beside
from articles.fronts.admin.picker import state_words
from articles.fronts.content import LAYOUTS, SOURCES, SOURCES_WITH_ID, Block, Content, Placement
from articles.fronts.filling import Shown, ShownCard, fill
from articles.fronts.models import Front
from articles.fronts.naming import block_names, slot_name
from articles.fronts.sizes import FIXED as WORDS_ALONE
from articles.models import Article, Column, Section, Topic


@dataclass
class Slot:
    """One card. `seen` is what readers would get there; `placed` what stands there by hand."""

    key: str
    name: str
    placed: Placement | None
    headline: str = ""
    state: str = ""
    skipped: str = ""
    seen: ShownCard | None = None
    sizes: bool = True
    # Whether there is a slot before and after it.
    up: bool = False
    down: bool = False
    # Fields that cannot stand, by their last word, as they were typed; and what is wrong.
    typed: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def by_hand(self) -> bool:
        return self.placed is not None

    @property
    def story(self) -> int | None:
        """The article that an editor would take from here."""
        return self.placed.article if self.placed else self.seen.card.pk if self.seen else None

    @property
    def words(self) -> str:
        """Its headline as the slot has it."""
        own = self.placed.headline if self.placed else ""
        return own or self.headline or (self.seen.card.headline if self.seen else "")

    @property
    def thumb(self) -> str:
        """A small picture, where readers get one."""
        picture = self.seen.card.lead_picture if self.seen and self.seen.size != "text" else None
        return picture.rendition_path("thumb") if picture else ""

    @property
    def typed_article(self) -> str:
        return self.typed.get("article", str(self.placed.article) if self.placed else "")

    @property
    def typed_picture(self) -> str:
        own = self.placed.picture if self.placed else None
        return self.typed.get("picture", str(own or ""))


@dataclass
class Part:
    """One block."""

    block: Block
    name: str
    rule: str
    topic: str
    slots: list[Slot] = field(default_factory=list)
    up: bool = False
    down: bool = False
    removable: bool = False
    trouble: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        """As the select names it."""
        named = self.block.source in ("section", "column")
        return f"{self.block.source}:{self.block.source_id}" if named else self.block.source

    @property
    def has_layout(self) -> bool:
        return self.block.kind == "row"

    @property
    def has_count(self) -> bool:
        return self.block.kind != "lead"


@dataclass
class Board:
    """All of it, with what the forms on the page offer."""

    parts: list[Part]
    shown: Shown
    sources: list[tuple[str, str]]
    slots: list[Slot]

    @property
    def skipped(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.skipped]

    def slot(self, key: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.key == key), None)

    def mark(self, errors: Mapping[str, str], sent: Mapping[str, str]) -> None:
        """Put what is wrong beside its fields, with what was typed there."""
        for name, sentence in errors.items():
            about, _dash, what = name.rpartition("-")
            if slot := self.slot(about.removeprefix("slot-")):
                slot.wrong.append(sentence)
                slot.typed[what] = sent.get(name, "")[:300]
            for part in self.parts:
                if about == f"block-{part.block.id}":
                    part.wrong.append(sentence)
                    part.topic = sent.get(name, "")[:100] if what == "topic" else part.topic


def board(front: Front, content: Content, *, at: datetime) -> Board:
    """About eight queries, whatever stands on it."""
    shown = fill(front, content, at=at)
    names = block_names(content.blocks)
    sections = dict(Section.objects.values_list("pk", "name"))
    columns = dict(Column.objects.values_list("pk", "name"))
    asked = {b.source_id for b in content.blocks if b.source == "topic"}
    topics = dict(Topic.objects.filter(pk__in=asked).values_list("pk", "name")) if asked else {}
    known: dict[str, Mapping[Any, str]] = {"section": sections, "column": columns, "topic": topics}
    slots = _slots(content, shown, names)
    troubled = {each.slot: _(each.why) for each in shown.skipped if each.article_id is None}
    parts = []
    for n, block in enumerate(content.blocks):
        part = Part(
            block, names[block.id], _rule(block, known),
            known["topic"].get(block.source_id, "") if block.source == "topic" else "",
            slots=[slots[key] for key in block.slots],
            trouble=troubled.get(block.id, ""),
        )  # fmt: skip
        if block.kind not in FIXED:
            part.up = n > 0 and content.blocks[n - 1].kind not in FIXED
            part.down = n + 1 < len(content.blocks) and content.blocks[n + 1].kind not in FIXED
            # A section's row would come back by itself: it is hidden instead.
            part.removable = block.kind == "row" and not (
                front.kind == Front.Kind.HOME and block.source == "section"
            )
        parts.append(part)
    plain = [(name, str(words)) for name, words in SOURCES.items() if name not in SOURCES_WITH_ID]
    choices = [
        *plain,
        *((f"section:{pk}", name) for pk, name in sections.items()),
        *((f"column:{pk}", _("column: %(name)s") % {"name": name}) for pk, name in columns.items()),
        ("topic", str(SOURCES["topic"])),
    ]
    return Board(parts, shown, choices, list(slots.values()))


def _slots(content: Content, shown: Shown, names: Mapping[str, str]) -> dict[str, Slot]:
    placed = {placement.article for placement in content.slots.values()}
    articles = (
        Article.objects.only("headline", "state", "publish_at", "binned_at", "first_published_at")
        .in_bulk(placed)
    ) if placed else {}  # fmt: skip
    seen = {card.slot: card for block in shown.blocks for card in block.cards}
    why = {each.slot: _(each.why) for each in shown.skipped if each.article_id is not None}
    found = {}
    for block in content.blocks:
        for key in block.slots:
            slot = Slot(
                key, slot_name(key, names), content.slots.get(key), skipped=why.get(key, ""),
                seen=seen.get(key), sizes=block.kind not in WORDS_ALONE,
                up=beside(content, key, -1) is not None, down=beside(content, key, 1) is not None,
            )  # fmt: skip
            if slot.placed:
                article = articles.get(slot.placed.article)
                slot.headline = article.headline if article else _("Article %(number)d") % {
                    "number": slot.placed.article
                }  # fmt: skip
                slot.state = state_words(article) if article else _("gone")
            found[key] = slot
    return found


def _rule(block: Block, known: Mapping[str, Mapping[Any, str]]) -> str:
    """ "newest of a section: City"."""
    words = str(SOURCES[block.source])
    if block.source not in SOURCES_WITH_ID:
        return words
    return f"{words}: {known[block.source].get(block.source_id, '?')}"


def layouts() -> list[tuple[str, str]]:
    return [(name, str(words)) for name, words in LAYOUTS.items()]
