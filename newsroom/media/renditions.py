"""Making a picture's crops after it is stored, and removing files.

A picture's folder in the storage holds its master and, for each crop, files such as
`3x2-720-v1.avif`. The names follow from the row (shapes.py), so nobody looks for files.
"""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from newsroom.cache.generations import touch
from newsroom.lib.tasks import task
from newsroom.media import lab
from newsroom.media.models import Picture
from newsroom.media.shapes import Crop, box, files


def order(picture: Picture) -> None:
    """Queue the crops, in the transaction that made them necessary."""
    make.enqueue(picture.pk)


def refocus(picture: Picture) -> None:
    """After a change of the focal point: the old crops serve until the new ones are there."""
    picture.version += 1
    picture.save(update_fields=["version"])
    order(picture)


# Behind all mail: the master stands in until the crops are there.
@task(priority=-10)
def make(picture_id: int) -> None:
    """Write all crops of a picture's present version; about a second. Safe to repeat."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is not None and picture.ready != picture.version:
        develop(picture)


def develop(picture: Picture) -> None:
    """Crop, scale, encode in the darkroom, store, and then let the pages know."""
    version = picture.version
    wanted = files(picture.width, picture.height, picture.extension)
    prints: dict[str, dict[str, Any]] = {}
    for crop, extension in wanted:
        made = prints.setdefault(
            crop.name,
            {"name": crop.name, "box": window(picture, crop), "width": crop.width,
             "height": crop.height, "extensions": []},
        )  # fmt: skip
        made["extensions"].append(extension)
    with TemporaryDirectory(prefix="newsroom-crops-") as folder:
        source = Path(folder, "master")
        with default_storage.open(picture.master_name) as master, source.open("wb") as copy:
            for chunk in master.chunks():
                copy.write(chunk)
        lab.send("enlarge", source=str(source), folder=folder, prints=list(prints.values()))
        for crop, extension in wanted:
            name = f"{picture.folder}/{crop.name}-v{version}.{extension}"
            default_storage.delete(name)  # of an attempt that was cut short
            with Path(folder, f"{crop.name}.{extension}").open("rb") as file:
                default_storage.save(name, File(file))
    with transaction.atomic():
        # Nothing is updated when the picture got another file or focus, or was deleted meanwhile.
        current = Picture.objects.filter(pk=picture.pk, token=picture.token, version=version)
        done = current.update(ready=version)
        if done:
            changed()
    if not done and not Picture.objects.filter(token=picture.token).exists():
        remove(picture.folder)
    elif done:
        remove(picture.folder, keep=("master.", f"-v{picture.ready}.", f"-v{version}."))


def window(picture: Picture, crop: Crop) -> tuple[float, float, float, float]:
    """The part of the master that the crop shows: as large as fits, the focal point central."""
    width, height = box(crop.shape.ratio, picture.width, picture.height)
    left = min(max(picture.focus_x * picture.width - width / 2, 0), picture.width - width)
    top = min(max(picture.focus_y * picture.height - height / 2, 0), picture.height - height)
    return left, top, left + width, top + height


def changed() -> None:
    """Pages that carry pictures are out of date; inside the transaction of the change."""
    touch("articles", "chrome")


def remove(folder: str, *, keep: tuple[str, ...] = ()) -> None:
    """Delete a picture's files; the version before the present one stays for pages in caches."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in default_storage.listdir(folder)[1]:
            if not any(part in name for part in keep):
                default_storage.delete(f"{folder}/{name}")
    if not keep:
        with suppress(OSError):
            default_storage.delete(folder)
