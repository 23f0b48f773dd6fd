"""Keeping the archive's numbers, in the transaction of the change and after `generations.hold`.

A day is counted again whenever something of it changes: one short stretch of the index of published
articles. So a number follows the rows and is never moved up or down from what it was before. Months
and years are sums of what they are made of.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from articles.archive.days import DAY, bounds, day_of, next_month, tag_of
from articles.models import ArchivePeriod, Calendar, PublishedArticle, Section
from newsroom.cache.purging import purge

Kind = ArchivePeriod.Kind
# Of more periods the neighbours are not asked for one by one.
FEW = 5


def refresh(*moments: datetime | None) -> None:
    """Something changed among what was published at these moments; 11 queries for one day."""
    at = timezone.now()
    for calendar in Calendar.objects.all():
        zone = calendar.clock
        days = (day_of(moment, zone) for moment in moments if moment)
        count(calendar, {day for day in days if day}, at=at)


def count(calendar: Calendar, days: Iterable[date], *, at: datetime) -> None:
    """Count these days again, and what they are part of."""
    days = set(days)
    others = _keep(calendar, Kind.DAY, _numbers(days, calendar.clock), at)
    months = {day.replace(day=1) for day in days}
    others |= _keep(
        calendar, Kind.MONTH, {m: _sum(calendar, Kind.DAY, m, next_month(m)) for m in months}, at
    )
    years = {month.replace(month=1) for month in months}
    others |= _keep(
        calendar,
        Kind.YEAR,
        {y: _sum(calendar, Kind.MONTH, y, y.replace(year=y.year + 1)) for y in years},
        at,
    )
    # A day's page shows its stories; the others, and the front of the archive, numbers alone.
    purge(*(tag_of(Kind.DAY, day) for day in days), *(["archive"] if others else []), *others)


def _numbers(days: set[date], zone: ZoneInfo) -> dict[date, int]:
    """How many stories each of these days has; a query for each run of days on end."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] + DAY == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    found = dict.fromkeys(days, 0)
    for run in runs:
        start, end = bounds(run[0], zone)[0], bounds(run[-1], zone)[1]
        stories = PublishedArticle.objects.between(start, end).order_by()
        by_day = stories.values_list(TruncDate("published_at", tzinfo=zone))
        found |= dict(by_day.annotate(Count("pk")))
    return found


def moved(section: Section) -> None:
    """The address of a section is another one, and so are those of its stories: the months in which
    it had some have changed for who reads them by their sitemaps."""
    own = PublishedArticle.objects.filter(section=section).aggregate(
        first=Min("published_at"), last=Max("published_at")
    )
    if own["first"] is None:
        return
    for calendar in Calendar.objects.all():
        first, last = (own[name].astimezone(calendar.clock).date() for name in ("first", "last"))
        calendar.periods.filter(start__gte=first.replace(day=1), start__lte=last).update(
            changed_at=timezone.now()
        )


def _sum(calendar: Calendar, kind: Kind, first: date, end: date) -> int:
    parts = calendar.periods.filter(kind=kind, start__gte=first, start__lt=end)
    return parts.aggregate(whole=Sum("count"))["whole"] or 0


def _keep(calendar: Calendar, kind: Kind, counts: dict[date, int], at: datetime) -> set[str]:
    """Write the numbers; a period without stories has no row. The tags of what is another now."""
    rows = calendar.periods.filter(kind=kind)
    before = dict(rows.filter(start__in=counts).values_list("start", "count"))
    ArchivePeriod.objects.bulk_create(
        [
            ArchivePeriod(calendar=calendar, kind=kind, start=start, count=number, changed_at=at)
            for start, number in sorted(counts.items())
            if number
        ],
        update_conflicts=True,
        unique_fields=["calendar", "kind", "start"],
        update_fields=["count", "changed_at"],
    )
    if empty := [start for start, number in counts.items() if not number]:
        rows.filter(start__in=empty).delete()
    others = {start for start in counts if counts[start] != before.get(start, 0)}
    lone = [start for start in others if not (counts[start] and before.get(start))]
    # The page above has the number in a table; those beside one that is new or gone lead to it.
    above = {tag_of(*_above(kind, start)) for start in others if kind != Kind.YEAR}
    beside = _beside(rows, lone)
    return above | {tag_of(kind, start) for start in others | beside}


def _above(kind: Kind, start: date) -> tuple[Kind, date]:
    first = start.replace(day=1)
    return (Kind.MONTH, first) if kind == Kind.DAY else (Kind.YEAR, first.replace(month=1))


def _beside(rows: QuerySet[ArchivePeriod], starts: list[date]) -> set[date]:
    """Those just before and after each, and where there are many what lies between them."""
    if len(starts) <= FEW:
        return {near for start in starts for near in _around(rows, start)}
    first, last = min(starts), max(starts)
    between = rows.filter(start__gte=first, start__lte=last).values_list("start", flat=True)
    return {*_around(rows, first), *between, *_around(rows, last)}


def _around(rows: QuerySet[ArchivePeriod], start: date) -> set[date]:
    """Those just before and after; 2 queries, for a first story or a last that goes."""
    before = rows.filter(start__lt=start).order_by("-start").values_list("start", flat=True)
    after = rows.filter(start__gt=start).order_by("start").values_list("start", flat=True)
    return {near for near in (before.first(), after.first()) if near}
