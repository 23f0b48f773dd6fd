"""From the media folder into the bucket: the pictures of a paper that had none before.

Names are the same on both sides and never change their bytes, so what is there is not copied again:
the work can be broken off at any time and begun anew. Nothing is deleted and nothing replaced.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from newsroom.management.backups.originals import patiently
from newsroom.management.backups.parcel import good_name

if TYPE_CHECKING:
    from newsroom.media.bucket import Bucket


class OnDisk(NamedTuple):
    """A file of the folder; its size is in bytes."""

    name: str
    size: int


@dataclass
class Done:
    """How far it is."""

    copied: int = 0
    bytes: int = 0
    there: int = 0
    # In the bucket with another size, or not there after all.
    unlike: list[str] = field(default_factory=list)
    # Links, and names that no picture of ours has.
    left_out: list[str] = field(default_factory=list)


def store_all(done: Done, progress: Callable[[str, int], None]) -> None:
    """Copy what the bucket lacks, then compare with what it says that it has.

    Two questions for each of the 256 folders of pictures and for each thousand files in them.
    Raises OSError, StoreFailed among others; `done` knows what was done until then.
    """
    # As many at once as the bucket answers to one process.
    with ThreadPoolExecutor(max(1, settings.COSTLY_AT_ONCE)) as threads:
        for beginning, group in groupby(_on_disk(done), key=lambda file: _beginning(file.name)):
            files = list(group)
            there = _sizes(beginning)
            lacking = [file for file in files if file.name not in there]
            done.there += len(files) - len(lacking)
            for size in threads.map(_store, lacking):
                if size is not None:
                    done.copied += 1
                    done.bytes += size
                    progress("copying", size)
            there = _sizes(beginning) if lacking else there
            done.unlike += (name for name, size in _still(files) if there.get(name) != size)


def _on_disk(done: Done) -> Iterator[OnDisk]:
    """What is hidden is left out: uploads under way, and what a restore unpacks."""
    root = Path(settings.MEDIA_ROOT)
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(name for name in files if not name.startswith(".")):
            path = Path(folder, file)
            name = path.relative_to(root).as_posix()
            if path.is_symlink() or not good_name(name):
                done.left_out.append(name)
            else:
                yield from _still([OnDisk(name, 0)])


def _still(files: Iterable[OnDisk]) -> Iterator[OnDisk]:
    """Those that were not deleted meanwhile, with their size now."""
    for file in files:
        path = Path(settings.MEDIA_ROOT, file.name)
        if path.is_file():
            yield OnDisk(file.name, path.stat().st_size)


def _beginning(name: str) -> str:
    """Of all names in the same folder of the first level; a file outside them stands alone."""
    folder, slash, _rest = name.partition("/")
    return folder + slash


def _sizes(beginning: str) -> dict[str, int]:
    bucket = cast("Bucket", default_storage)
    return patiently(lambda: bucket.sizes(beginning))


def _store(file: OnDisk) -> int | None:
    """How many bytes it has; None if it was deleted meanwhile."""
    try:
        with Path(settings.MEDIA_ROOT, file.name).open("rb") as opened:
            patiently(lambda: default_storage.save(file.name, File(opened)))
    except FileNotFoundError:
        return None
    return file.size
