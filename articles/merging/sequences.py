"""Three-way merge of two lists of texts that began as one (diff3), by the edits of each side."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

# Beyond so many pairs (a thousand blocks against a thousand, after what is equal at both ends)
# difflib takes seconds; such a middle then counts as changed as a whole.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of the lists: what each of the three says there, and what comes of it."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    result: tuple[str, ...] | None  # None: both changed it; somebody must choose


class Edit(NamedTuple):
    """One side replaces base[start:end] by side[low:high]."""

    start: int
    end: int
    low: int
    high: int
    is_mine: bool


def merge_sequences(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, key: Callable[[str], str]
) -> list[Piece]:
    """The pieces in order. Items are the same when their keys are.

    Neighbouring edits of different sides are both taken; edits of the same items, or insertions at
    the same place, are a conflict unless they are the same. Swapping the sides swaps the pieces.
    """
    keys = [[key(item) for item in side] for side in (base, mine, theirs)]
    edits = [*_edits(keys[0], keys[1], is_mine=True), *_edits(keys[0], keys[2], is_mine=False)]
    pieces: list[Piece] = []
    at = 0
    for group in _groups(sorted(edits)):
        start, end = min(e.start for e in group), max(e.end for e in group)
        if at < start:
            pieces.append(_kept(base[at:start]))
        parts = tuple(base[start:end])
        own = _replaced(base, mine, start, end, [e for e in group if e.is_mine])
        other = _replaced(base, theirs, start, end, [e for e in group if not e.is_mine])
        pieces += _decide(parts, own, other, key)
        at = max(at, end)
    if at < len(base):
        pieces.append(_kept(base[at:]))
    return pieces


def compare_sequences(
    mine: Sequence[str], theirs: Sequence[str], *, key: Callable[[str], str]
) -> list[Piece]:
    """The same where the common origin is not known: every difference is a conflict."""
    pieces: list[Piece] = []
    at = 0
    edits = _edits([key(item) for item in mine], [key(item) for item in theirs], is_mine=False)
    for edit in edits:
        if at < edit.start:
            pieces.append(_kept(mine[at : edit.start]))
        changed = tuple(mine[edit.start : edit.end]), tuple(theirs[edit.low : edit.high])
        pieces.append(Piece((), *changed, None))
        at = edit.end
    if at < len(mine):
        pieces.append(_kept(mine[at:]))
    return pieces


def _kept(items: Sequence[str]) -> Piece:
    same = tuple(items)
    return Piece(same, same, same, same)


def _decide(
    base: tuple[str, ...],
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    key: Callable[[str], str],
) -> Iterator[Piece]:
    """Who has changed it; where both inserted, what they begin and end with alike is agreed."""
    old, own, other = (tuple(map(key, items)) for items in (base, mine, theirs))
    if own in (other, old):
        yield Piece(base, mine, theirs, theirs)
    elif other == old:
        yield Piece(base, mine, theirs, mine)
    elif base:
        yield Piece(base, mine, theirs, None)
    else:
        head, tail = _alike(own, other)
        if head:
            yield Piece((), mine[:head], theirs[:head], theirs[:head])
        rest = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
        yield Piece((), *rest, None if all(rest) else rest[0] or rest[1])
        if tail:
            yield Piece((), mine[-tail:], theirs[-tail:], theirs[-tail:])


def _alike(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many items are equal at the beginning, and of the rest at the end."""
    most = min(len(one), len(other))
    head = next((n for n in range(most) if one[n] != other[n]), most)
    most -= head
    tail = next((n for n in range(most) if one[-1 - n] != other[-1 - n]), most)
    return head, tail


def _edits(base: Sequence[str], side: Sequence[str], *, is_mine: bool) -> Iterator[Edit]:
    """What the side did to the base.

    As many items for as many are edits of one each, so that neighbours changed by one side do not
    drag each other into a conflict.
    """
    head, tail = _alike(base, side)
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    if not old and not new:
        return
    found: Iterable[tuple[str, int, int, int, int]]
    if len(old) * len(new) > MOST_PAIRS:
        found = [("replace", 0, len(old), 0, len(new))]
    else:
        found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for what, start, end, low, high in found:
        if what == "equal":
            continue
        if end - start == high - low:
            for n in range(end - start):
                yield Edit(
                    head + start + n, head + start + n + 1, head + low + n, head + low + n + 1,
                    is_mine,
                )  # fmt: skip
        else:
            yield Edit(head + start, head + end, head + low, head + high, is_mine)


def _collide(one: Edit, other: Edit) -> bool:
    """Whether the two touch the same items or the same place between two items."""
    if one.is_mine == other.is_mine:
        return False
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return max(one.start, other.start) < min(one.end, other.end) or any(
        point.start == point.end and span.start < point.start < span.end
        for point, span in ((one, other), (other, one))
    )


def _groups(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """Edits that collide, directly or through others, together; in the order of the base."""
    group: list[Edit] = []
    for edit in edits:
        if group and not any(_collide(edit, other) for other in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _replaced(
    base: Sequence[str], side: Sequence[str], start: int, end: int, edits: Iterable[Edit]
) -> tuple[str, ...]:
    """What the side has in the place of base[start:end]."""
    found: list[str] = []
    at = start
    for edit in edits:
        found += [*base[at : edit.start], *side[edit.low : edit.high]]
        at = edit.end
    return (*found, *base[at:end])
