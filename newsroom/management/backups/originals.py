"""What of the media folder goes into a backup: every picture's master, and what cannot be remade.

Crops are cut again from the master, cards drawn again when somebody asks for them: both stay out.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from django.conf import settings
from django.core.files.storage import default_storage

from newsroom.management.backups.parcel import good_name
from newsroom.media.models import Picture
from newsroom.media.renditions import in_a_store
from newsroom.media.store_failures import StoreFailed

T = TypeVar("T")

# The folder of a picture. Masters in it are found by their rows, the rest is crops.
FOLDER = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}/")
# newsroom/media/share_cards.py draws them again.
CARDS = "share/"
# Seconds between attempts at a store that does not answer: an hour's work is not given up at once.
WAITS = (3, 6)


class Original(NamedTuple):
    """A file of the library, open."""

    file: IO[bytes]
    size: int
    modified: float


def masters() -> Iterator[str]:
    """The name of every picture's master, in the order of the tokens. Memory stays the same."""
    rows = Picture.objects.order_by("token").values_list("token", "extension")
    for token, extension in rows.iterator(chunk_size=2000):
        yield Picture(token=token, extension=extension).master_name


def others() -> Iterator[str]:
    """Every other file that nothing makes again; names that a backup cannot take too."""
    return _in_store("") if in_a_store() else _on_disk()


def _on_disk() -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    for folder, folders, files in os.walk(root):
        folders.sort()
        inside = Path(folder).relative_to(root).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not f"{prefix}{name}/".startswith(CARDS)
        ]
        if FOLDER.fullmatch(prefix):
            continue
        yield from (f"{prefix}{name}" for name in sorted(files) if not name.startswith("."))


def _in_store(prefix: str) -> Iterator[str]:
    """One question for each folder, and for each thousand pictures."""
    folders, files = patiently(lambda: default_storage.listdir(prefix))
    yield from (f"{prefix}{name}" for name in sorted(files) if not name.startswith("."))
    for name in sorted(folders):
        inside = f"{prefix}{name}/"
        if name.startswith(".") or inside.startswith(CARDS) or FOLDER.fullmatch(inside):
            continue
        yield from _in_store(inside)


def taken(name: str) -> bool:
    """Whether a backup can hold it: a usual name, and no link."""
    if in_a_store():
        return good_name(name)
    return good_name(name) and not (Path(settings.MEDIA_ROOT) / name).is_symlink()


def opened(name: str, at: float) -> Original:
    """Of a store it is as old as the backup. Raises OSError, FileNotFoundError among others."""
    if in_a_store():
        file = patiently(lambda: default_storage.open(name))
        return Original(file, file.size, at)
    source = (Path(settings.MEDIA_ROOT) / name).open("rb")
    state = os.fstat(source.fileno())
    return Original(source, state.st_size, state.st_mtime)


def patiently(deed: Callable[[], T]) -> T:
    """What it returns, at the third attempt if the store did not answer. Raises StoreFailed."""
    for seconds in WAITS:
        try:
            return deed()
        except StoreFailed as failed:
            if failed.reason != "store_away":
                raise
        time.sleep(seconds)
    return deed()
