"""No store: every page is made for each request. Their parts are kept all the same."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from newsroom.cache.pages import Key, Page


class Nothing:
    """For finding out what making a page costs."""

    keeps = False

    def get(self, key: Key) -> Page | None:
        return None

    def put(self, page: Page) -> None: ...

    def drop(self, key: Key) -> None: ...

    def take(self, tags: Mapping[str, int]) -> None: ...

    def taken(self) -> dict[str, int]:
        return {}

    @contextmanager
    def alone(self, key: Key) -> Iterator[bool]:
        yield True

    def prune(self, *, most: int, oldest: float) -> int:
        return 0

    def forget(self) -> None: ...
