"""Files as photographers, cameras and attackers make them; none is kept in the repository."""

import gc
import io
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pytest_django import Settings

from newsroom.media import renditions, storage_url
from tests.buckets import KEYS, OwnBucket, OwnStore, own_store


def drawing(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, a green square in the lower right corner."""
    image = Image.new(mode, (width, height), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill="blue")
    draw.rectangle((width * 7 // 8, height * 3 // 4, width, height), fill="green")
    return image


def encoded(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def iptc_block(records: dict[tuple[int, int], list[bytes]]) -> bytes:
    """An APP13 segment as Photoshop writes it; Pillow writes none."""
    data = b""
    for (record, number), values in records.items():
        for value in values:
            data += struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(data)) + data
    body = b"Photoshop 3.0\0" + block + b"\0" * (len(data) % 2)
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def with_iptc(jpeg: bytes, records: dict[tuple[int, int], list[bytes]]) -> bytes:
    return jpeg[:2] + iptc_block(records) + jpeg[2:]


def exif_with_place() -> Image.Exif:
    """What a telephone writes: who, when, what, and where the source lives."""
    exif = Image.Exif()
    exif[0x010E] = "Caption of the camera"
    exif[0x013B] = "Kim Camera"
    exif[0x010F] = "SecretPhoneMaker"
    details = exif.get_ifd(0x8769)
    details[0x9003] = "2026:03:04 05:06:07"
    details[0x9011] = "+02:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (32.0, 5.0, 6.0), "E", (34.0, 46.0, 5.0)
    return exif


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.fixture
def public_files(request: pytest.FixtureRequest) -> Callable[[], list[PurePosixPath]]:
    """Every file of the library, wherever it is kept; folders left empty do not count."""

    def files() -> list[PurePosixPath]:
        if renditions.in_a_store():
            taken_back()
            return [PurePosixPath(name) for name in request.getfixturevalue("bucket").names()]
        return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())

    return files


def taken_back() -> None:
    """What a rollback left in a store is removed behind everybody's back: wait for it."""
    gc.collect()
    for thread in threading.enumerate():
        if thread.name == renditions.TAKING_BACK:
            thread.join(20)


@pytest.fixture(scope="session")
def store() -> Iterator[OwnStore]:
    with own_store() as store:
        yield store


@pytest.fixture
def bucket(
    store: OwnStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OwnBucket]:
    """The library's files are kept in it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    made = store.bucket()
    keep_pictures_in(made.url, settings)
    yield made
    taken_back()


def keep_pictures_in(url: str, settings: Settings) -> None:
    """As MEDIA_STORAGE_URL."""
    settings.STORAGES = {**settings.STORAGES, "default": storage_url.storage(url)}


@pytest.fixture(params=["folder", "bucket"])
def either_storage(request: pytest.FixtureRequest) -> str:
    """The test runs with pictures in a folder, and in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)
