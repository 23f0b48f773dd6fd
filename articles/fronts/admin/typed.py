"""The fields of the arrange page read into a content; what cannot stand is named, not guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from articles import topics
from articles.fronts.content import (
    CROPS,
    LAYOUTS,
    LONGEST,
    MOST_SLOTS,
    SIZES,
    SOURCES,
    Block,
    Content,
    Placement,
)
from articles.models import Article, Column, Section
from newsroom.lib.text import tidy
from newsroom.media.models import Picture

# A number, or an address of the site or of the desk that has one.
ADDRESS = re.compile(r"(?:.*[/-])?([0-9]{1,18})(?:/change)?/?(?:[?#].*)?", re.DOTALL)


@dataclass
class Typed:
    """What the form makes of a content. `errors`: names of fields and what is wrong with them."""

    content: Content
    errors: dict[str, str] = field(default_factory=dict)


def number(value: str) -> int | None:
    """The number in what somebody typed or pasted for an article."""
    found = ADDRESS.fullmatch(value.strip()[:500])
    return int(found[1]) or None if found else None


def read(sent: Mapping[str, str], base: Content) -> Typed:
    """`base` with every field that was sent; at most 3 queries, and one a topic that is named."""
    reading = _Reading(sent, base)
    blocks = tuple(reading.block(block) for block in base.blocks)
    slots = {key: found for key in base.keys if (found := reading.slot(key))}
    content = Content(blocks, slots)
    # A block that became shorter: what stood at its end is gone with the slot.
    kept = {key: slots[key] for key in content.keys if key in slots}
    return Typed(replace(content, slots=kept), reading.errors)


def source(
    sent: Mapping[str, str], prefix: str, errors: dict[str, str]
) -> tuple[str, int | None] | None:
    """The rule that was chosen at this prefix: a list of the paper, a section, topic or column."""
    kind, _colon, pk = sent.get(f"{prefix}-source", "").partition(":")
    if kind == "topic":
        name = sent.get(f"{prefix}-topic", "")
        topic = topics.find(name) if name.strip() and name.isprintable() else None
        if topic is None:
            errors[f"{prefix}-topic"] = _("There is no topic of this name.")
            return None
        return "topic", topic.pk
    models: dict[str, Any] = {"section": Section, "column": Column}
    if kind in models:
        known = re.fullmatch("[0-9]{1,18}", pk) and models[kind].objects.filter(pk=pk).exists()
        if not known:
            errors[f"{prefix}-source"] = _("Choose where its stories come from.")
            return None
        return kind, int(pk)
    if kind in SOURCES:
        return kind, None
    errors[f"{prefix}-source"] = _("Choose where its stories come from.")
    return None


class _Reading:
    def __init__(self, sent: Mapping[str, str], base: Content) -> None:
        self.sent, self.base = sent, base
        self.errors: dict[str, str] = {}
        self.articles = self._known(Article, "article")
        self.pictures = self._known(Picture, "picture")

    def _known(self, model: Any, name: str) -> set[int]:
        """Of the numbers that were typed, those that exist; what the front has already may stay."""
        had = {getattr(placed, name) for placed in self.base.slots.values()}
        typed = (self.sent.get(f"slot-{key}-{name}", "") for key in self.base.keys)
        asked = {number(value) for value in typed} - had - {None}
        found = model.objects.filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
        return {*found} | (had - {None})

    def slot(self, key: str) -> Placement | None:
        had = self.base.slots.get(key)
        placed = self._article(key, had)
        if placed is None:
            return None
        return replace(
            placed,
            headline=self._words(
                f"slot-{key}-headline", placed.headline, had.headline if had else None
            ),
            kicker=self._words(f"slot-{key}-kicker", placed.kicker, had.kicker if had else None),
            picture=self._picture(key, placed, had),
            crop=self._one_of(f"slot-{key}-crop", CROPS, placed.crop, had.crop if had else None),
            size=self._one_of(f"slot-{key}-size", SIZES, placed.size, had.size if had else None),
        )

    def _article(self, key: str, had: Placement | None) -> Placement | None:
        name = f"slot-{key}-article"
        value = self.sent.get(name)
        if value is None:
            return had
        if not value.strip():
            return None
        found = number(value)
        if found not in self.articles:
            self.errors[name] = _("There is no article of this number.")
            return had
        return had if had and had.article == found else Placement(found or 0)

    def _words(self, name: str, now: str, had: str | None) -> str:
        """What was typed; an unchanged field of the story before says nothing about a new one."""
        value = tidy(self.sent.get(name, now))[:LONGEST]
        return now if value == had else value

    def _picture(self, key: str, placed: Placement, had: Placement | None) -> int | None:
        name = f"slot-{key}-picture"
        value = self.sent.get(name, str(placed.picture or "")).strip()
        if not value or (had and value == str(had.picture or "")):
            return placed.picture if value else None
        found = number(value)
        if found not in self.pictures:
            self.errors[name] = _("There is no picture of this number.")
            return placed.picture
        return found

    def _one_of(self, name: str, known: Mapping[str, Any], now: str, had: str | None) -> str:
        value = self.sent.get(name, now)
        return value if value in known and value != had else now

    def block(self, block: Block) -> Block:
        at = f"block-{block.id}"
        if f"{at}-sent" not in self.sent:
            return block
        chosen = None
        if f"{at}-source" in self.sent:
            chosen = source(self.sent, at, self.errors)
        name, pk = chosen or (block.source, block.source_id)
        return replace(
            block,
            title=tidy(self.sent.get(f"{at}-title", block.title))[:LONGEST],
            source=name,
            source_id=pk,
            layout=self._one_of(f"{at}-layout", LAYOUTS, block.layout, None),
            count=count(self.sent, at, block.count, self.errors),
            repeat=f"{at}-repeat" in self.sent,
            hidden=f"{at}-hidden" in self.sent,
        )


def count(sent: Mapping[str, str], prefix: str, now: int, errors: dict[str, str]) -> int:
    """How many slots were asked for."""
    name = f"{prefix}-count"
    value = sent.get(name, str(now)).strip()
    if re.fullmatch("[0-9]{1,3}", value, re.ASCII) and 1 <= int(value) <= MOST_SLOTS:
        return int(value)
    errors[name] = _("Give a number from 1 to %(most)d.") % {"most": MOST_SLOTS}
    return now
