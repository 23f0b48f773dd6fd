"""Making a backup: the snapshot first, then the pictures it names, in a file that appears whole.

A picture's file is there before its row is, so every row of the snapshot finds its file; only one
that is deleted meanwhile is missing, and the manifest names it.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import connection

from newsroom.management.backups import Refused
from newsroom.management.backups.manifest import NAMED, Manifest, describe
from newsroom.management.backups.originals import masters, opened, others, taken
from newsroom.management.backups.parcel import DATABASES, MANIFEST, MEDIA, README, WORDS, Writer
from newsroom.management.backups.snapshot import snapshot
from newsroom.media.store_failures import StoreFailed
from newsroom.pages.models import SiteSettings

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DATED = re.compile(r"newsroom-\d{8}-\d{6}Z\.tar")
PASSING = ".newsroom-backup-"

# Told what is being done, how many bytes of it are done, and of how many pictures.
Progress = Callable[[str, int], None]


def name_for(at: datetime) -> str:
    """Of a backup in a folder: names sort by time."""
    return f"newsroom-{at:%Y%m%d-%H%M%S}Z.tar"


def make(target: Path, *, at: datetime, progress: Progress, pictures: bool = True) -> Manifest:
    """Write the backup; the file appears under its name when it is whole and on the disk.

    Without `pictures` whoever runs the site keeps them by other means.

    Raises Refused when it cannot be made; then nothing is left of it.
    """
    if target.exists():
        raise Refused(f"{target} is there already. Name another file, or a folder.")
    if not target.parent.is_dir():
        raise Refused(f"The folder {target.parent} is not there.")
    try:
        _tidy(target.parent)
        with _passing_folder(target.parent) as folder:
            manifest = _pack(folder, at, progress, pictures=pictures)
            (folder / "backup").rename(target)
            _settle(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise Refused(f"{reason(error, target.parent)} No backup was written.") from error
    return manifest


def forget_older(folder: Path, keep: int) -> list[str]:
    """Delete all but the newest `keep` backups with a dated name; which."""
    dated = sorted(path for path in folder.iterdir() if DATED.fullmatch(path.name))
    for path in dated[:-keep]:
        path.unlink()
    return [path.name for path in dated[:-keep]]


def _pack(folder: Path, at: datetime, progress: Progress, *, pictures: bool) -> Manifest:
    """Write the file `backup` in the folder."""
    database = folder / "database"
    with tempfile.TemporaryFile("w+", dir=folder) as listed:
        with snapshot(database, lambda size: progress("database", size)):
            manifest = describe(made_at=at, paper=SiteSettings.load().name)
            manifest.without_pictures = not pictures
            if pictures:
                listed.writelines(f"{name}\n" for name in masters())
        listed.seek(0)
        with (folder / "backup").open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            # One count for all that goes in: the database is told again as it is read.
            writer = Writer(file, folder, lambda size: progress("pictures", size))
            moment = at.timestamp()
            writer.add_text(README, WORDS, moment)
            with database.open("rb") as source:
                size = os.fstat(source.fileno()).st_size
                writer.add(DATABASES[connection.vendor], source, size, moment)
            database.unlink()
            before = writer.files, writer.bytes
            rest = others() if pictures else ()
            for name in chain((line.rstrip("\n") for line in listed), rest):
                _add(writer, name, manifest)
            manifest.files = writer.files - before[0]
            manifest.size = writer.bytes - before[1]
            writer.add_text(MANIFEST, manifest.to_json(), moment)
            writer.end(moment)
            file.flush()
            os.fsync(file.fileno())
    return manifest


def _add(writer: Writer, name: str, manifest: Manifest) -> None:
    if not taken(name):
        manifest.left_out += [name] if len(manifest.left_out) < NAMED else []
        return
    try:
        original = opened(name, manifest.made_at.timestamp())
    except (FileNotFoundError, NotADirectoryError):
        manifest.missing_count += 1
        manifest.missing += [name] if len(manifest.missing) < NAMED else []
        return
    with original.file:
        writer.add(f"{MEDIA}{name}", original.file, original.size, original.modified)


@contextmanager
def _passing_folder(parent: Path) -> Iterator[Path]:
    """Beside the backup, so that it can be renamed; a killed program's is known by its lock."""
    folder = parent / f"{PASSING}{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        with (folder / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tidy(parent: Path) -> None:
    """Remove what backups left behind that were killed."""
    for folder in parent.glob(f"{PASSING}*"):
        with suppress(OSError), (folder / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)


def _settle(folder: Path) -> None:
    """The new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reason(error: Exception, place: Path) -> str:
    if isinstance(error, StoreFailed):
        return f"{error}."
    full = isinstance(error, OSError) and error.errno in FULL
    if full or "disk is full" in str(error):
        return f"The disk of {place} is full, or a limit for this user is reached."
    if "disk I/O error" in str(error):  # of SQLite
        return f"The disk of {place} cannot be written ({error}). Is it full?"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return f"{error}."
