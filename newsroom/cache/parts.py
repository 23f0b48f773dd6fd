"""Parts of pages, kept in the memory of each process: a page is put together from what is there.

A part is HTML, or rows, that would be the same in every page. It is kept with the tags of what it
was made of and used while none of them has been purged, exactly as a page is; so a page that is
made anew because one story on it has changed makes that one part anew. Nothing is kept, or found,
but while a page is made that is the same for everyone (`@kept`, `@of_parts`): what a form, a
preview or the desk shows never comes from here and never gets here.
"""

import pickle
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from sys import getsizeof, intern
from typing import Any, NamedTuple, TypeVar

from django.utils.timezone import localdate
from django.utils.translation import get_language

from newsroom.cache import tags
from newsroom.cache.log import Log

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Name = tuple[Hashable, ...]

# Rows and other values take about so many times the bytes of their pickle.
SPREAD = 3
# Seconds after which a part is made anew although nothing was purged.
OLDEST = 3600.0


@dataclass(slots=True, eq=False)
class _Part:
    value: Any
    version: Hashable
    tags: tuple[str, ...]
    until: float | None
    as_of: int
    made: float
    # The number of the log against which the tags were held, and when it was last asked for.
    checked: int
    used: float
    # Bytes, roughly.
    size: int


class Parts:
    """The parts of one process, `most` bytes: when there are more, those used longest ago go."""

    def __init__(self, log: Log, most: int) -> None:
        self._log, self._most = log, most
        self._parts: dict[Name, _Part] = {}
        self.size = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def find(self, name: Name) -> _Part | None:
        """The part, if nothing it shows has changed; no query."""
        if (part := self._parts.get(name)) is None:
            return None
        now, number = time.time(), self._log.number
        if now - part.made > OLDEST or (part.until is not None and part.until <= now):
            return None
        if part.checked != number:
            if not self._log.is_unchanged(part.tags, part.as_of):
                return None
            part.checked = number
        part.used = now
        return part

    def keep(
        self, name: Name, value: object, seen: tags.Seen, as_of: int, version: Hashable = None
    ) -> None:
        """As made of what the log knew at `as_of`, in the place of what has the name."""
        now = time.time()
        # Most parts have the tags of the masthead's menus: the same strings for all of them.
        own = tuple(map(intern, seen.tags))
        size = _size(value) + getsizeof(own) + 400
        part = _Part(value, version, own, seen.until, as_of, now, as_of, now, size)
        with self._lock:
            if old := self._parts.pop(name, None):
                self.size -= old.size
            self._parts[name] = part
            self.size += part.size
            if self.size > self._most:
                self._shrink()

    def _shrink(self) -> None:
        """To three quarters, so that it is not done for each part."""
        for name, part in sorted(self._parts.items(), key=lambda item: item[1].used):
            if self.size <= self._most * 3 // 4:
                break
            del self._parts[name]
            self.size -= part.size


def _size(value: object) -> int:
    return getsizeof(value) if isinstance(value, str) else SPREAD * len(pickle.dumps(value))


class _Present(NamedTuple):
    """What a page may be made of: `as_of` what the log knew when its making began, in this edition
    (language and day)."""

    parts: Parts
    as_of: int
    edition: Hashable


_present: ContextVar[_Present | None] = ContextVar("parts", default=None)


@contextmanager
def usable(parts: Parts, as_of: int) -> Iterator[None]:
    """A page is made inside that is the same for everyone."""
    before = _present.set(_Present(parts, as_of, (get_language(), localdate())))
    try:
        yield
    finally:
        _present.reset(before)


def are_usable() -> bool:
    """Whether a page is being made that is the same for everyone."""
    return _present.get() is not None


def part(*name: Hashable, build: Callable[[], T], version: Hashable = None) -> T:
    """`build()`, or what it gave before, which nobody must change; the page carries its tags.

    None is not kept; another `version` takes the place of the one before. Can be pickled.
    """
    if (present := _present.get()) is None:
        return build()
    name = (present.edition, *name)
    if (kept := present.parts.find(name)) is not None and kept.version == version:
        tags.see_again(kept.tags, kept.until)
        return kept.value  # type: ignore[no-any-return]  # what this name was made with
    with tags.collecting() as seen:
        value = build()
    if value is not None:
        present.parts.keep(name, value, seen, present.as_of, version)
    tags.see(seen)
    return value


def several(
    kind: str,
    keys: Iterable[K],
    *,
    build: Callable[[list[K]], dict[K, T]],
    mark: Callable[[K, T], None],
    shown: bool = True,
) -> dict[K, T]:
    """Many parts of a kind; those that are not kept are made by one call.

    `mark` sees the tags of each (what `build` reads leaves none), and the page carries them; unless
    not all is `shown`, and the page says itself what is.
    """
    present = _present.get()
    found: dict[K, T] = {}
    missing = []
    for key in keys:
        kept = present and present.parts.find((present.edition, kind, key))
        if not kept:
            missing.append(key)
            continue
        found[key] = kept.value
        if shown:
            tags.see_again(kept.tags, kept.until)
    if missing:
        with tags.collecting():
            made = build(missing)
        for key, value in made.items():
            with tags.collecting() as seen:
                mark(key, value)
            if shown:
                tags.see(seen)
            if present:
                name = (present.edition, kind, key)
                present.parts.keep(name, value, seen, present.as_of)
        found |= made
    return found
