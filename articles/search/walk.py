"""From the newest matches back through time, in steps, until there are enough.

The first step goes as far as twice as many entries stand as are wanted; the next as many months as
hold what is still wanted, if older months hold as much as those before, but no more than can be
looked through quickly. So the cost of a search does not depend on how common its words are, and a
hard one (a phrase of the commonest words that hardly ever stand so) ends after half a second with
what it has.
"""

import time
from dataclasses import dataclass

from django.db import connection

from articles.models.search import Entry
from articles.search.backends import TookTooLong, asking
from articles.search.places import Stretch, month_of, start_of_month
from articles.search.query import Expression

# Entries of the first step for each that is wanted; how many times more months the next step may
# take; how many times fewer where there was too much; what is taken beyond what should suffice.
BEGIN_WITH, MOST_TIMES, FEWER, SPARE = 2, 16, 4, 1.25
# Seconds that a step should take at most, and after which there is no further one.
AIM, ENOUGH = 0.15, 0.5
# Months of a step as long as none was too large: all there are.
MOST_MONTHS = 100_000


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
    left, months = _filled(table, stretch, BEGIN_WITH * limit)
    began, most = time.monotonic(), MOST_MONTHS
    try:
        with asking(table, asked) as index_asked:
            while left and len(found) < limit:
                if (now := time.monotonic()) - began > ENOUGH:
                    return Walk(found, ended=False)
                here, rest = _parted(left, months)
                places = index_asked.step(here, limit - len(found))
                if places is None:
                    most = months = max(months // FEWER, 1)
                    continue
                found += places
                left, took = rest, time.monotonic() - now
                months = min(_next(months, len(places), limit - len(found), took), most)
                most *= 2  # what was too much there need not be here
    except TookTooLong:
        return Walk(found, ended=False)
    return Walk(found)


def _next(months: int, found: int, wanted: int, took: float) -> int:
    """Months of the step after one of so many, in which so much was found in so many seconds."""
    times = SPARE * wanted / found if found else MOST_TIMES
    return max(1, int(months * min(times, MOST_TIMES, AIM / max(took, 0.001))))


def _filled(table: str, stretch: Stretch, entries: int) -> tuple[Stretch | None, int]:
    """The part of the stretch that has entries, and in how many months so many of them stand, on
    the side where the walk begins; one query, which reads no more than these."""
    within = f"FROM {table} WHERE place BETWEEN %s AND %s"
    order = "ASC" if stretch.oldest_first else "DESC"
    ends = [stretch.first, stretch.last]
    with connection.cursor() as cursor:
        # Separate questions: SQLite answers each from an end of the index, and both ends at once by
        # reading all of it.
        cursor.execute(
            f"SELECT (SELECT min(place) {within}), (SELECT max(place) {within}), "
            f"(SELECT place {within} ORDER BY place {order} LIMIT 1 OFFSET %s)",
            [*ends, *ends, *ends, entries],
        )
        first, last, reached = cursor.fetchone()
    if first is None:
        return None, 0
    if reached is None:
        reached = last if stretch.oldest_first else first
    begin = first if stretch.oldest_first else last
    months = abs(month_of(begin) - month_of(reached)) + 1
    return Stretch(first, last, stretch.oldest_first), months


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
