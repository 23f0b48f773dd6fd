"""The plan of a day: which stories are due on it, and what of older plans is still open."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article
from articles.models.kinds import State

# An unkept plan is carried over for so long, then it is no news any more.
CARRIED = timedelta(days=7)


def of_day(day: date) -> "QuerySet[Article]":
    """Stories due on this day of the paper's calendar, first due first.

    Today also has what was due in the last week and is not live yet.
    """
    start, end = bounds(day)
    due = Q(due_at__gte=start, due_at__lt=end)
    if day == timezone.localdate():
        overdue = Q(due_at__gte=start - CARRIED, due_at__lt=start)
        due |= overdue & Q(state=State.DRAFT)
    return Article.objects.filter(due, binned_at__isnull=True).order_by("due_at", "pk")


def bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of the day and of the next one; 23 to 25 hours apart."""
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(on, time(), zone) for on in (day, day + timedelta(days=1)))
    return start, end
