"""What an object store did not do, as an exception without its packages, and how often."""

import errno

from newsroom.lib.counters import Counters


class StoreFailed(OSError):
    """The store of pictures has not done what it was asked; nothing half of it is left there.

    `reason` is one of the refusals in lab.py. The message is for logs and operators; it names no
    key and no address.
    """

    SENTENCES = {
        "store_away": "The store of pictures does not answer",
        "store_refused": "The store of pictures refuses",
        "store_full": "The store of pictures is full",
    }

    def __init__(self, reason: str, why: str) -> None:
        number = errno.ENOSPC if reason == "store_full" else errno.EIO
        super().__init__(number, f"{self.SENTENCES[reason]} ({why})")
        self.reason = reason

    def __str__(self) -> str:
        return str(self.strerror)


class Failures:
    """How often it failed, by reason: of all processes that were forked after this was made."""

    def __init__(self) -> None:
        self.counters = Counters(tuple(StoreFailed.SENTENCES))
        self._counted = dict.fromkeys(self.counters.names, 0)

    def note(self, failed: StoreFailed) -> None:
        self._counted[failed.reason] += 1
        self.counters.write(self._counted)


# Made with the program, before a web server forks.
failures = Failures()
