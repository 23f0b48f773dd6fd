"""The windows of the lists: how fast reading fades, and the arithmetic of scores that fade.

A score is the logarithm, base 2, of all reads, each weighted by two to the power of its age at
LANDMARK over the half-life. Two scores of one window compare at any time without being written
anew, and a read raises a score in constant time (forward decay, Cormode et al. 2009).
"""

import math
from datetime import UTC, datetime, timedelta

from articles.popularity.models import RankedList

Window = RankedList.Window

# Fixed for ever: scores of different landmarks do not compare.
LANDMARK = datetime(2026, 1, 1, tzinfo=UTC)
# A reader of so long ago counts half.
HALF_LIFE = {
    Window.HOURS: timedelta(hours=3),
    Window.DAY: timedelta(hours=12),
    Window.WEEK: timedelta(days=3),
}
# Readers, faded, without whom a story stands in no list, and stories without which a list is none.
FLOOR = 3
ENOUGH = 5


def too_old(window: Window) -> timedelta:
    """Without a count for so long a list is not shown: 30 minutes, 2 hours, 12 hours."""
    return HALF_LIFE[window] / 6


def weight(window: Window, at: datetime) -> float:
    """What one read at this time is worth, as a score."""
    return (at - LANDMARK) / HALF_LIFE[window]


def added(score: float | None, reads: int, window: Window, at: datetime) -> float:
    """The score after so many reads; `None` is a story nobody had read. `reads` is at least 1."""
    fresh = weight(window, at) + math.log2(reads)
    if score is None:
        return fresh
    low, high = sorted((score, fresh))
    return high + math.log2(1 + 2.0 ** (low - high))


def readers(score: float, window: Window, at: datetime) -> float:
    """How many readers that is now, those of one half-life ago counted half."""
    return float(2.0 ** min(score - weight(window, at), 60))


def floor(window: Window, at: datetime) -> float:
    """The lowest score with which a story stands in a list."""
    return weight(window, at) + math.log2(FLOOR)
