"""Counting the whole archive: after an upgrade, for another time zone, and against any drift.

What readers have stays as it is until the new numbers are whole.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from articles.archive.days import YEARS
from articles.archive.keeping import count
from articles.archive.reading import shown
from articles.models import ArchivePeriod, Calendar, PublishedArticle
from newsroom.cache.generations import hold, touch
from newsroom.cache.purging import purge
from newsroom.lib.tasks import task
from newsroom.pages.models import SiteSettings

# Days counted in one transaction: well below 100 ms.
BATCH = 50


def follow(zone: str) -> None:
    """The paper's zone was saved: if it is another one, its days are counted in the background.

    At once when nothing was published yet.
    """
    known = shown()
    if known and known.zone.key == zone:
        return
    if PublishedArticle.objects.exists():
        count_in_background.enqueue()
    else:
        count_all(timezone.now())


@task()
def count_in_background() -> None:
    count_all(timezone.now())


def count_all(at: datetime) -> int:
    """Bring every day of the paper's zone in line with the published rows; how many were not.

    One query reads the archive, without a lock (a million articles: seconds); only days whose
    number is wrong are counted again under the lock, as a publication counts them. Safe to run at
    any time, twice and at once: publications count in every calendar that exists, so one that is
    new misses none. Then it takes the place of any other, unless staff have chosen a third zone
    meanwhile, which has a task of its own.
    """
    calendar = _calendar(_zone())
    wrong = _wrong_days(calendar)
    for first in range(0, len(wrong), BATCH):
        with transaction.atomic():
            hold()
            count(calendar, wrong[first : first + BATCH], at=at)
    with transaction.atomic():
        hold()
        if _zone() == calendar.zone:
            taken = Calendar.objects.filter(pk=calendar.pk, is_whole=False).update(is_whole=True)
            gone, _rows = Calendar.objects.exclude(pk=calendar.pk).delete()
            if taken or gone or wrong:
                touch("articles")
                purge("calendar")
    return len(wrong)


def _zone() -> str:
    return SiteSettings.load().zone.key


@transaction.atomic
def _calendar(zone: str) -> Calendar:
    """Made under the lock that publications take: whoever has it next counts in it as well."""
    hold()
    return Calendar.objects.get_or_create(zone=zone)[0]


def _wrong_days(calendar: Calendar) -> list[date]:
    """Days whose kept number is not that of the published rows, in order."""
    days = PublishedArticle.objects.annotate(
        day=TruncDate("published_at", tzinfo=calendar.clock)
    ).order_by()
    true = {
        day: number
        for day, number in days.values_list("day").annotate(Count("pk")).iterator()
        if day.year in YEARS
    }
    kept = dict(calendar.periods.filter(kind=ArchivePeriod.Kind.DAY).values_list("start", "count"))
    return sorted(day for day in true.keys() | kept if true.get(day) != kept.get(day))
