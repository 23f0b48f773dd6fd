"""Connections to SQLite that are kept from one request to the next.

To open one costs some 2 ms: the file, the pragmas, the whole schema. Django keeps connections only
for as long as they answer, and one to a file always does, also when another file has taken its
place (a restore) and what is written goes nowhere. So they are asked that instead.
"""

import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Used with `CONN_HEALTH_CHECKS`: once in a request, for one look at the file's entry."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # Before: a file that takes the other's place meanwhile is opened once too often, never once
        # too seldom.
        self._opened = self._file()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether it is open on the file that now has the database's name."""
        return self._opened is not None and self._opened == self._file()

    def _file(self) -> tuple[int, int] | None:
        if self.is_in_memory_db():
            return 0, 0
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino
