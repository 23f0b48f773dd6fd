"""The parts of a block and of a placement, merged each for itself; pure functions."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from articles.fronts.content import Block, Content, Placement

DETAILS = ("headline", "kicker", "picture", "crop", "size")
# What of a block is merged apart; a source and its id are one thing.
PARTS: tuple[tuple[str, ...], ...] = (
    ("source", "source_id"), ("kind",), ("title",), ("layout",), ("count",), ("repeat",),
    ("hidden",),
)  # fmt: skip


def parts_of(base: Block, mine: Block, theirs: Block) -> tuple[Block, list[tuple[str, ...]]]:
    """The block with each part from who changed it (theirs where both did), and what both did."""
    taken: dict[str, Any] = {}
    contested: list[tuple[str, ...]] = []
    for part in PARTS:
        was, my, their = (value_of(block, part) for block in (base, mine, theirs))
        if my != was and their != was and my != their:
            contested.append(part)
        elif their == was:
            taken.update(zip(part, my, strict=True))
    return replace(theirs, **taken), contested


def value_of(block: Block, part: tuple[str, ...]) -> tuple[Any, ...]:
    """What a block has there."""
    return tuple(getattr(block, name) for name in part)


def detail(name: str, base: Placement, mine: Placement, theirs: Placement) -> tuple[bool, Any]:
    """Whether it is known what stands, and what."""
    was, my, their = (getattr(side, name) for side in (base, mine, theirs))
    return my == their or was in (my, their), my if their == was else their


def standing_in(side: Content, slots: Iterable[str], article: int) -> list[str]:
    """Those of the slots in which this story stands by hand."""
    placed = ((key, side.slots.get(key)) for key in slots)
    return [key for key, found in placed if found and found.article == article]


def differing(parts: Iterable[tuple[str, ...]], a: Block, b: Block) -> list[tuple[str, ...]]:
    """Those of the parts that the two blocks do not share."""
    return [part for part in parts if value_of(a, part) != value_of(b, part)]
