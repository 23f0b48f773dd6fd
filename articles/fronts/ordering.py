"""Blocks put into one order where two people moved them; pure functions."""

from collections.abc import Sequence


def merged_order(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> list[str] | None:
    """The order of the blocks that all three have; None when the two moves contradict each other.

    Of two blocks the order is theirs or mine, whoever changed it. That gives one order, or a ring
    (a before b before c before a) that only a person can open. Cost: the square of the blocks.
    """
    common = [name for name in base if name in set(mine) & set(theirs)]
    was, m, t = ({name: n for n, name in enumerate(side)} for side in (base, mine, theirs))

    def first(a: str, b: str) -> bool:
        before = was[a] < was[b]
        changed = (m[a] < m[b]) != before or (t[a] < t[b]) != before
        return before != changed

    places = {a: sum(first(b, a) for b in common if b != a) for a in common}
    if len({*places.values()}) < len(places):
        return None
    return sorted(common, key=places.__getitem__)


def with_added(order: Sequence[str], sides: Sequence[Sequence[str]], wanted: set[str]) -> list[str]:
    """The order with the wanted blocks it lacks, each after the one it follows on its side."""
    result = list(order)
    for side in sides:
        for n, name in enumerate(side):
            if name not in wanted or name in result:
                continue
            above = next((one for one in reversed(side[:n]) if one in result), None)
            result.insert(result.index(above) + 1 if above else 0, name)
    return result
