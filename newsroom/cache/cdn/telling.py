"""Telling the caches in front of the site what is out of date, as a job of the tick.

The entries of the page cache are read in order; how far each cache has been told is a row of its
own (`Told`), so nothing is forgotten when this process ends or a cache is away for a day.

**Our own pages first.** A cache that is told fetches the page again at once. It must not get the
old one: every web process hears of an entry within 0.25 s and may show the old page for one second
more. So nobody is told before `SETTLED` seconds have passed since the entry could be read.

**What was taken from readers is told twice.** A page can have been on its way, or in a process that
was held up, when the cache was told, and be stored just after. A minute later it cannot.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.db.models import Max

from newsroom.cache.cdn.keys import ALL, MANY, key
from newsroom.cache.cdn.outer import Outer, caches, ours
from newsroom.cache.log import SETTLED
from newsroom.cache.models import Purge, Told
from newsroom.cache.purging import EVERYTHING
from newsroom.outgoing.holding import held

logger = logging.getLogger("newsroom.cdn")

AGAIN = timedelta(minutes=1)
# Seconds at most between two attempts.
LONGEST = 60.0
# Entries read together, and keys beyond which a cache is told that all pages are out of date.
ENTRIES, KEYS = 2_000, 1_000


class CacheIsBehind(RuntimeError):
    """A cache could not be told; for the desk's list of jobs."""


@dataclass
class _Trouble:
    """Since a cache failed: how often, when it is asked again, and what it said."""

    times: int = 0
    not_before: float = 0.0
    said: str = ""


@dataclass
class Telling:
    """What one process remembers: who is away, and the newest entry for which it has waited."""

    settled: int = 0
    troubles: dict[str, _Trouble] = field(default_factory=dict)

    def run(self, at: datetime) -> int:
        """Tell every cache what it has not been told; how many. One that is away keeps no other
        from being told. Raises CacheIsBehind. Waits `SETTLED` when there is something new.

        While all is held (a restored copy), services of others are not told: they may be another
        site's. They are told of everything once it is released."""
        outers = ours() if held() else caches()
        if not outers:
            return 0
        rows = [Told.objects.get_or_create(pk=outer.name)[0] for outer in outers]
        newest = Purge.objects.aggregate(pk=Max("pk"))["pk"] or 0
        if newest > max(self.settled, *(row.number for row in rows)):
            sleep(SETTLED)
            self.settled = newest
        done, inner = 0, newest
        for outer, row in zip(outers, rows, strict=True):
            done += self._tell(outer, row, newest, inner, at)
            inner = min(inner, row.number)
        behind = [f"{name}: {each.said}" for name, each in self.troubles.items() if each.times]
        if behind:
            raise CacheIsBehind("; ".join(behind))
        return done

    def _tell(self, outer: Outer, row: Told, newest: int, inner: int, at: datetime) -> int:
        """One cache; `inner` is how far all within it have been told."""
        trouble = self.troubles.setdefault(outer.name, _Trouble())
        if monotonic() < trouble.not_before:
            return 0
        before = row.number, row.again
        try:
            while row.number < newest:
                _first(outer, row, newest)
            _second(outer, row, inner, at)
        except OSError as error:
            trouble.times, trouble.said = trouble.times + 1, f"{error}"
            trouble.not_before = monotonic() + min(2.0**trouble.times, LONGEST)
            return 0
        if trouble.times:
            logger.info("%s has been told after %d failures.", outer.name, trouble.times)
        self.troubles[outer.name] = _Trouble()
        return int((row.number, row.again) != before)


def _first(outer: Outer, row: Told, newest: int) -> None:
    """Some entries after the last it was told of, hard ones first."""
    entries = Purge.objects.filter(pk__gt=row.number, pk__lte=newest).order_by("pk")
    some = list(entries.values_list("pk", "tags", "hard")[:ENTRIES])
    taken = {key(tag) for _pk, tags, hard in some if hard for tag in tags}
    changed = {key(tag) for _pk, tags, hard in some if not hard for tag in tags}
    _purge(outer, taken, hard=True)
    _purge(outer, changed - taken, hard=False)
    row.number = some[-1][0] if some else newest
    row.save(update_fields=["number"])


def _second(outer: Outer, row: Told, inner: int, at: datetime) -> None:
    """The hard ones once more. Not those of which a cache within has not been told: this one may
    have fetched what was taken from there."""
    if row.again_at and row.again_at <= at:
        entries = Purge.objects.filter(pk__gt=row.again, pk__lte=row.again_to, hard=True)
        tags = entries.values_list("tags", flat=True)
        _purge(outer, {key(tag) for some in tags for tag in some}, hard=True)
        row.again, row.again_at = row.again_to, None
        row.save(update_fields=["again", "again_at"])
    if row.again_at is None and min(inner, row.number) > row.again:
        row.again_to, row.again_at = min(inner, row.number), at + AGAIN
        row.save(update_fields=["again_to", "again_at"])


def _purge(outer: Outer, keys: set[str], *, hard: bool) -> None:
    """Nothing for no keys; else also the pages that show more than they can say."""
    if keys:
        outer.purge(_said(keys), hard=hard)


def _said(keys: set[str]) -> Sequence[str]:
    everything = len(keys) > KEYS or key(EVERYTHING) in keys
    return [ALL] if everything else [*sorted(keys), MANY]
