"""The pages in this process's memory, bounded by their bytes."""

import threading

from newsroom.cache.pages import Key, Page


class Memory:
    """`pages` is read without a lock; when it is full, those that were used longest ago go."""

    def __init__(self, most: int) -> None:
        self.pages: dict[Key, Page] = {}
        self.size = 0
        self._most = most
        self._lock = threading.Lock()

    def put(self, page: Page) -> None:
        with self._lock:
            old = self.pages.get(page.key)
            self.pages[page.key] = page
            page.used = max(page.used, page.made)
            self.size += page.size - (old.size if old else 0)
            if self.size > self._most:
                self._shrink()

    def drop(self, key: Key) -> None:
        with self._lock:
            if old := self.pages.pop(key, None):
                self.size -= old.size

    def _shrink(self) -> None:
        """To three quarters, so that it is not done for each page."""
        for key, page in sorted(self.pages.items(), key=lambda item: item[1].used):
            if self.size <= self._most * 3 // 4:
                break
            del self.pages[key]
            self.size -= page.size
