"""In which shapes and widths every picture exists. Pure arithmetic: templates compute the names of
files from a picture's width and height, and no request asks whether a file is there.

Few widths on purpose: a picture costs 13 to 18 small files and a second or two of work.
"""

from dataclasses import dataclass

# Longest side of the public master, in pixels; enough for the widest crop of any shape.
MASTER_SIDE = 2560

MODERN = ("avif", "webp")


@dataclass(frozen=True)
class Shape:
    name: str
    ratio: float | None  # width / height; None: as the picture is
    widths: tuple[int, ...]
    plain: int  # the width that exists as JPEG (or PNG) too: for old browsers, feeds, sharing
    modern: bool = True


LANDSCAPE = Shape("3x2", 3 / 2, (480, 960, 1600), plain=960)
NATURAL = Shape("whole", None, (800, 1600), plain=800)
SQUARE = Shape("square", 1.0, (192, 480), plain=480)
# What networks and messengers fetch for a card: JPEG only, they know no srcset.
SHARE = Shape("share", 1200 / 630, (1200,), plain=1200, modern=False)
SHAPES = (LANDSCAPE, NATURAL, SQUARE, SHARE)

# size in templates: shape, widest file it may use, the `sizes` attribute of the usual layout
SIZES: dict[str, tuple[Shape, int, str]] = {
    "lead": (LANDSCAPE, 1600, "(min-width: 64rem) 48rem, 100vw"),
    "large": (LANDSCAPE, 1600, "(min-width: 64rem) 36rem, 100vw"),
    "card": (LANDSCAPE, 960, "(min-width: 64rem) 20rem, (min-width: 40rem) 50vw, 100vw"),
    "wide": (NATURAL, 1600, "(min-width: 48rem) 44rem, 100vw"),
    "thumb": (SQUARE, 192, "6rem"),
    "portrait": (SQUARE, 480, "10rem"),
    "logo": (NATURAL, 800, "16rem"),
    "share": (SHARE, 1200, "100vw"),
}


@dataclass(frozen=True)
class Crop:
    shape: Shape
    width: int
    height: int
    plain: bool

    @property
    def name(self) -> str:
        return f"{self.shape.name}-{self.width}"


def box(ratio: float | None, width: int, height: int) -> tuple[int, int]:
    """The largest part of this ratio that a picture of width by height holds."""
    if ratio is None:
        return width, height
    return min(width, round(height * ratio)) or 1, min(height, round(width / ratio)) or 1


def crops(shape: Shape, width: int, height: int) -> list[Crop]:
    """The files of a shape for a picture of this size, narrowest first; never enlarged.

    A small picture gets its own full width in place of the widths it cannot fill.
    """
    if shape is NATURAL and is_landscape(width, height):
        shape = LANDSCAPE  # the crop would be the whole: the same files serve both
    full, tall = box(shape.ratio, width, height)
    widths = [w for w in shape.widths if w <= full]
    if len(widths) < len(shape.widths) and (not widths or full > widths[-1] * 1.15):
        widths.append(full)
    plain = max((w for w in widths if w <= shape.plain), default=widths[0])
    return [Crop(shape, w, max(1, round(w * tall / full)), w == plain) for w in widths]


def is_landscape(width: int, height: int) -> bool:
    return abs(width / height / 1.5 - 1) < 0.01


def files(width: int, height: int, plain: str) -> list[tuple[Crop, str]]:
    """Every rendition to make: crop and extension, each once."""
    wanted: dict[tuple[str, str], tuple[Crop, str]] = {}
    for shape in SHAPES:
        for crop in crops(shape, width, height):
            extensions = (*(MODERN if crop.shape.modern else ()), *((plain,) if crop.plain else ()))
            for extension in extensions:
                wanted[crop.name, extension] = (crop, extension)
    return list(wanted.values())
