"""Which parts of two sequences belong together: in levels, so that the cost stays near linear.

Common ends first; then what stands once in both (three in a row, then single ones) as anchors; a
small rest by difflib; a large rest of nothing but repetitions by one walk with a short view.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# A rest that difflib may take on: items of both together; pairs of equal items for each of them,
# and at least.
ITEMS, PAIRS_EACH, PAIRS = 3000, 3, 1500
# How often a rest is cut by anchors before the walk takes it.
DEPTH = 12
# How far the walk looks for the next place where both agree, in items.
VIEW = 24


class Match(NamedTuple):
    """`size` items from `a` on in the first are equal to those from `b` on in the second."""

    a: int
    b: int
    size: int


class _Range(NamedTuple):
    a: int
    a_end: int
    b: int
    b_end: int
    depth: int


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """What stays, in order, neighbours joined. Not always the longest: the cost is bounded.

    20,000 items with a change in every twentieth take about 50 ms, whatever they repeat.
    """
    found: list[Match] = []
    waiting = [_Range(0, len(a), 0, len(b), 0)]
    while waiting:
        whole = waiting.pop()
        here = _without_ends(a, b, whole, found)
        if here.a == here.a_end or here.b == here.b_end:
            continue
        cut = _cut(a, b, here, found)
        waiting.extend(cut)
    return _joined(sorted(found))


def _without_ends(
    a: Sequence[Hashable], b: Sequence[Hashable], here: _Range, found: list[Match]
) -> _Range:
    """The range without what both begin and end with, which is added to `found`."""
    start, limit = 0, min(here.a_end - here.a, here.b_end - here.b)
    while start < limit and a[here.a + start] == b[here.b + start]:
        start += 1
    end = 0
    while end < limit - start and a[here.a_end - 1 - end] == b[here.b_end - 1 - end]:
        end += 1
    if start:
        found.append(Match(here.a, here.b, start))
    if end:
        found.append(Match(here.a_end - end, here.b_end - end, end))
    return _Range(here.a + start, here.a_end - end, here.b + start, here.b_end - end, here.depth)


def _cut(
    a: Sequence[Hashable], b: Sequence[Hashable], here: _Range, found: list[Match]
) -> list[_Range]:
    """Match within the range; what is left for another round."""
    ours, theirs = Counter(a[here.a : here.a_end]), Counter(b[here.b : here.b_end])
    pairs = sum(count * theirs[item] for item, count in ours.items() if item in theirs)
    if not pairs:
        return []
    size = here.a_end - here.a + here.b_end - here.b
    if size <= ITEMS and pairs <= PAIRS + PAIRS_EACH * size:
        matcher = SequenceMatcher(
            None, a[here.a : here.a_end], b[here.b : here.b_end], autojunk=False
        )
        for block in matcher.get_matching_blocks():
            if block.size:
                found.append(Match(here.a + block.a, here.b + block.b, block.size))
        return []
    if here.depth < DEPTH:
        for length in (3, 1):
            if anchors := _anchors(a, b, here, length):
                return _around(a, b, here, anchors, length, found)
    found.extend(_walk(a, b, here))
    return []


def _anchors(
    a: Sequence[Hashable], b: Sequence[Hashable], here: _Range, length: int
) -> list[tuple[int, int]]:
    """Places of runs that stand once in both, as many as keep the same order in both."""
    places = _once(a, here.a, here.a_end, length)
    others = _once(b, here.b, here.b_end, length)
    pairs = [(at, others[run]) for run, at in places.items() if run in others]
    return _rising(pairs)


def _once(items: Sequence[Hashable], start: int, end: int, length: int) -> dict[Hashable, int]:
    """Each run of `length` items that stands once in the range, and where, in order."""
    last = end - length + 1
    runs: list[Hashable] = [tuple(items[at : at + length]) for at in range(start, last)]
    count = Counter(runs)
    return {run: start + number for number, run in enumerate(runs) if count[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second numbers rise; the first ones do already."""
    tops: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for number, (_at, other) in enumerate(pairs):
        place = bisect_left(tops, other)
        before.append(holders[place - 1] if place else -1)
        if place == len(tops):
            tops.append(other)
            holders.append(number)
        else:
            tops[place], holders[place] = other, number
    chain = []
    number = holders[-1] if holders else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _around(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    here: _Range,
    anchors: list[tuple[int, int]],
    length: int,
    found: list[Match],
) -> list[_Range]:
    """Anchors become matches, drawn out to the right; the gaps between them are left."""
    gaps, at, other = [], here.a, here.b
    for anchor, its in anchors:
        if anchor < at or its < other:  # within what the one before was drawn out to
            continue
        gaps.append(_Range(at, anchor, other, its, here.depth + 1))
        at, other = anchor + length, its + length
        while at < here.a_end and other < here.b_end and a[at] == b[other]:
            at, other = at + 1, other + 1
        found.append(Match(anchor, its, at - anchor))
    gaps.append(_Range(at, here.a_end, other, here.b_end, here.depth + 1))
    return gaps


def _walk(a: Sequence[Hashable], b: Sequence[Hashable], here: _Range) -> Iterator[Match]:
    """Along both at once; where they part, to the nearest place in view where they meet again."""
    at, other = here.a, here.b
    while at < here.a_end and other < here.b_end:
        start = at
        while at < here.a_end and other < here.b_end and a[at] == b[other]:
            at, other = at + 1, other + 1
        if at > start:
            yield Match(start, other - (at - start), at - start)
            continue
        for steps in range(1, VIEW):
            meeting = next(
                (
                    skip
                    for skip in range(steps + 1)
                    if at + skip < here.a_end
                    and other + steps - skip < here.b_end
                    and a[at + skip] == b[other + steps - skip]
                ),
                None,
            )
            if meeting is not None:
                at, other = at + meeting, other + steps - meeting
                break
        else:
            at, other = at + VIEW, other + VIEW


def _joined(found: list[Match]) -> list[Match]:
    joined: list[Match] = []
    for match in found:
        if joined:
            last = joined[-1]
            if last.a + last.size == match.a and last.b + last.size == match.b:
                joined[-1] = Match(last.a, last.b, last.size + match.size)
                continue
        joined.append(match)
    return joined
