"""Where pages are kept for all processes, and through a restart: files here, or Redis.

No method ever raises for a store that is full or away: a page is then made anew.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from newsroom.cache.pages import Key, Page


class Store(Protocol):
    """What the front needs of one."""

    keeps: bool

    def get(self, key: Key) -> Page | None: ...

    def put(self, page: Page) -> None: ...

    def drop(self, key: Key) -> None: ...

    def take(self, tags: Mapping[str, int]) -> None:
        """Remember that pages with these tags were purged hard, each by the entry of its number."""
        ...

    def taken(self) -> dict[str, int]:
        """What `take` remembers: the newest number for each tag."""
        ...

    def alone(self, key: Key) -> AbstractContextManager[bool]:
        """Whether nobody else is making this page; held until the block ends, or the process."""
        ...

    def prune(self, *, most: int, oldest: float) -> int:
        """Delete pages older than `oldest`, and the oldest beyond `most` bytes; how many."""
        ...

    def forget(self) -> None:
        """Every page of every release, and what was taken: they are of another database."""
        ...
