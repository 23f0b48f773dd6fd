"""A desk's hours as tables: days that are alike share a row, named “Sunday to Thursday”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.pages.hours import SpecialDay, Stretch


@dataclass(frozen=True)
class HoursRow:
    """“Sunday to Thursday”, “07:00–14:00”, and whether that holds today."""

    days: str
    hours: str
    today: bool


@dataclass(frozen=True)
class HoursTable:
    """The hours for one purpose, at one number if they hold for one only."""

    label: str
    rows: list[HoursRow]


@dataclass(frozen=True)
class DayRow:
    """A special day: its date and occasion, and its hours."""

    day: str
    hours: str


def tables(week: Iterable[Stretch], *, today: int) -> list[HoursTable]:
    """A table for each purpose and number, in the order of the week; `today` is a weekday."""
    grouped: dict[tuple[str, str], list[Stretch]] = {}
    for stretch in sorted(week, key=_place):
        grouped.setdefault((stretch.purpose, stretch.number), []).append(stretch)
    return [
        HoursTable(" · ".join(filter(None, key)), _rows(stretches, today))
        for key, stretches in grouped.items()
    ]


def day_row(day: SpecialDay) -> DayRow:
    """A special day in words."""
    label = date_format(
        day.date, pgettext("day of the week and date, in Django's letters", "l j F")
    )
    if day.opens is None or day.closes is None:
        hours = _("closed")
    else:
        hours = _clock(day.opens, day.closes)
    return DayRow(f"{label}, {day.name}" if day.name else label, hours)


def _place(stretch: Stretch) -> tuple[int, time]:
    """Where a day stands in the week of the reader's language, then the clock."""
    first = int(get_format("FIRST_DAY_OF_WEEK"))  # 0 is Sunday here, Monday in Stretch
    return (stretch.weekday + 1 - first) % 7, stretch.opens


def _rows(stretches: Sequence[Stretch], today: int) -> list[HoursRow]:
    def same(stretch: Stretch) -> tuple[time, time]:
        return stretch.opens, stretch.closes

    runs: list[list[Stretch]] = []
    for _hours, alike in groupby(sorted(stretches, key=same), key=same):
        run: list[Stretch] = []
        for stretch in sorted(alike, key=_place):
            if run and _place(stretch)[0] > _place(run[-1])[0] + 1:
                runs.append(run)
                run = []
            run.append(stretch)
        runs.append(run)
    return [
        HoursRow(_days(run), _clock(run[0].opens, run[0].closes), today in {s.weekday for s in run})
        for run in sorted(runs, key=lambda run: _place(run[0]))
    ]


def _days(run: Sequence[Stretch]) -> str:
    first, last = str(WEEKDAYS[run[0].weekday]), str(WEEKDAYS[run[-1].weekday])
    if first == last:
        return first
    if len(run) == 2:
        return _("%(first)s and %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _clock(opens: time, closes: time) -> str:
    if opens == closes:
        return _("day and night")
    return f"{opens:%H:%M}–{closes:%H:%M}"
