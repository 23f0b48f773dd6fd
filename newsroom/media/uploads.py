"""The one door into the library: admin form, importers and demo data all call `accept`.

Files first, row second: what is in the storage without a row at the end of the transaction is
removed again, so neither exists without the other. The upload itself is not kept, only its
checksum and what it said of itself: an original would carry the place where a source lives.
"""

import errno
import hashlib
import weakref
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from newsroom.lib.text import tidy
from newsroom.media import lab, renditions
from newsroom.media.models import Picture, new_token
from newsroom.media.store_failures import StoreFailed

MAX_BYTES = 20 * 1024 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def accept(file: File[Any], *, by: Any = None, **fields: Any) -> Picture:
    """A new picture of this file; ValidationError with a sentence when it is none.

    `by` is the user, None for importers. `fields` are the model's (caption, alt_text, ...); the
    file's own metadata fills those left out or empty. Costs half a second for a usual picture, up
    to 4 s for 60 megapixels, before the transaction it opens; call it outside of one if you can.
    """
    negative = develop(file)
    return shelve(negative, Picture(uploaded_by=by, **fields))


@dataclass
class Negative:
    """A developed upload without a row. Its file, once placed, vanishes with it unless `kept`."""

    checksum: str
    extension: str
    width: int
    height: int
    fields: dict[str, Any]
    metadata: dict[str, Any]
    master: bytes
    token: str = field(default_factory=new_token)

    def place(self) -> None:
        """Copy the master into the storage; ValidationError when it is full or does not answer."""
        if hasattr(self, "_undo"):
            return
        folder = f"{self.token[:2]}/{self.token}"
        self._undo = weakref.finalize(self, renditions.take_back, folder)
        try:
            default_storage.save(f"{folder}/master.{self.extension}", ContentFile(self.master))
        except OSError as error:
            raise _full(error) from error

    def kept(self) -> None:
        self._undo.detach()


def develop(file: File[Any]) -> Negative:
    """Check and re-encode an upload outside any transaction; nothing public is written."""
    try:
        with TemporaryDirectory(prefix="newsroom-picture-") as folder:
            source = Path(folder, "upload")
            digest = _copy(file, source)
            answer = lab.send("develop", source=str(source), folder=folder)
            master = Path(folder, f"master.{answer['extension']}").read_bytes()
    except OSError as error:
        raise _full(error) from error
    fields = answer["fields"]
    if not fields.get("title"):
        stem = PurePosixPath((file.name or "").replace("\\", "/")).stem
        fields["title"] = tidy(stem.replace("_", " "))[:200]
    fields["taken_at"] = _moment(fields.get("taken_at", ""))
    fields.pop("rights", None)
    return Negative(
        checksum=digest,
        extension=answer["extension"],
        width=answer["width"],
        height=answer["height"],
        fields=fields,
        metadata=answer["metadata"],
        master=master,
    )


def shelve(negative: Negative, picture: Picture) -> Picture:
    """Give the picture this file, its first or another one; blanks are filled from the file.

    Another file means another token: an address never changes its bytes.
    """
    negative.place()
    replaced = picture.folder if picture.pk else ""
    for name, value in negative.fields.items():
        if value and not getattr(picture, name):
            setattr(picture, name, value)
    for name in ("token", "extension", "width", "height", "checksum", "metadata"):
        setattr(picture, name, getattr(negative, name))
    picture.ready = 0
    with transaction.atomic():
        picture.save()
        # Django drops these calls when a transaction is rolled back, at whatever depth. With
        # them goes the last reference to the negative, whose finalizer then removes the files.
        transaction.on_commit(negative.kept)
        if replaced:
            transaction.on_commit(lambda: renditions.discard(replaced))
        renditions.order(picture)
    return picture


def checksum(file: File[Any]) -> str:
    """For `Picture.objects.same_file()`: does the library hold this file already?"""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _copy(file: File[Any], target: Path) -> str:
    if file.size is not None and file.size > MAX_BYTES:
        raise lab.refusal("bytes")
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as copy:
        for chunk in file.chunks():
            size += len(chunk)
            if size > MAX_BYTES:
                raise lab.refusal("bytes")
            digest.update(chunk)
            copy.write(chunk)
    if not size:
        raise lab.refusal("empty")
    return digest.hexdigest()


def _moment(text: str) -> datetime | None:
    """Cameras rarely know their zone; such a time is taken as the active one."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _full(error: OSError) -> ValidationError | OSError:
    if isinstance(error, StoreFailed):
        return lab.refusal(error.reason)
    return lab.refusal("no_space") if error.errno in FULL else error
