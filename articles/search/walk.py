"""From the newest matches back through time, in steps, until there are enough.

A first step takes a month; the next as many as hold what is still wanted, if older months hold as
much as those before, but no more than can be looked through quickly. So the cost of a search does
not depend on how common its words are, and a hard one (a phrase of the commonest words that hardly
ever stand so) ends after half a second with what it has.
"""

import time
from dataclasses import dataclass

from django.db import connection

from articles.models.search import Entry
from articles.search.backends import TookTooLong, asking
from articles.search.places import Stretch, month_of, start_of_month
from articles.search.query import Expression

# Months of the first step; how many times more the next may take; how many times fewer where there
# was too much; what is taken beyond what should suffice.
BEGIN_WITH, MOST_TIMES, FEWER, SPARE = 1, 16, 4, 1.25
# Seconds that a step should take at most, and after which there is no further one.
AIM, ENOUGH = 0.15, 0.5


@dataclass(frozen=True)
class Walk:
    """Places that match, in the order of the walk; `ended` unless it was cut short for time."""

    places: list[int]
    ended: bool = True


def walk(index: type[Entry], asked: Expression, stretch: Stretch, limit: int) -> Walk:
    """At most `limit` places of the stretch. A query for each step, rarely more than five, and one
    or two before them."""
    table = index._meta.db_table
    found: list[int] = []
    left = _filled(table, stretch)
    months, began = BEGIN_WITH, time.monotonic()
    try:
        with asking(table, asked) as index_asked:
            while left and len(found) < limit:
                if (now := time.monotonic()) - began > ENOUGH:
                    return Walk(found, ended=False)
                here, rest = _parted(left, months)
                places = index_asked.step(here, limit - len(found))
                if places is None:
                    months = max(months // FEWER, 1)
                    continue
                found += places
                left, took = rest, time.monotonic() - now
                months = _next(months, len(places), limit - len(found), took)
    except TookTooLong:
        return Walk(found, ended=False)
    return Walk(found)


def _next(months: int, found: int, wanted: int, took: float) -> int:
    """Months of the step after one of so many, in which so much was found in so many seconds."""
    times = SPARE * wanted / found if found else MOST_TIMES
    return max(1, int(months * min(times, MOST_TIMES, AIM / max(took, 0.001))))


def _filled(table: str, stretch: Stretch) -> Stretch | None:
    """The part of the stretch that has entries; one query, which reads two."""
    within = f"FROM {table} WHERE place BETWEEN %s AND %s"
    ends = [stretch.first, stretch.last]
    with connection.cursor() as cursor:
        # Two questions: SQLite answers one from an end of the index, both by reading all of it.
        cursor.execute(
            f"SELECT (SELECT min(place) {within}), (SELECT max(place) {within})",
            [*ends, *ends],
        )
        first, last = cursor.fetchone()
    return None if first is None else Stretch(first, last, stretch.oldest_first)


def _parted(stretch: Stretch, months: int) -> tuple[Stretch, Stretch | None]:
    """The months with which the walk goes on, and what is left after them."""
    forward = stretch.oldest_first
    if forward:
        cut = start_of_month(month_of(stretch.first) + months)
        here, rest = (stretch.first, min(cut - 1, stretch.last)), (cut, stretch.last)
    else:
        cut = start_of_month(month_of(stretch.last) - months + 1)
        here, rest = (max(cut, stretch.first), stretch.last), (stretch.first, cut - 1)
    return Stretch(*here, forward), Stretch(*rest, forward) if rest[0] <= rest[1] else None
