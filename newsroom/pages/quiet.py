"""When the paper keeps quiet: windows of the week and of the calendar, on the paper's clock.

Scheduled publishing asks here, and whatever else goes out by itself (alerts, letters).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newsroom.pages.hours import instant
from newsroom.pages.identity import present_identity
from newsroom.pages.models import QuietWindow

WEEK = timedelta(days=7)
# Windows that together leave no gap are followed this far.
HORIZON = timedelta(days=400)


def window_at(at: datetime) -> QuietWindow | None:
    """The window that is on at this instant; of several the one that ends last. One query."""
    found = _ending_last(_active(), at, present_identity().zone)
    return found[0] if found else None


def opens_at(at: datetime) -> datetime:
    """The first instant from `at` on that is not quiet; `at` itself when none is. One query.

    With windows that never leave a gap: where the search ended, 400 days on.
    """
    windows, zone, moment = _active(), present_identity().zone, at
    while moment - at < HORIZON:
        found = _ending_last(windows, moment, zone)
        if found is None:
            return moment
        moment = found[1]
    return moment


def ends_at(window: QuietWindow, at: datetime) -> datetime | None:
    """When this window's turn of that instant ends; None when it is not on. No query."""
    found = _ending_last([window], at, present_identity().zone)
    return found[1] if found else None


def spans(window: QuietWindow, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Beginning and end (not in it) of the window's turns around an instant, in UTC.

    A weekly window that ends at or before its beginning ends in the next week. A beginning in an
    hour that comes twice is the first of the two, an end the second: in doubt it is quiet.
    """
    if window.kind == QuietWindow.Kind.DATED:
        if window.starts_at and window.ends_at:
            yield window.starts_at, window.ends_at
        return
    if window.start_weekday is None or window.end_weekday is None:
        return
    if window.start_time is None or window.end_time is None:
        return
    start = (window.start_weekday, window.start_time)
    days = (window.end_weekday - window.start_weekday) % 7
    if days == 0 and window.end_time <= window.start_time:
        days = 7
    today = at.astimezone(zone).date()
    latest = today - timedelta(days=(today.weekday() - start[0]) % 7)
    for weeks in (2, 1, 0):
        day = latest - weeks * WEEK
        yield (
            instant(day, start[1], zone),
            instant(day + timedelta(days=days), window.end_time, zone, fold=1),
        )


def _active() -> list[QuietWindow]:
    return list(QuietWindow.objects.filter(is_active=True))


def _ending_last(
    windows: Iterable[QuietWindow], at: datetime, zone: ZoneInfo
) -> tuple[QuietWindow, datetime] | None:
    """The window that covers the instant longest, and its end."""
    covering = [
        (window, end)
        for window in windows
        for begin, end in spans(window, at, zone)
        if begin <= at < end
    ]
    return max(covering, key=lambda pair: pair[1], default=None)
