"""Putting a backup back. Until the database is exchanged, and that is one step, nothing is lost.

1. Everything is unpacked beside the old and held against the digests.
2. Pictures that are not there are moved in; the old ones stay.
3. The database is exchanged.
4. What no row needs goes, and stored pages with it.

Whatever fails or is killed before the third step leaves the old paper.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError

from newsroom.cache.founding import store
from newsroom.cache.purging import begin_anew
from newsroom.management.backups import parcel
from newsroom.management.backups.databases import Database, HalfDone
from newsroom.management.backups.making import Progress
from newsroom.management.backups.manifest import LARGEST, Manifest, count_rows
from newsroom.management.backups.shelves import Shelves
from newsroom.media.renditions import order_missing


@dataclass
class Found:
    """What stands where the backup is to go."""

    rows: dict[str, int]
    pictures: int
    strangers: list[str]
    # Why the database cannot be read, if it cannot.
    broken: str = ""

    @property
    def is_empty(self) -> bool:
        return not (any(self.rows.values()) or self.pictures or self.strangers or self.broken)


def look(database: Database, shelves: Shelves) -> Found:
    """What a restore would replace."""
    pictures = shelves.pictures()
    try:
        return Found(count_rows(), pictures, database.strangers())
    except DatabaseError as error:
        return Found({}, pictures, [], broken=str(error).strip())


def manifest_of(path: Path) -> Manifest:
    """What the backup says of itself; reads no picture. Raises Damaged and Refused."""
    found = None
    with parcel.reading(path):
        for member in parcel.members(path):
            if member.name == parcel.MANIFEST and member.size <= LARGEST:
                found = member.source.read(member.size)
    if found is None:
        raise parcel.Damaged(f"The manifest of {path} cannot be read.")
    return Manifest.from_json(found)


def restore(
    path: Path, manifest: Manifest, database: Database, shelves: Shelves, *,
    at: datetime, progress: Progress,
) -> int:  # fmt: skip
    """Put it back; how many pictures wait for their crops.

    Raises Refused, OSError or Error with the old paper in place; HalfDone with the new one.
    """
    lacking = 0

    def finish() -> None:
        nonlocal lacking
        begin_anew(at=at)
        lacking = order_missing()

    try:
        _unpack(path, database, shelves, progress)
        shelves.place()
        try:
            database.exchange(manifest, finish, at=at)
        finally:
            database.tidy()
    except HalfDone:
        shelves.finish()
        store().forget()
        raise
    except BaseException:
        database.tidy()
        shelves.undo()
        raise
    shelves.finish()
    store().forget()
    return lacking


def _unpack(path: Path, database: Database, shelves: Shelves, progress: Progress) -> None:
    """All of it beside the old; Damaged if anything is not what was backed up."""
    database.staged.parent.mkdir(parents=True, exist_ok=True)

    def take(name: str, source: parcel.Digesting) -> None:
        if name in parcel.DATABASES.values():
            descriptor = os.open(database.staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as file:
                shutil.copyfileobj(source, file)
        elif name.startswith(parcel.MEDIA):
            shelves.take(name.removeprefix(parcel.MEDIA), source)

    parcel.check(path, take, lambda size: progress("unpacking", size))
