"""What has been purged, as this process knows it; read by a thread of its own.

The thread is also the pulse of the database: while it gets no answer, pages that are out of date
are shown all the same, and nobody waits for a page that cannot be made.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from django.db import Error, close_old_connections, connection

from newsroom.cache.models import Purge
from newsroom.cache.pages import Page
from newsroom.cache.stores import Store

logger = logging.getLogger(__name__)

# Tags that are remembered, and that a process reads when it starts: a large import leaves so many
# that reading all would take seconds, in which no page could be made. Entries are read by so many.
MOST, MOST_AT_FIRST, HUNDRED = 200_000, 100_000, 100

# Seconds: between two readings; a reading that takes longer means that the database is away; pages
# are shown for so long after a soft purge, and for so long in any case.
EVERY, TOO_LONG, GRACE, DAY = 0.2, 1.0, 1.0, 24 * 3600.0
# So many after an entry can be read no process shows what came before it.
SETTLED = GRACE + TOO_LONG + 2 * EVERY


class Entry(NamedTuple):
    """A row of `Purge`."""

    number: int
    tags: list[str]
    hard: bool
    followed: bool


class Log:
    """The newest entry for each tag, soft and hard, and when this process heard of it."""

    def __init__(
        self, store: Store, *, each_turn: Callable[[], None] = lambda: None,
        on_news: Callable[[list[Entry]], None] = lambda news: None,
    ) -> None:  # fmt: skip
        """`each_turn` is called by the thread, five times a second; `on_news` with what was read,
        before anybody holds a page against it. Not with what came before the first reading."""
        self._store, self._each_turn, self._on_news = store, each_turn, on_news
        self.number = 0
        self.first = 0
        self._soft: dict[str, tuple[int, float]] = {}
        # What was taken from the readers is known also before the database answers.
        self._hard = store.taken()
        self._asked: float | None = None
        self._failed = False
        self._lock = threading.Lock()
        self._ready = False
        self._thread: threading.Thread | None = None

    def follow(self) -> None:
        """Begin to read, for as long as the process lives."""
        self._thread = threading.Thread(target=self._go_on, name="purges", daemon=True)
        self._thread.start()

    @property
    def is_reading(self) -> bool:
        """Whether this is the thread that reads the entries."""
        return threading.current_thread() is self._thread

    @property
    def is_away(self) -> bool:
        """Whether the last reading failed, or one is waiting for its answer."""
        asked = self._asked
        return self._failed or (asked is not None and time.time() - asked > TOO_LONG)

    def catch_up(self) -> None:
        """Read what is new, now; one query, but at first. Raises django.db.Error."""
        with self._lock:
            newest, taken, soft = self.number, dict[str, int](), dict[str, tuple[int, float]]()
            # What came before the first reading was heard of by others, long ago.
            now, news = time.time() if self._ready else 1.0, list[Entry]()
            for entry in self._unread():
                if entry.hard:
                    taken |= dict.fromkeys(entry.tags, entry.number)
                else:
                    soft |= dict.fromkeys(entry.tags, (entry.number, now))
                self.first = self.first or entry.number
                newest = entry.number
                if self._ready:
                    news.append(entry)
            if news:
                self._on_news(news)
            self._soft |= soft
            self._hard |= taken
            if taken:
                self._store.take(taken)
            # Last: whoever sees the number finds what came with it.
            self.number = newest
            if len(self._soft) + len(self._hard) > MOST:
                self._forget()
            self._ready = True

    def _unread(self) -> Iterable[Entry]:
        """What is new, the oldest first; at first only the newest entries, by the hundred. Pages
        that were stored before these are made anew."""
        rows = Purge.objects.values_list("pk", "tags", "hard", "followed")
        if self._ready:
            new = rows.filter(pk__gt=self.number).order_by("pk")
            return (Entry(*row) for row in new.iterator())
        found: list[Entry] = []
        while True:
            before = rows.filter(pk__lt=found[-1].number) if found else rows
            more = [Entry(*row) for row in before.order_by("-pk")[:HUNDRED]]
            found += more
            if len(more) < HUNDRED or sum(len(entry.tags) for entry in found) > MOST_AT_FIRST:
                return reversed(found)

    def _forget(self) -> None:
        """Rather make every page anew than remember a whole archive that was taken in."""
        self.first = self.number + 1
        self._soft.clear()
        self._hard.clear()

    def stale_since(self, page: Page) -> float:
        """When this process heard that the page was purged softly, 0 for never; -1 for hard."""
        if page.as_of > self.number and self._ready:
            with suppress(Error):  # another process knows more
                self.catch_up()
                if page.as_of > self.number:  # made with another database
                    return -1
        if self._ready and page.as_of < self.first - 1:
            return -1
        since = 0.0
        for tag in page.tags:
            if self._hard.get(tag, 0) > page.as_of:
                return -1
            number, heard = self._soft.get(tag, (0, 0.0))
            if number > page.as_of:
                since = min(since, heard) if since else heard
        return since

    def is_unchanged(self, tags: Iterable[str], as_of: int) -> bool:
        """Whether none of these was purged after that entry."""
        if not self._ready or as_of < self.first - 1:
            return False
        never = (0, 0.0)
        return not any(
            self._hard.get(tag, 0) > as_of or self._soft.get(tag, never)[0] > as_of for tag in tags
        )

    def _go_on(self) -> None:
        while True:
            try:
                close_old_connections()
                self._each_turn()
                # Not before: a disk that is slow then says nothing of the database.
                self._asked = time.time()
                self.catch_up()
                self._failed = False
            except Error as error:
                if not self._failed:
                    logger.warning("the database does not answer: %s", error)
                self._failed = True
                connection.close()
            except Exception:
                logger.exception("the entries of the page cache cannot be read")
            self._asked = None
            time.sleep(EVERY)
