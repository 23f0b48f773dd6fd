"""Pages as files under the data folder. One that is half written is never seen."""

import fcntl
import hashlib
import logging
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from newsroom.cache.pages import Key, Page

logger = logging.getLogger(__name__)


class Files:
    """One folder for each release: what another one made is not understood here."""

    keeps = True

    def __init__(self, folder: Path, release: str) -> None:
        self.root, self.folder = folder, folder / release
        self._locks = folder / "locks"
        self._taken = folder / "taken"
        self._told = False

    def _path(self, key: Key) -> Path:
        name = _digest(key, 16)
        return self.folder / name[:2] / name[2:]

    def get(self, key: Key) -> Page | None:
        try:
            page = Page.from_bytes(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        return page if page.key == key else None

    def put(self, page: Page) -> None:
        path = self._path(page.key)
        passing = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            passing.write_bytes(page.to_bytes())
            passing.replace(path)
        except OSError as error:
            if not self._told:
                logger.warning("pages cannot be stored in %s: %s", self.folder, error)
            self._told = True
            with suppress(OSError):
                passing.unlink(missing_ok=True)

    def drop(self, key: Key) -> None:
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def take(self, tags: Mapping[str, int]) -> None:
        known = self.taken()
        new = {tag: number for tag, number in tags.items() if known.get(tag, 0) < number}
        if not new:  # another process wrote them
            return
        with suppress(OSError):
            self.root.mkdir(parents=True, exist_ok=True)
            with self._taken.open("a", encoding="utf-8") as file:
                file.write("".join(f"{number} {tag}\n" for tag, number in new.items()))

    def taken(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with suppress(OSError):
            for line in self._taken.read_text(encoding="utf-8").splitlines():
                number, _space, tag = line.partition(" ")
                if number.isdigit():
                    found[tag] = max(int(number), found.get(tag, 0))
        return found

    @contextmanager
    def alone(self, key: Key) -> Iterator[bool]:
        """By a lock that the kernel takes back from a process that dies."""
        # Few files for all pages: two pages that share one are made one after the other.
        number = int(_digest(key, 2), 16) % 1024
        try:
            self._locks.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._locks / str(number), os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:
            yield True
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # somebody else has it; who waits asks often, and keeps no file open
            os.close(descriptor)
            yield False
            return
        try:
            yield True
        finally:
            os.close(descriptor)

    def prune(self, *, most: int, oldest: float) -> int:
        """Delete what is older than `oldest` (seconds since 1970), and beyond `most` bytes; how
        many files. Those of other releases go by their age alone."""
        found = []
        for path in self.root.glob("*/??/*"):
            with suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
        found.sort(reverse=True, key=lambda each: each[0])
        total = gone = 0
        for made, size, path in found:
            total += size
            if made < oldest or total > most:
                with suppress(OSError):
                    path.unlink()
                    gone += 1
        for folder in self.root.glob("*/??"):
            with suppress(OSError):
                folder.rmdir()  # if it is empty
        with suppress(OSError):
            if self._taken.stat().st_mtime < oldest:
                self._taken.unlink()
        return gone

    def forget(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


def _digest(key: Key, size: int) -> str:
    return hashlib.blake2b(repr(key).encode(), digest_size=size).hexdigest()
