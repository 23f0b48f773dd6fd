"""The demo's pictures: drawn by `newsroom.media.demo`, taken in like any photographer's file."""

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from articles.demo.files import read_toml
from newsroom.media.demo import draw, write_jpeg
from newsroom.media.models import Picture
from newsroom.media.uploads import accept


def _draw(entry: dict[str, Any]) -> bytes:
    image = draw(entry["motif"], entry["variant"])
    return write_jpeg(
        image,
        caption=entry["caption"],
        photographer=entry["photographer"],
        agency=entry["agency"],
        alt_text=entry["alt"],
        created=datetime(2026, 1, 1, 9, tzinfo=UTC),
    )


def draw_pictures(content: Path) -> dict[str, bytes]:
    """Picture name to JPEG, for those the library lacks; drawn on all cores."""
    entries = read_toml(content / "pictures.toml")["picture"]
    there = set(Picture.objects.values_list("caption", flat=True))
    missing = [entry for entry in entries if entry["caption"] not in there]
    if not missing:
        return {}
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        drawn = pool.map(_draw, missing)
        return dict(zip((entry["name"] for entry in missing), drawn, strict=True))


def take_in(content: Path, drawn: dict[str, bytes]) -> dict[str, Picture]:
    """Every picture of the demo by name; the new ones through the library's own door."""
    entries = read_toml(content / "pictures.toml")["picture"]
    there = {picture.caption: picture for picture in Picture.objects.all()}
    taken: dict[str, Picture] = {}
    for entry in entries:
        if entry["name"] in drawn:
            file = ContentFile(drawn[entry["name"]], f"{entry['name']}.jpg")
            taken[entry["name"]] = accept(file)
        elif picture := there.get(entry["caption"]):
            taken[entry["name"]] = picture
    return taken
