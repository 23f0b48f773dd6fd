"""Lists in which each row stands once: bylines, topics, further sections."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

# What identifies a row, and what may change about it (a role; None for a topic).
Row = tuple[Hashable, Any]


class Clash(Exception):
    """Both sides changed the same row, or the order in two ways."""


def merge_rows(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    """What each side added is in, what either removed is out. Raises Clash.

    A row that one side removed and the other changed is a clash, and so are two orders.
    """
    if [*mine] == [*base]:
        return [*theirs]
    if [*theirs] == [*base] or [*mine] == [*theirs]:
        return [*mine]
    old, own, other = dict(base), dict(mine), dict(theirs)
    values: dict[Hashable, Any] = {}
    for name in {**old, **other, **own}:
        present = [side[name] for side in (own, other) if name in side]
        changed = [value for value in present if name not in old or value != old[name]]
        if len(present) == 2:
            if len(changed) == 2 and changed[0] != changed[1]:
                raise Clash
            values[name] = changed[0] if changed else present[0]
        elif name not in old:
            values[name] = present[0]
        elif changed:
            raise Clash
    return [(name, values[name]) for name in _ordered(old, [*own], [*other], values)]


def _ordered(
    base: Iterable[Hashable], mine: list[Hashable], theirs: list[Hashable],
    kept: Mapping[Hashable, Any],
) -> list[Hashable]:  # fmt: skip
    """The order of whoever changed it, with the other's new rows after what they stood behind."""
    everywhere = {name for name in base if name in mine and name in theirs}
    old, own, other = ([n for n in side if n in everywhere] for side in (base, mine, theirs))
    if own in (old, other):
        leading, joining = theirs, mine
    elif other == old:
        leading, joining = mine, theirs
    else:
        raise Clash
    order = [name for name in leading if name in kept]
    known = {*base}
    before: Hashable | None = None
    for name in joining:
        if name not in kept:
            continue
        if name not in order:
            place = order.index(before) + 1 if before in order else 0
            while place < len(order) and order[place] not in known:
                place += 1
            order.insert(place, name)
            known.add(name)
        before = name
    return order


def union(theirs: Sequence[Row], mine: Sequence[Row]) -> list[Row] | None:
    """All rows of both; None if a row says two things."""
    rows = dict(theirs)
    for name, value in mine:
        if rows.setdefault(name, value) != value:
            return None
    return [*rows.items()]
