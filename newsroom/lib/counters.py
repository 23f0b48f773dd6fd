"""Numbers that only rise, counted by several processes of one machine and read by any of them.

They lie in memory that a process shares with those forked from it. Each process has a row of its
own, so that counting needs no lock; a process that starts goes on in the row of one that is gone,
so that no sum ever falls.
"""

import fcntl
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from mmap import mmap
from struct import Struct

# Processes that may count at once; more of them share the last row, and may miss a count.
ROWS = 64


class Counters:
    """Made before the processes are forked; every one of them may `write` and read `sums`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._numbers = Struct(f"={len(self.names)}Q")
        self._row = Struct(f"=Q{len(self.names)}Q")  # who counts here, and the numbers
        # A file without a name: its locks end with their process, and so does it with the last.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (open for as long as we count)
        self._file.truncate(ROWS * self._row.size)
        self._memory = mmap(self._file.fileno(), ROWS * self._row.size)
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._place: int | None = None
        self._before: tuple[int, ...] = ()

    def write(self, counted: Mapping[str, int]) -> None:
        """What this process has counted since it began; under 2 µs."""
        if self._place is None:
            self._place = self._take_place()
        sums = [old + counted[name] for name, old in zip(self.names, self._before, strict=True)]
        self._numbers.pack_into(self._memory, self._place + 8, *sums)

    def sums(self) -> dict[str, int]:
        """Of all processes, those that are gone included."""
        columns = zip(*(row[1:] for row in self._rows()), strict=True)
        return dict(zip(self.names, map(sum, columns), strict=True))

    def processes(self) -> int:
        """How many of those that count are alive."""
        return sum(1 for row in self._rows() if row[0] and is_alive(row[0]))

    def _rows(self) -> list[tuple[int, ...]]:
        return [
            self._row.unpack_from(self._memory, number * self._row.size) for number in range(ROWS)
        ]

    def _take_place(self) -> int:
        """The row of nobody, or of one that is gone; where it begins."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            rows = self._rows()
            free = (n for n, row in enumerate(rows) if not row[0] or not is_alive(row[0]))
            number = next(free, ROWS - 1)
            place, self._before = number * self._row.size, rows[number][1:]
            self._row.pack_into(self._memory, place, os.getpid(), *self._before)
            return place
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


def is_alive(process: int) -> bool:
    with suppress(PermissionError):  # somebody else's: it took the number of ours
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True
