"""An entry's place: one number that sorts the index by time and belongs to one article.

The upper bits are the seconds since the year 1 (an imported archive may be old), the lower ones
come of the article's number. SQLite's index is walked in this order; in PostgreSQL the months are
terms of the index (`months`), so that a stretch of time is met inside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_BITS = 26
FIRST, LAST = 0, (1 << 63) - 1
# Months are counted in blocks of 1, 4, 16 and 64.
_LEVELS = (0, 2, 4, 6)


@dataclass(frozen=True)
class Stretch:
    """From one place to another, both included; read from its newest end unless `oldest_first`."""

    first: int = FIRST
    last: int = LAST
    oldest_first: bool = False


def place_of(at: datetime, article_id: int) -> int:
    """The place of what is dated `at`; whole seconds."""
    return (_seconds(at) << _BITS) | (article_id & ((1 << _BITS) - 1))


def start_of(at: datetime) -> int:
    """The first place at this second or, when it is not whole, after it."""
    return _seconds(at) << _BITS


def when(place: int) -> datetime:
    """The second a place stands for, in UTC."""
    return BEGINNING + timedelta(seconds=place >> _BITS)


def month_of(place: int) -> int:
    at = when(place)
    return at.year * 12 + at.month - 1


def start_of_month(month: int) -> int:
    """The first place of a month; outside of the calendar an end of all places."""
    if not 12 <= month < 4_355 * 12:
        return FIRST if month < 12 else LAST
    return start_of(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC))


def months(place: int) -> list[str]:
    """The marks of the blocks of months in which a place lies."""
    month = month_of(place)
    return [_block(level, month) for level in _LEVELS]


def blocks(first: int, last: int) -> Iterator[str]:
    """The fewest marks that cover the months from first to last, both included."""
    while first <= last:
        level = next(
            level
            for level in reversed(_LEVELS)
            if level == 0 or (first % (1 << level) == 0 and first + (1 << level) - 1 <= last)
        )
        yield _block(level, first)
        first += 1 << level


def _block(level: int, month: int) -> str:
    return f"_m{level}x{month >> level}"


def _seconds(at: datetime) -> int:
    """Fits into 37 bits until the year 4355, and stays there."""
    return min(max((at - BEGINNING) // timedelta(seconds=1), 0), LAST >> _BITS)
