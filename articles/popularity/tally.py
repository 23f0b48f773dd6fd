"""The tick's memory: who was seen today and how often each story was read since the last batch."""

import mmap
import os
import time
from threading import Lock

from articles.popularity.seen import Seen

# Different stories in one batch; what comes beyond them is dropped.
MOST = 100_000
# Names a piece of memory that the supervisor keeps, so that a tick that died has forgotten nobody.
FROM_SUPERVISOR = "NEWSROOM_READS_MEMORY"


def lasting_memory() -> int | None:
    """A descriptor of memory without a file, for the supervisor to hand down; None off Linux."""
    if not hasattr(os, "memfd_create"):
        return None
    descriptor = os.memfd_create("newsroom-reads")
    os.ftruncate(descriptor, Seen.SIZE)
    return descriptor


def _inherited() -> mmap.mmap | None:
    number = os.environ.get(FROM_SUPERVISOR, "")
    try:
        return mmap.mmap(int(number), Seen.SIZE) if number else None
    except (OSError, ValueError):  # handed to another process than this one
        return None


class Tally:
    """Counts from several threads; one batch is taken by one caller."""

    def __init__(self) -> None:
        self._seen = Seen(_inherited())
        self._counts: dict[int, int] = {}
        self._lock = Lock()

    def add(self, article_id: int, reader: str) -> bool:
        """Count a reader of a story, once a day; whether it counted."""
        with self._lock:
            if article_id not in self._counts and len(self._counts) >= MOST:
                return False
            self._seen.turn(time.time())
            if not self._seen.add(article_id, reader):
                return False
            self._counts[article_id] = self._counts.get(article_id, 0) + 1
            return True

    def take(self) -> dict[int, int]:
        """What was counted since the last call: story and readers. It is given out once."""
        with self._lock:
            self._seen.turn(time.time())  # on a day without readers too the salt is replaced
            taken, self._counts = self._counts, {}
            return taken
