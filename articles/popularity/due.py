"""What time does here; the tick calls `run_due` every fifteen seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.popularity import keeping
from articles.popularity.flushing import flush
from articles.popularity.ranking import rank

# Lists are made this often at most.
RANKED_EVERY = timedelta(minutes=1)


@dataclass
class _Progress:
    """What this tick has counted and not ranked yet; a new one ranks at once."""

    ranked_at: datetime | None = None
    counted_until: datetime | None = None
    waiting: bool = True


_progress = _Progress()


def run_due(at: datetime) -> int:
    """Take the batch, write it, and make the lists if it is time; how many readers were added."""
    batch = keeping.take()
    counted = flush(batch, at=at) if batch else 0
    own = _progress
    if counted:
        own.counted_until, own.waiting = at, True
    if own.waiting and (own.ranked_at is None or at - own.ranked_at >= RANKED_EVERY):
        rank(at=at, counted_until=own.counted_until)
        own.ranked_at, own.waiting = at, False
    return counted
