"""What becomes of this process's stored pages after a change, said in the database.

Of entries that somebody follows (`purging.followed`) it says at once how many of its pages are out
of date, and then how they stand until no old one is shown any more. Nothing is written of others,
so that an import or the tick costs nothing here. The pages that readers use are made anew unasked.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

from django.db import Error, close_old_connections, connection, transaction

from newsroom.cache.log import GRACE, Entry, Log
from newsroom.cache.memory import Memory
from newsroom.cache.models import Refreshing, WebProcess
from newsroom.cache.pages import Key, Page
from newsroom.cache.patience import READER, waiting
from newsroom.cache.proof import processes

logger = logging.getLogger(__name__)

# How a page stands in this process. OLD: readers may get the old one. LATE: making it anew failed.
# WAITS: it is made when somebody asks, and the old one not shown. NEW: it has been made.
OLD, LATE, WAITS, NEW = "old", "late", "waits", "new"
# Pages named in one report; reports that are kept up to date, for so many seconds.
NAMED, REPORTS, LONGEST = 100, 50, 600.0
# Pages made anew unasked, of those that were used in so many seconds; seconds between two rounds
# that nobody follows, so that a storm of changes does not keep this process busy.
UNASKED, POPULAR, REST = 20, 600.0, 5.0
# Seconds between two looks, while something is to come and else; between two attempts at a page.
SOON, LATER = 0.25, 5.0
# Pages that could not be made and are remembered.
FAILED = 1_000


# [address, numbers of the entries, how it stands, when it was made]; JSON.
_Stand = tuple[str, list[int], str, float | None]


@dataclass
class _Report:
    """Of the followed entries of one reading: the pages they hit, the last used ones first."""

    first: int
    last: int
    heard: float
    count: int = 0
    # The numbers of the entries, and whether one of them was hard.
    pages: dict[Key, tuple[list[int], bool]] = field(default_factory=dict)
    said: list[_Stand] | None = None
    open: bool = True
    done: datetime | None = None


@dataclass
class Witness:
    """Of one process. `hear` and `note` are called from any thread, the rest from its own."""

    memory: Memory
    log: Log
    refresh: Callable[[Page], None]
    _heard: deque[tuple[_Report | None, list[Page]]] = field(default_factory=deque)
    _news: threading.Event = field(default_factory=threading.Event)
    _failed: dict[Key, float] = field(default_factory=dict)
    _reports: list[_Report] = field(default_factory=list)
    _pk: int | None = None
    _said: tuple[int, float] = (0, 0.0)
    _rested: float = 0.0

    def follow(self) -> None:
        """Begin, for as long as the process lives."""
        threading.Thread(target=self._go_on, name="witness", daemon=True).start()

    def hear(self, news: list[Entry]) -> None:
        """Which pages they hit, before another takes the place of one; some 5 µs for
        each in memory, 10 for each that is hit."""
        tags = {tag for entry in news for tag in entry.tags}
        hit = [page for page in self.memory.pages.copy().values() if not tags.isdisjoint(page.tags)]
        hit.sort(key=lambda page: page.used, reverse=True)
        self._heard.append((_report(news, hit), hit[:UNASKED]))
        self._news.set()

    def note(self, key: Key, *, failed: bool) -> None:
        """Whether the page could be made, the last time it was tried."""
        if failed:
            if len(self._failed) >= FAILED:
                self._failed.clear()
            self._failed[key] = time.time()
        elif self._failed:
            self._failed.pop(key, None)

    def turn(self) -> float:
        """Take in what was heard, say how the pages stand; in how many seconds to look again."""
        # What was heard up to this number is in the queue, or has been taken from it.
        number, now = self.log.number, time.time()
        while self._heard:
            report, out = self._heard.popleft()
            if report is not None:
                self._reports.append(report)
            if out and (report is not None or now - self._rested >= REST):
                self._make_unasked(out, now)
        self._reports = [each for each in self._reports if now - each.heard < LONGEST][-REPORTS:]
        self._try_again(now)
        changed = [each for each in self._reports if self._look(each, now)]
        every = processes.EVERY.total_seconds()
        if changed or now - self._said[1] >= every:
            self._say(changed, number, now)
        return SOON if any(each.open for each in self._reports) else LATER

    def _look(self, report: _Report, now: float) -> bool:
        """Whether something is to be said of it."""
        stand = [(_address(key), numbers, *self._stands(key, numbers[-1], hard, report, now))
                 for key, (numbers, hard) in report.pages.items()]  # fmt: skip
        more = report.count > len(stand) and now < report.heard + GRACE
        still = more or any(state == OLD for _address, _numbers, state, _made in stand)
        changed = (stand, still) != (report.said, report.open)
        report.said, report.open = stand, still
        return changed

    def _stands(
        self, key: Key, number: int, hard: bool, report: _Report, now: float
    ) -> tuple[str, float | None]:
        page = self.memory.pages.get(key)
        if page is not None and page.as_of >= number:
            return NEW, page.made
        if key in self._failed:
            return LATE, None
        return (OLD if not hard and now < report.heard + GRACE else WAITS), None

    def _make_unasked(self, pages: list[Page], now: float) -> None:
        self._rested = now
        for page in pages:
            if now - page.used < POPULAR:
                self.refresh(page)

    def _try_again(self, now: float) -> None:
        """The pages of the reports that failed, some seconds after the last time."""
        for key in {key for report in self._reports for key in report.pages}:
            failed, page = self._failed.get(key), self.memory.pages.get(key)
            if failed and page is not None and now - failed >= LATER:
                self._failed[key] = now
                self.refresh(page)

    def _say(self, reports: list[_Report], number: int, now: float) -> None:
        """Raises django.db.Error; then it is said again."""
        at = datetime.fromtimestamp(now, UTC)
        with transaction.atomic():
            me = WebProcess.objects.filter(pk=self._pk or 0)
            if not me.update(number=number, seen_at=at, left=False):
                self._pk = WebProcess.objects.create(
                    machine=processes.machine(), space=processes.space(), pid=os.getpid(),
                    number=number, seen_at=at,
                ).pk  # fmt: skip
            for each in reports:
                self._write(each, at)
        self._said = number, now
        processes.sign_off_the_dead(at)

    def _write(self, report: _Report, at: datetime) -> None:
        late = any(state == LATE for _address, _numbers, state, _made in report.said or [])
        report.done = None if report.open or late else report.done or at
        Refreshing.objects.update_or_create(
            process_id=self._pk, last=report.last,
            defaults={
                "first": report.first, "count": report.count, "pages": report.said,
                "heard_at": datetime.fromtimestamp(report.heard, UTC),
                "done_at": report.done,
            },
        )  # fmt: skip

    def _go_on(self) -> None:
        with waiting(READER):
            self._turn_for_ever()

    def _turn_for_ever(self) -> None:
        while True:
            self._news.clear()
            pause = LATER
            try:
                close_old_connections()
                pause = self.turn()
            except Error:  # the log says that the database does not answer
                for each in self._reports:
                    each.said = None
            except Exception:
                logger.exception("what became of the stored pages cannot be said")
            if pause == LATER:
                connection.close()  # it is not needed for a while
            self._news.wait(pause)


def _report(news: Iterable[Entry], hit: Iterable[Page]) -> _Report | None:
    """On the followed entries; None if there are none."""
    followed = [entry for entry in news if entry.followed]
    if not followed:
        return None
    hard = {entry.number for entry in followed if entry.hard}
    by_tag: dict[str, list[int]] = {}
    for entry in followed:
        for tag in entry.tags:
            by_tag.setdefault(tag, []).append(entry.number)
    report = _Report(followed[0].number, followed[-1].number, time.time())
    for page in hit:
        shown = by_tag.keys() & page.tags
        numbers = {each for tag in shown for each in by_tag[tag] if each > page.as_of}
        report.count += bool(numbers)
        if numbers and len(report.pages) < NAMED:
            report.pages[page.key] = sorted(numbers), bool(numbers & hard)
    return report


def _address(key: Key) -> str:
    """As a link has it: one slash before it, so that it leads to no other host."""
    _host, path, query = key
    quoted = f"/{quote(path.encode('latin-1', 'replace')).lstrip('/')}"
    return f"{quoted}?{query}" if query else quoted
