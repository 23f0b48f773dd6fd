"""What the pages of the archive read: a few rows, however much was published."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from articles.archive.days import bounds, next_month, tag_of
from articles.models import ArchivePeriod, Calendar
from newsroom.cache.generations import stored
from newsroom.cache.tags import seen

Kind = ArchivePeriod.Kind


@dataclass(frozen=True)
class Shown:
    """The calendar that readers have."""

    pk: int
    zone: ZoneInfo

    def periods(self, kind: Kind) -> QuerySet[ArchivePeriod]:
        """All of a kind, oldest first."""
        return ArchivePeriod.objects.filter(calendar_id=self.pk, kind=kind).order_by("start")

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        return bounds(day, self.zone)


def shown() -> Shown | None:
    """None before the first calendar is whole; one query when articles have changed."""
    seen("calendar")
    return stored("archive", _newest_whole, of="articles")


def _newest_whole() -> Shown | None:
    found = Calendar.objects.filter(is_whole=True).order_by("-pk").first()
    return Shown(found.pk, found.clock) if found else None


def shown_or_404() -> Shown:
    calendar = shown()
    if calendar is None:
        raise Http404("no archive yet")
    return calendar


@dataclass(frozen=True)
class Found:
    """A period, with the nearest before and after it that have stories."""

    kind: Kind
    start: date
    count: int
    earlier: date | None
    later: date | None


def period_or_404(calendar: Shown, kind: Kind, start: date) -> Found:
    """The period; without stories it has no page. One query."""
    seen(tag_of(kind, start))
    all_of_it = calendar.periods(kind).order_by()
    before = all_of_it.filter(start__lt=OuterRef("start")).order_by("-start")
    after = all_of_it.filter(start__gt=OuterRef("start")).order_by("start")
    found = (
        all_of_it.filter(start=start)
        .annotate(
            earlier=Subquery(before.values("start")[:1]), later=Subquery(after.values("start")[:1])
        )
        .values_list("count", "earlier", "later")
        .first()
    )
    if found is None:
        raise Http404("nothing was published then")
    return Found(kind, start, *found)


def nearest(calendar: Shown, day: date) -> list[date]:
    """The days with stories on either side of one that has none; 2 queries."""
    days = calendar.periods(Kind.DAY)
    around = [days.filter(start__lt=day).last(), days.filter(start__gt=day).first()]
    return [period.start for period in around if period]


def months_of(calendar: Shown, year: date) -> dict[date, int]:
    """The numbers of a year's months that have stories; one query."""
    months = calendar.periods(Kind.MONTH).filter(
        start__gte=year, start__lt=year.replace(year=year.year + 1)
    )
    return dict(months.values_list("start", "count"))


def days_of(calendar: Shown, month: date) -> dict[date, int]:
    """The numbers of a month's days that have stories; one query."""
    days = calendar.periods(Kind.DAY).filter(start__gte=month, start__lt=next_month(month))
    return dict(days.values_list("start", "count"))
