"""The only place that decodes pictures: a process of its own, started by `lab`, without Django.

A hostile or huge file can at worst kill this process: its memory, time and file sizes are limited,
and the web worker and the task worker stay small. One order comes in on standard input as JSON, one
answer goes out on standard output; a picture that is refused is an answer with the reason's name.
"""

import errno
import io
import json
import math
import resource
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from newsroom.media import card_drawing, metadata
from newsroom.media.shapes import MASTER_SIDE

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 60_000_000
MIN_SIDE = 40
MAX_RATIO = 12  # a ribbon this narrow has no crop worth the name
WEBP_PIXELS = 40_000_000  # its decoder holds the picture four times
MEMORY = 900 * 1024 * 1024  # 60 megapixels need 570 MB as PNG or AVIF, 150 MB as JPEG
SECONDS = 45
FILE_SIZE = 64 * 1024 * 1024

# Measured on flat illustrations and photographs: AVIF at speed 9 costs a fifth of speed 6 and is
# still a third smaller than WebP; slower settings buy a few per cent.
SAVE: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 62, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 2},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
    "card": {"format": "JPEG", "quality": 84, "progressive": True, "optimize": True},
    "master": {"format": "JPEG", "quality": 90, "subsampling": 0, "progressive": True},
}

_T = Image.Transpose
TURNS = {
    2: _T.FLIP_LEFT_RIGHT, 3: _T.ROTATE_180, 4: _T.FLIP_TOP_BOTTOM, 5: _T.TRANSPOSE,
    6: _T.ROTATE_270, 7: _T.TRANSVERSE, 8: _T.ROTATE_90,
}  # fmt: skip


class Refused(Exception):
    """The file is no picture the library takes; the argument is the reason's name."""


def limit() -> None:
    """Whatever a file makes the decoders do, it ends here and not in the machine's memory."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(what, (most, most))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def opened(path: str) -> Image.Image:
    """The picture, judged by its content, header read and size checked, nothing decoded."""
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        raise Refused("format") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Refused("pixels")
    if image.format == "WEBP" and width * height > WEBP_PIXELS:
        raise Refused("webp_pixels")
    if min(width, height) < MIN_SIDE:
        raise Refused("small")
    if max(width, height) > min(width, height) * MAX_RATIO:
        raise Refused("ribbon")
    return image


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned as the camera was held: EXIF orientation 2 to 8 becomes pixels."""
    turn = TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def in_channels(image: Image.Image) -> Image.Image:
    """A mode that can be scaled: palettes, bitmaps, 16 bits and colour keys become channels."""
    if image.has_transparency_data and image.mode != "RGBA":
        return image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L")
    return image if image.mode in {"RGB", "RGBA", "L", "CMYK"} else image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA where something is transparent, in the colour space every browser assumes."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    image = image.convert("RGB") if alpha else image
    if profile:
        # A profile that is broken or of another kind of picture leaves the colours as they are.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            image = ImageCms.profileToProfile(  # type: ignore[assignment]
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
    image = image.convert("RGB")
    if alpha and alpha.getextrema() != (255, 255):
        image.putalpha(alpha)
    return image


def develop(source: str, folder: str) -> dict[str, Any]:
    """The master: first frame, upright, sRGB, at most MASTER_SIDE a side, nothing embedded."""
    with opened(source) as image:
        answer: dict[str, Any] = metadata.read(image)
        profile, turn = image.info.get("icc_profile"), metadata.orientation(image)
        try:
            picture = in_channels(image)
            # JPEG is decoded at a half or less straight away, if told both sides and not a square.
            scale = min(1, MASTER_SIDE / max(picture.size))
            width, height = (math.ceil(side * scale) for side in picture.size)
            picture.thumbnail((width, height), reducing_gap=1.5)
            picture.load()
        except (OSError, SyntaxError, ValueError, EOFError, IndexError):
            raise Refused("broken") from None
        picture = in_srgb(upright(picture, turn), profile)
    kind = "png" if picture.mode == "RGBA" else "master"
    extension = "png" if kind == "png" else "jpg"
    save(picture, Path(folder, f"master.{extension}"), kind)
    return answer | {"width": picture.width, "height": picture.height, "extension": extension}


def save(image: Image.Image, path: Path, kind: str) -> None:
    """Pixels and nothing else: what Pillow would carry over (EXIF, XMP, comments) is dropped."""
    image.info = {}
    image.save(path, **SAVE[kind])


def enlarge(source: str, folder: str, prints: list[dict[str, Any]]) -> dict[str, Any]:
    """Each print's part of the master, scaled and saved in its formats; a second or so for all."""
    with opened(source) as master:
        master.load()
        for order in prints:
            box = tuple(order["box"])
            part = master.resize(
                (order["width"], order["height"]), Image.Resampling.LANCZOS, box, reducing_gap=3.0
            )
            for extension in order["extensions"]:
                save(part, Path(folder, f"{order['name']}.{extension}"), extension)
    return {}


def card(source: str, folder: str, card: dict[str, Any]) -> dict[str, Any]:
    """A share card, with the master at `source` or without a picture."""
    if not source:
        save(card_drawing.draw(card, None), Path(folder, "card.jpg"), "card")
        return {}
    with opened(source) as master:
        master.load()
        picture = master if master.mode == "RGBA" else master.convert("RGB")
        save(card_drawing.draw(card, picture), Path(folder, "card.jpg"), "card")
    return {}


Job = Callable[..., dict[str, Any]]
JOBS: dict[str, Job] = {"develop": develop, "enlarge": enlarge, "card": card}


def answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return JOBS[order.pop("job")](**order)
    except Refused as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": "pixels"}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "pixels"}
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return {"refused": "no_space"}
        if error.errno is None:  # Pillow's own: a decoder gave up
            return {"refused": "broken"}
        raise


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(answer(json.loads(sys.stdin.read()))))
