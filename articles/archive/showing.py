"""How pages of the archive name a period and show it: words, the way up, the table of a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.archive.days import weeks
from articles.archive.reading import Found, Kind
from articles.models import PublishedArticle
from articles.models.archive import address
from articles.structured_data import list_data, to_script, trail


@dataclass(frozen=True)
class Link:
    """A period on the page of another; `count` is 0 where it has no page to lead to."""

    name: str
    href: str
    count: int = 0


def link(kind: Kind, start: date, count: int = 0, name: str = "") -> Link:
    return Link(name or words(kind, start), address(kind, start), count)


def words(kind: Kind, start: date) -> str:
    """“2024”, “May 2024”, “Friday, 17 May 2024”."""
    if kind == Kind.YEAR:
        return date_format(start, "Y")
    if kind == Kind.MONTH:
        return date_format(start, pgettext("month of a year, in Django's letters", "F Y"))
    return date_format(start, pgettext("date of the day, in Django's letters", "l, j F Y"))


def shown(found: Found, cards: Iterable[PublishedArticle] = ()) -> dict[str, object]:
    """What every page of a period is given: its name, its neighbours, the way up, and the same for
    machines."""
    name, above = words(found.kind, found.start), way(found.kind, found.start)
    path = address(found.kind, found.start)
    return {
        "name": name,
        "count": found.count,
        "earlier": found.earlier and link(found.kind, found.earlier),
        "later": found.later and link(found.kind, found.later),
        "breadcrumbs": [*above, (short(found), "")],
        "structured_data": to_script(list_data(name, path, cards), trail(above, name)),
    }


def way(kind: Kind, start: date) -> list[tuple[str, str]]:
    """The places above: the archive, the year of a month, the month of a day."""
    above = [(_("Archive"), reverse("archive"))]
    if kind != Kind.YEAR:
        above.append((words(Kind.YEAR, start), address(Kind.YEAR, start)))
    if kind == Kind.DAY:
        above.append((str(MONTHS[start.month]), address(Kind.MONTH, start)))
    return above


def short(found: Found) -> str:
    """The last step of that way: its own part of the date."""
    if found.kind == Kind.DAY:
        return date_format(found.start, "j")
    return str(MONTHS[found.start.month]) if found.kind == Kind.MONTH else str(found.start.year)


def months(year: date, counts: Mapping[date, int]) -> list[Link]:
    """The twelve of a year."""
    starts = [year.replace(month=number) for number in MONTHS]
    return [
        link(Kind.MONTH, start, counts.get(start, 0), str(MONTHS[start.month])) for start in starts
    ]


def table(month: date, counts: Mapping[date, int]) -> dict[str, object]:
    """A month as a calendar: the weekdays as the language orders them, and rows of seven days."""
    first = int(get_format("FIRST_DAY_OF_WEEK"))
    order = [(first - 1 + number) % 7 for number in range(7)]
    return {
        "weekdays": [(WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in order],
        "weeks": [
            [
                (cell.day.day, link(Kind.DAY, cell.day, cell.count)) if cell.day else ("", None)
                for cell in week
            ]
            for week in weeks(month, counts, first=first)
        ],
    }
