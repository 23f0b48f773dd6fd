"""When a desk is open: pure functions over its week, its exceptions and an instant.

Hours are wall-clock times in the paper's zone. Nothing here reads the database or the clock.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# How far ahead the next opening is looked for; beyond it a desk counts as closed.
NEAR_DAYS = 10
HORIZON_DAYS = 120
# An opening that lasts longer than this has no end worth telling.
ALWAYS = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Hours of a weekday (Monday 0); closing at or before opening means on the next day."""

    weekday: int
    opens: time
    closes: time
    purpose: str = ""
    number: str = ""


@dataclass(frozen=True)
class SpecialDay:
    """A date that replaces its weekday: closed, or with hours of its own (several are possible)."""

    date: date
    name: str = ""
    opens: time | None = None
    closes: time | None = None

    @property
    def closed(self) -> bool:
        return self.opens is None or self.closes is None


@dataclass(frozen=True)
class Status:
    """Open with `until` (None: no end in sight), or closed with `opens_at` (None: not foreseen).

    Instants are UTC. `purpose` is what the present or the next hours are for; `occasion` names the
    special day that the instant falls on.
    """

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None
    purpose: str = ""
    occasion: str = ""


@dataclass(frozen=True)
class _Span:
    start: datetime
    end: datetime
    purpose: str


def instant(day: date, clock: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The UTC instant of a wall-clock time.

    A time the clocks skip in spring counts as the first one after the gap; of a time they repeat
    in autumn `fold` picks the first (0) or the second (1).
    """
    local = datetime.combine(day, clock)
    for _minute in range(24 * 60 + 1):
        moment = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            return moment
        local += timedelta(minutes=1)
    return moment


def _span(day: date, opens: time, closes: time, purpose: str, zone: ZoneInfo) -> _Span:
    last = day if closes > opens else day + DAY
    return _Span(instant(day, opens, zone), instant(last, closes, zone, fold=1), purpose)


def _spans(
    week: Sequence[Stretch],
    special: dict[date, list[SpecialDay]],
    first: date,
    days: int,
    zone: ZoneInfo,
) -> Iterator[_Span]:
    """The openings of so many days from `first` on, in order of their day."""
    for offset in range(days):
        day = first + offset * DAY
        if day in special:
            for entry in special[day]:
                if entry.opens is not None and entry.closes is not None:
                    yield _span(day, entry.opens, entry.closes, "", zone)
            continue
        for stretch in week:
            if stretch.weekday == day.weekday():
                yield _span(day, stretch.opens, stretch.closes, stretch.purpose, zone)


def _end(span: _Span, spans: Sequence[_Span]) -> datetime:
    """Where an opening ends when others for the same purpose follow without a break."""
    end = span.end
    for other in sorted(spans, key=lambda s: s.start):
        if other.purpose == span.purpose and other.start <= end:
            end = max(end, other.end)
    return end


def status(
    week: Iterable[Stretch], exceptions: Iterable[SpecialDay], at: datetime, zone: ZoneInfo
) -> Status:
    """Whether the desk is open at the instant, and until when, or when it opens next."""
    today = at.astimezone(zone).date()
    week = list(week)
    special: dict[date, list[SpecialDay]] = {}
    for entry in exceptions:
        special.setdefault(entry.date, []).append(entry)
    occasion = next((entry.name for entry in special.get(today, [])), "")
    # Nearly always the next days answer; the far horizon is for a desk that closes for weeks.
    for days in (NEAR_DAYS, HORIZON_DAYS):
        # From yesterday, for what was opened before midnight.
        openings = [s for s in _spans(week, special, today - DAY, days, zone) if s.start < s.end]
        if present := [span for span in openings if span.start <= at < span.end]:
            # Of several purposes at once the one that is served longest is told.
            longest = max(present, key=lambda span: _end(span, openings))
            end = _end(longest, openings)
            until = end if end - at < ALWAYS else None
            return Status(True, until=until, purpose=longest.purpose, occasion=occasion)
        if coming := [span for span in openings if span.start > at]:
            soon = min(coming, key=lambda span: (span.start, -span.end.timestamp()))
            return Status(False, opens_at=soon.start, purpose=soon.purpose, occasion=occasion)
    return Status(False, occasion=occasion)
