"""The content of a front: its blocks in page order and what editors placed in their slots.

As JSON, in `Front.draft` and `Arrangement.content`:

    {"blocks": [{"id": "row-3", "kind": "row", "source": "section", "source_id": 3, "title": "",
                 "layout": "four", "count": 4, "repeat": false, "hidden": false}, ...],
     "slots": {"row-3.1": {"article": 7, "headline": "", "kicker": "", "picture": null,
                           "crop": "", "size": ""}, ...}}

A slot that is missing fills by its block's rule. Nothing here asks the database.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom.lib.text import tidy

# kind of block: what it is called. How it is set is in templates/fronts/.
BLOCKS = {
    "lead": _("Lead"),
    "related": _("Below the lead"),
    "seconds": _("Seconds"),
    "opinion": _("Opinion"),
    "row": _("Row"),
    "latest": _("Latest"),
    "hot": _("Hot Opinion"),
}
# Where an empty slot takes its story from; those of SOURCES_WITH_ID name one by its id.
SOURCES = {
    "paper": _("newest of the paper"),
    "news": _("newest news"),
    "opinion": _("newest opinion"),
    "section": _("newest of a section"),
    "topic": _("newest on a topic"),
    "column": _("newest of a column"),
}
SOURCES_WITH_ID = ("section", "topic", "column")
LAYOUTS = {"four": _("four beside each other"), "one-three": _("one large, three small"),
           "list": _("a list without pictures")}  # fmt: skip
SIZES = {"": _("as the slot has it"), "large": _("large"), "small": _("small"),
         "text": _("without picture")}  # fmt: skip
CROPS = {"": _("3:2"), "square": _("square"), "whole": _("the whole picture")}
MOST_BLOCKS, MOST_SLOTS, LONGEST = 40, 12, 200


class BadContent(ValueError):
    """What was sent is no front; the message says what, for people."""


@dataclass(frozen=True)
class Block:
    """One part of the page with `count` slots, numbered from 1."""

    id: str
    kind: str
    source: str = "paper"
    source_id: int | None = None
    title: str = ""
    layout: str = "four"
    count: int = 4
    # May show a story that stands higher up already.
    repeat: bool = False
    hidden: bool = False

    @property
    def slots(self) -> list[str]:
        """The keys of its slots, in order."""
        return [f"{self.id}.{number}" for number in range(1, self.count + 1)]


@dataclass(frozen=True)
class Placement:
    """A story an editor put into a slot, with what differs there."""

    article: int
    headline: str = ""
    kicker: str = ""
    picture: int | None = None
    crop: str = ""
    size: str = ""


@dataclass(frozen=True)
class Content:
    """Blocks in page order and placements by slot."""

    blocks: tuple[Block, ...] = ()
    slots: Mapping[str, Placement] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """Every slot there is, in page order."""
        return [key for block in self.blocks for key in block.slots]

    def with_slot(self, key: str, placement: Placement | None) -> "Content":
        """The same with another story in this slot, or with none."""
        slots = {k: p for k, p in self.slots.items() if k != key}
        return replace(self, slots={**slots, key: placement} if placement else slots)

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `parse` reads it again."""
        return {
            "blocks": [asdict(block) for block in self.blocks],
            "slots": {key: asdict(self.slots[key]) for key in self.keys if key in self.slots},
        }


def parse(data: Any) -> Content:
    """The content of a JSON value. Raises BadContent; placements of slots that are gone go too."""
    if not isinstance(data, dict):
        raise BadContent(_("This is no front."))
    blocks = tuple(_block(each) for each in _list(data.get("blocks", [])))
    ids = [block.id for block in blocks]
    if len(set(ids)) < len(ids) or len(ids) > MOST_BLOCKS:
        raise BadContent(_("A front has at most %d blocks, each once.") % MOST_BLOCKS)
    raw = data.get("slots", {})
    if not isinstance(raw, dict):
        raise BadContent(_("This is no front."))
    content = Content(blocks)
    return replace(content, slots={k: _placement(raw[k]) for k in content.keys if k in raw})


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadContent(_("This is no front."))
    return value


def _block(data: Any) -> Block:
    if not isinstance(data, dict):
        raise BadContent(_("This is no block of a front."))
    known = {name: data[name] for name in Block.__dataclass_fields__ if name in data}
    try:
        block = Block(**known)
        number = block.source_id is None or 0 < int(block.source_id) < 2**63
        right = (
            isinstance(block.id, str)
            and 0 < len(block.id) <= 50
            and block.id.replace("-", "").isalnum()
            and block.kind in BLOCKS
            and block.source in SOURCES
            and (block.source_id is not None) == (block.source in SOURCES_WITH_ID)
            and block.layout in LAYOUTS
            and 1 <= int(block.count) <= MOST_SLOTS
            and number
        )
    except (TypeError, ValueError, OverflowError) as error:  # 1e999 is endless
        raise BadContent(_("This is no block of a front.")) from error
    if not right:
        raise BadContent(_("This is no block of a front."))
    return replace(
        block, title=_words(block.title), count=int(block.count), repeat=bool(block.repeat),
        hidden=bool(block.hidden),
        source_id=None if block.source_id is None else int(block.source_id),
    )  # fmt: skip


def _placement(data: Any) -> Placement:
    if not isinstance(data, dict):
        raise BadContent(_("This is no story in a slot."))
    known = {name: data[name] for name in Placement.__dataclass_fields__ if name in data}
    try:
        placement = Placement(**known)
        ids = [placement.article, *([] if placement.picture is None else [placement.picture])]
        right = (
            all(isinstance(each, int) and 0 < each < 2**63 for each in ids)
            and placement.crop in CROPS
            and placement.size in SIZES
        )
    except TypeError as error:
        raise BadContent(_("This is no story in a slot.")) from error
    if not right:
        raise BadContent(_("This is no story in a slot."))
    return replace(placement, headline=_words(placement.headline), kicker=_words(placement.kicker))


def _words(value: Any) -> str:
    return tidy(str(value or ""))[:LONGEST]
