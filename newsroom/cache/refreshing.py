"""Pages that are out of date are made anew behind their readers' backs, by one process for all."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from newsroom.cache.log import Log
from newsroom.cache.making import PATIENCE, STEP
from newsroom.cache.memory import Memory
from newsroom.cache.pages import Key, Page
from newsroom.cache.stores import Store

logger = logging.getLogger(__name__)


class Refresher:
    """Of one process. `want` is called from any thread; the work is done by one of its own."""

    def __init__(
        self, memory: Memory, store: Store, log: Log, make: Callable[[Key, float], None], *,
        alone: bool = False,
    ) -> None:  # fmt: skip
        """`make` makes the page of an address, if none was made after that moment. `alone`: nothing
        is made behind anybody's back, and what others made is taken over when it is wanted."""
        self._memory, self._store, self._log, self._make = memory, store, log, make
        self._alone = alone
        self._wanted: set[Key] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="refresh")

    def begin(self) -> None:
        """The thread begins here, and has the priority of this one."""
        self._thread.submit(int)

    def later(self, work: Callable[[], object]) -> None:
        """What else is to be done behind the readers' backs."""
        self._thread.submit(work)

    def finish(self) -> None:
        """Returns when all is done that was wanted; nothing more is."""
        self._thread.shutdown()

    def want(self, page: Page) -> None:
        """Make it anew, or take what another process made; one at a time in each process."""
        if self._alone:
            self._taken_over(page)
        elif page.key not in self._wanted:
            self._wanted.add(page.key)
            self._thread.submit(self._look_after, page, time.monotonic() + PATIENCE)

    def _look_after(self, page: Page, patient_until: float) -> None:
        """While another process makes it, this one makes others, and comes back."""
        try:
            is_done = self._taken_over(page)
            if not is_done and (self._is_free(page.key) or time.monotonic() > patient_until):
                self._make(page.key, page.made)
                is_done = True
        except Exception:
            logger.exception("%s could not be made anew", page.key[1])
            is_done = True
        if is_done:
            self._wanted.discard(page.key)
        else:
            time.sleep(STEP)
            self._thread.submit(self._look_after, page, patient_until)

    def _taken_over(self, page: Page) -> bool:
        newer = self._store.get(page.key)
        if newer and newer.made > page.made and self._log.stale_since(newer) == 0:
            self._memory.put(newer)
            return True
        return False

    def _is_free(self, key: Key) -> bool:
        with self._store.alone(key) as mine:
            return mine
