"""Says on a terminal how far a long piece of work is; in a log it says nothing."""

import sys
import time
from typing import Any


class Meter:
    """One line that is written over, four times a second at the most."""

    def __init__(self) -> None:
        self._shown, self._said = sys.stderr.isatty(), 0.0
        self._what, self._bytes = "", 0

    def __enter__(self) -> "Meter":
        return self

    def add(self, what: str, size: int) -> None:
        """So many bytes more of what is being done."""
        if what != self._what:
            self._what, self._bytes = what, 0
        self._bytes += size
        if self._shown and time.monotonic() - self._said > 0.25:
            self._said = time.monotonic()
            self._write(f"\r{what}: {megabytes(self._bytes)}   ")

    def __exit__(self, *args: Any) -> None:
        if self._said:
            self._write("\r" + " " * 50 + "\r")

    def _write(self, words: str) -> None:
        sys.stderr.write(words)
        sys.stderr.flush()


def megabytes(size: int) -> str:
    """In millions of bytes, as disks are sold."""
    return f"{size / 1e6:,.1f} MB"
