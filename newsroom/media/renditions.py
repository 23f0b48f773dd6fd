"""Making a picture's crops after it is stored, and removing files.

A picture's folder in the storage holds its master and, for each crop, files such as
`3x2-720-v1.avif`. The names follow from the row (shapes.py), so nobody looks for files.
"""

import logging
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.lib.tasks import task
from newsroom.media import lab
from newsroom.media.models import Picture
from newsroom.media.shapes import ENGINES, Crop, box, crops, files
from newsroom.media.store_failures import StoreFailed
from newsroom.outgoing.holding import held
from newsroom.outgoing.tasks import outgoing_task

_log = logging.getLogger(__name__)
TAKING_BACK = "taking back"


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
    _write(picture, version, wanted)
    with transaction.atomic():
        # Nothing is updated when the picture got another file or focus, or was deleted meanwhile.
        current = Picture.objects.filter(pk=picture.pk, token=picture.token, version=version)
        done = current.update(ready=version)
        if done:
            changed()
            purge(f"picture:{picture.pk}")
    if not done and not Picture.objects.filter(token=picture.token).exists():
        discard(picture.folder)
    elif done:
        discard(picture.folder, keep=("master.", f"-v{picture.ready}.", f"-v{version}."))


def order_missing() -> int:
    """After a restore: queue the crops whose files are not there; of how many pictures.

    The masters stand in until then. Lists the folder of every picture.
    """
    last, ordered = 0, 0
    while some := list(Picture.objects.filter(pk__gt=last, ready__gt=0).order_by("pk")[:500]):
        last = some[-1].pk
        lacking = [picture for picture in some if _lacks_crops(picture)]
        with transaction.atomic():
            Picture.objects.filter(pk__in=[picture.pk for picture in lacking]).update(ready=0)
            for picture in lacking:
                order(picture)
        ordered += len(lacking)
    return ordered


def _lacks_crops(picture: Picture) -> bool:
    """Whether one is missing that could be made: a lost master makes none."""
    wanted = files(picture.width, picture.height, picture.extension)
    names = {f"{crop.name}-v{picture.ready}.{extension}" for crop, extension in wanted}
    try:
        there = set(default_storage.listdir(picture.folder)[1])
    except (FileNotFoundError, NotADirectoryError):
        return False
    return not names <= there and f"master.{picture.extension}" in there


def on_demand(token: str, name: str, extension: str) -> bool:
    """Make the file if it is one of the shapes that are made when somebody asks; whether it was.

    No query for any other name. One at a time in a process: raises ValidationError "busy" for the
    next. About 0.4 s, once for each file.
    """
    shape = next((shape for shape in ENGINES if name.startswith(f"{shape.name}-")), None)
    if shape is None:
        return False
    picture = Picture.objects.filter(token=token, extension=extension).first()
    if picture is None or not picture.ready:
        return False
    crop = crops(shape, picture.width, picture.height)[-1]
    if name != f"{crop.name}-v{picture.ready}":
        return False
    _write(picture, picture.ready, [(crop, extension)], by_reader=True)
    return True


def _write(
    picture: Picture, version: int, wanted: list[tuple[Crop, str]], *, by_reader: bool = False
) -> None:
    """These crops as files of the picture's folder."""
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
        lab.send(
            "enlarge", by_reader=by_reader, source=str(source), folder=folder,
            prints=list(prints.values()),
        )  # fmt: skip
        for crop, extension in wanted:
            name = f"{picture.folder}/{crop.name}-v{version}.{extension}"
            default_storage.delete(name)  # of an attempt that was cut short
            with Path(folder, f"{crop.name}.{extension}").open("rb") as file:
                default_storage.save(name, File(file))


def window(picture: Picture, crop: Crop) -> tuple[float, float, float, float]:
    """The part of the master that the crop shows: as large as fits, the focal point central."""
    width, height = box(crop.shape.ratio, picture.width, picture.height)
    left = min(max(picture.focus_x * picture.width - width / 2, 0), picture.width - width)
    top = min(max(picture.focus_y * picture.height - height / 2, 0), picture.height - height)
    return left, top, left + width, top + height


def changed() -> None:
    """Pages that carry pictures are out of date; inside the transaction of the change."""
    touch("articles", "chrome", "paper")


def remove(folder: str, *, keep: tuple[str, ...] = ()) -> None:
    """Delete a picture's files; the version before the present one stays for pages in caches."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in default_storage.listdir(folder)[1]:
            if not any(part in name for part in keep):
                default_storage.delete(f"{folder}/{name}")
    if not keep:
        with suppress(OSError):
            default_storage.delete(folder)


def discard(folder: str, *, keep: tuple[str, ...] = (), urgent: bool = True) -> None:
    """`remove` once it is final: what a store does not do at once, the worker does later.

    After some hours of that the desk shows the task as failed. Not `urgent` is what nobody can ask
    for any more: then nobody waits for a store at all. A restored copy may have its store in common
    with the original, and removes nothing there.
    """
    try:
        if in_a_store() and (not urgent or held()):
            remove_files.enqueue(folder, list(keep))
        else:
            remove(folder, keep=keep)
    except StoreFailed:
        remove_files.enqueue(folder, list(keep))


@outgoing_task(priority=-10)
def remove_files(folder: str, keep: list[str]) -> None:
    """Safe to repeat: no folder is used for another picture."""
    remove(folder, keep=tuple(keep))


def take_back(folder: str) -> None:
    """Remove what a transaction that came to nothing has written. Raises nothing from a store."""
    if not in_a_store():
        remove(folder)
        return
    # Python calls this wherever it happens to collect: perhaps amid a question to the store.
    with suppress(RuntimeError):  # the program ends
        Thread(target=_take_back, args=(folder,), name=TAKING_BACK).start()


def _take_back(folder: str) -> None:
    try:
        remove(folder)
    except StoreFailed as failed:
        _log.warning("%s: a file without a picture may be left in %s.", failed, folder)


def in_a_store() -> bool:
    """Whether the library's files are in an object store, and in no folder of this machine."""
    return bool(getattr(default_storage, "elsewhere", False))
