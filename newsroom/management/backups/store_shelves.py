"""Putting pictures back into an object store: what is not there is added, nothing else is touched.

The store may be the one in which the original keeps its pictures. Their addresses never change
their bytes, so what is there is as good as what is in the backup; and what this database does not
know may be the original's.
"""

import shutil
from contextlib import suppress

from django.core.files.base import File
from django.core.files.storage import default_storage

from newsroom.management.backups.originals import FOLDER, patiently
from newsroom.management.backups.shelves import Shelves
from newsroom.media.renditions import remove


class StoreShelves(Shelves):
    """Unpacks into the media folder of this machine, where nothing of it stays."""

    def pictures(self) -> int:
        """None that a restore would lose."""
        return 0

    def place(self) -> None:
        """Store what is not there. Raises OSError, StoreFailed among others."""
        self.staging.mkdir(parents=True, exist_ok=True)
        with self.added.open("a", encoding="utf-8", buffering=1) as added:
            for name in self.staged():
                if not patiently(lambda: default_storage.exists(name)):  # noqa: B023  (called here)
                    added.write(f"{name}\n")
                    patiently(lambda: self._store(name))  # noqa: B023
                (self.files / name).unlink()

    def _store(self, name: str) -> None:
        with (self.files / name).open("rb") as file:
            default_storage.save(name, File(file))

    def finish(self) -> None:
        self._clear()

    def undo(self) -> None:
        """Remove what was added for a database that did not come. A row keeps its file."""
        with suppress(OSError), self.added.open(encoding="utf-8") as added:
            names = (line.rstrip("\n") for line in added)
            folders = (found[0].rstrip("/") for name in names if (found := FOLDER.match(name)))
            for folder in self.without_row(folders):
                remove(folder)
        self._clear()

    def _clear(self) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        with suppress(OSError):
            self.root.rmdir()  # nothing of a library is kept here
