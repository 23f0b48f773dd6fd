"""Putting pictures back: beside the old ones first, so that the old database loses nothing.

A picture's address never changes its bytes, so the files of two states of the paper can stand
together. What is new is moved in before the database is exchanged; what would replace a file that
differs, and what no row needs any more, waits until it has been.
"""

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from newsroom.management.backups.originals import FOLDER
from newsroom.management.backups.parcel import Digesting
from newsroom.management.backups.snapshot import tables
from newsroom.media.models import Picture

STAGING, ADDED = ".restoring", "added"
BATCH = 500


class Shelves:
    """The media folder while a backup is put back; for an object store see store_shelves.py."""

    def __init__(self) -> None:
        self.root = Path(settings.MEDIA_ROOT)
        self.staging = self.root / STAGING
        self.files = self.staging / "media"
        self.added = self.staging / ADDED

    def pictures(self) -> int:
        """How many pictures have a folder here, known to the database or not."""
        return sum(1 for _folder in self._folders())

    def take(self, name: str, source: Digesting) -> None:
        """Unpack one file, in nobody's way. Raises OSError."""
        target = self.files / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            os.fchmod(file.fileno(), settings.FILE_UPLOAD_PERMISSIONS or 0o644)
            while data := source.read():
                file.write(data)

    def place(self) -> None:
        """Move in what is not there; nothing that is there is touched."""
        self.staging.mkdir(parents=True, exist_ok=True)
        with self.added.open("a", encoding="utf-8", buffering=1) as added:
            for name in self.staged():
                target = self.root / name
                if not target.exists():
                    added.write(f"{name}\n")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    (self.files / name).rename(target)
                elif filecmp.cmp(self.files / name, target, shallow=False):
                    (self.files / name).unlink()

    def finish(self) -> None:
        """The database is the new one: exchange what differs, remove what has no row."""
        for name in self.staged():
            (self.files / name).replace(self.root / name)
        shutil.rmtree(self.staging, ignore_errors=True)
        for folder in self.without_row(self._folders()):
            shutil.rmtree(self.root / folder, ignore_errors=True)

    def undo(self) -> None:
        """Remove what was unpacked, and what was moved in for a database that did not come.

        Also what an earlier restore left that was killed. A picture with a row keeps its file.
        """
        with suppress(OSError), self.added.open(encoding="utf-8") as added:
            names = (line.rstrip("\n") for line in added)
            folders = (found[0].rstrip("/") for name in names if (found := FOLDER.match(name)))
            for folder in self.without_row(folders):
                shutil.rmtree(self.root / folder, ignore_errors=True)
                with suppress(OSError):
                    (self.root / folder).parent.rmdir()
        shutil.rmtree(self.staging, ignore_errors=True)

    def staged(self) -> Iterator[str]:
        for folder, _folders, files in os.walk(self.files):
            for name in files:
                yield Path(folder, name).relative_to(self.files).as_posix()

    def _folders(self) -> Iterator[str]:
        for folder in self.root.glob("??/" + "?" * 32):
            name = folder.relative_to(self.root).as_posix()
            if FOLDER.fullmatch(f"{name}/"):
                yield name

    def without_row(self, folders: Iterable[str]) -> Iterator[str]:
        """Those whose picture the database does not know; none when it cannot be asked."""
        rest = iter(folders)
        try:
            there = Picture._meta.db_table in tables()
            while some := {folder[3:]: folder for folder in islice(rest, BATCH)}:
                rows = Picture.objects.filter(token__in=some) if there else Picture.objects.none()
                for token in rows.values_list("token", flat=True):
                    del some[token]
                yield from some.values()
        except DatabaseError:
            return
