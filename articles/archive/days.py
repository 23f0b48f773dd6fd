"""Days on the paper's clock: when they begin, what they are part of, how a month is laid out."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.pages.hours import instant

DAY = timedelta(days=1)
# An import may carry any date; outside these years a day may have no beginning or no end.
YEARS = range(1000, 9000)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which the day begins and the next one does: 23, 24 or 25 hours apart."""
    return instant(day, time(), zone), instant(day + DAY, time(), zone)


def day_of(moment: datetime, zone: ZoneInfo) -> date | None:
    """The day of the archive; None for one outside its years."""
    day = moment.astimezone(zone).date()
    return day if day.year in YEARS else None


def tag_of(kind: str, start: date) -> str:
    """What the page of a period carries (newsroom/cache/tags.py)."""
    return f"archive:{kind}:{start}"


def next_month(month: date) -> date:
    return (month.replace(day=1) + 31 * DAY).replace(day=1)


@dataclass(frozen=True)
class Cell:
    """One day of a month as its calendar shows it; empty before the first and after the last."""

    day: date | None = None
    count: int = 0


def weeks(month: date, counts: Mapping[date, int], *, first: int) -> list[list[Cell]]:
    """The month in rows of seven; `first` is the weekday a week begins with, Sunday being 0."""
    return [
        [_cell(month.replace(day=number), counts) if number else Cell() for number in week]
        for week in calendar.Calendar((first - 1) % 7).monthdayscalendar(month.year, month.month)
    ]


def _cell(day: date, counts: Mapping[date, int]) -> Cell:
    return Cell(day, counts.get(day, 0))
