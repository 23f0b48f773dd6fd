"""The service desks as readers see them, read in three queries and stored with the chrome."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.cache.generations import stored
from newsroom.cache.tags import fresh_until, seen
from newsroom.pages.hours import SpecialDay, Status, Stretch, status
from newsroom.pages.hours_tables import DayRow, HoursTable, day_row, tables
from newsroom.pages.identity import identity
from newsroom.pages.models import ServiceDesk, ServiceException, ServiceNumber
from newsroom.pages.open_now import sentence


@dataclass(frozen=True)
class Phone:
    """A number as printed, and as a telephone dials it (RFC 3966)."""

    plain_number: str
    extension: str
    label: str

    @property
    def number(self) -> str:
        if not self.extension:
            return self.plain_number
        return _("%(number)s ext. %(extension)s") % {
            "number": self.plain_number,
            "extension": self.extension,
        }

    @property
    def dial(self) -> str:
        digits = re.sub(r"[^0-9+]", "", self.plain_number)
        return f"{digits};ext={self.extension}" if self.extension.isdigit() else digits


@dataclass(frozen=True)
class Desk:
    """One service desk. What depends on the hour is worked out when it is asked for."""

    id: int
    name: str
    slug: str
    description: str
    email: str
    fax: str
    address: str
    takes_messages: bool
    show_in_foot: bool
    zone: ZoneInfo
    phones: tuple[Phone, ...]
    stretches: tuple[Stretch, ...]
    special_days: tuple[SpecialDay, ...]

    def status_at(self, at: datetime) -> Status:
        """A page that says it is another one when the desk opens or closes."""
        found = status(self.stretches, self.special_days, at, self.zone)
        fresh_until(found.until if found.is_open else found.opens_at)
        return found

    def sentence_at(self, at: datetime) -> str:
        """“Open now, until 14:00”; empty for a desk that keeps no hours."""
        if not self.stretches and not self.special_days:
            return ""
        # What most of the hours are for goes without saying; “distribution only” does not.
        purposes = Counter(stretch.purpose for stretch in self.stretches)
        usual = purposes.most_common(1)[0][0] if purposes else ""
        return sentence(self.status_at(at), at, self.zone, usual=usual)

    @property
    def status(self) -> str:
        """The sentence for this moment."""
        return self.sentence_at(timezone.now())

    @property
    def is_open(self) -> bool:
        return self.status_at(timezone.now()).is_open

    @property
    def hours(self) -> list[HoursTable]:
        """The hours in the language in force, a table for each purpose."""
        today = timezone.localdate(timezone=self.zone).weekday()
        return tables(self.stretches, today=today)

    @property
    def exceptions(self) -> list[DayRow]:
        """The special days from today on, the nearest first."""
        today = timezone.localdate(timezone=self.zone)
        return [day_row(day) for day in self.special_days if day.date >= today]

    @property
    def zone_note(self) -> str:
        """Which clock the hours are by; readers abroad have another."""
        if not self.stretches:
            return ""
        place = self.zone.key.rpartition("/")[2].replace("_", " ")
        return _("Hours are by the clock in %(place)s.") % {"place": place}


def desks() -> tuple[Desk, ...]:
    """All desks in the order staff gave them; three queries when out of date, none when stored."""
    return stored("desks", _read, of="paper")


def _read() -> tuple[Desk, ...]:
    seen("desks")
    zone = identity().zone
    # One row for each stretch of hours; a desk without hours has one row.
    rows = list(
        ServiceDesk.objects.order_by("order", "name", "pk", "hours__weekday", "hours__opens")
        .values(
            "pk", "name", "slug", "description", "email", "fax", "address",
            "takes_messages", "show_in_foot",
            weekday=F("hours__weekday"), opens=F("hours__opens"), closes=F("hours__closes"),
            purpose=F("hours__purpose"), at_number=F("hours__number__number"),
        )
    )  # fmt: skip
    if not rows:
        return ()
    phones: defaultdict[int, list[Phone]] = defaultdict(list)
    for number in ServiceNumber.objects.all():
        phones[number.desk_id].append(Phone(number.number, number.extension, number.label))
    special = _special_days(timezone.localdate(timezone=zone))
    stretches: defaultdict[int, list[Stretch]] = defaultdict(list)
    for row in rows:
        if row["opens"] is not None:
            stretches[row["pk"]].append(
                Stretch(
                    row["weekday"], row["opens"], row["closes"],
                    row["purpose"], row["at_number"] or "",
                )
            )  # fmt: skip
    return tuple(
        Desk(
            id=row["pk"],
            name=row["name"],
            slug=row["slug"],
            description=row["description"],
            email=row["email"],
            fax=row["fax"],
            address=row["address"],
            takes_messages=row["takes_messages"],
            show_in_foot=row["show_in_foot"],
            zone=zone,
            phones=tuple(phones[row["pk"]]),
            stretches=tuple(stretches[row["pk"]]),
            special_days=tuple(special[row["pk"]]),
        )
        for row in {row["pk"]: row for row in rows}.values()
    )


def _special_days(today: date) -> defaultdict[int, list[SpecialDay]]:
    """The exceptions from yesterday on (hours may cross midnight), by desk."""
    by_desk: defaultdict[int, list[SpecialDay]] = defaultdict(list)
    upcoming = ServiceException.objects.filter(date__gte=date.fromordinal(today.toordinal() - 1))
    for row in upcoming:
        opens, closes = (None, None) if row.closed else (row.opens, row.closes)
        by_desk[row.desk_id].append(SpecialDay(row.date, row.name, opens, closes))
    return by_desk
