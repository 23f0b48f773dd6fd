"""In which shapes and widths every picture exists. Pure arithmetic: templates compute the names of
files from a picture's width and height, and no request asks whether a file is there.

Few files on purpose, nine for most pictures: AVIF in every width, the widest as WebP and one as
JPEG too, for browsers that do not know it. That keeps seeding, disks and markup small.
"""

from dataclasses import dataclass

# Longest side of the public master, in pixels; enough for the widest crop of any shape.
MASTER_SIDE = 2560
PLAIN = "plain"  # stands for the master's own format: JPEG, or PNG where it is transparent


@dataclass(frozen=True)
class Shape:
    name: str
    ratio: float | None  # width / height; None: as the picture is
    widths: tuple[int, ...]
    plain: int  # the width that exists as JPEG too
    avif: bool = True
    webp: bool = True


LANDSCAPE = Shape("3x2", 3 / 2, (720, 1600), plain=720)
NATURAL = Shape("whole", None, (800, 1600), plain=800)
SQUARE = Shape("square", 1.0, (192, 320), plain=320, webp=False)
# What networks and messengers fetch for a card: they know neither srcset nor AVIF.
SHARE = Shape("share", 1200 / 630, (1200,), plain=1200, avif=False, webp=False)
SHAPES = (LANDSCAPE, NATURAL, SQUARE, SHARE)
# What search engines document for articles. Few pictures are ever asked for in them, so they are
# made when they are.
ENGINES = tuple(
    Shape(name, ratio, (1200,), plain=1200, avif=False, webp=False)
    for name, ratio in (("16x9", 16 / 9), ("4x3", 4 / 3), ("1x1", 1.0))
)

# Size in templates: shape, widest file it may use, and the `sizes` attribute of the usual layout;
# without one a single file serves every screen. Fronts show thirty of these, and each address
# weighs sixty bytes.
SIZES: dict[str, tuple[Shape, int, str]] = {
    "lead": (LANDSCAPE, 1600, "(min-width:64rem) 48rem,100vw"),
    "large": (LANDSCAPE, 1600, "(min-width:64rem) 36rem,100vw"),
    "wide": (NATURAL, 1600, "(min-width:48rem) 44rem,100vw"),
    "logo": (NATURAL, 800, ""),
    "card": (LANDSCAPE, 720, ""),
    # Other crops of the three above, on fronts. The style sheet cuts the large squares.
    "lead-square": (NATURAL, 1600, "(min-width:64rem) 48rem,100vw"),
    "lead-whole": (NATURAL, 1600, "(min-width:64rem) 48rem,100vw"),
    "large-square": (NATURAL, 1600, "(min-width:64rem) 36rem,100vw"),
    "large-whole": (NATURAL, 1600, "(min-width:64rem) 36rem,100vw"),
    "card-square": (SQUARE, 320, ""),
    "card-whole": (NATURAL, 800, ""),
    "thumb": (SQUARE, 192, ""),
    "portrait": (SQUARE, 320, ""),
    "share": (SHARE, 1200, ""),
}


@dataclass(frozen=True)
class Crop:
    shape: Shape
    width: int
    height: int
    formats: tuple[str, ...]

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

    def formats(w: int) -> tuple[str, ...]:
        wanted = {"avif": shape.avif, "webp": shape.webp and w == widths[-1], PLAIN: w == plain}
        return tuple(name for name, made in wanted.items() if made)

    return [Crop(shape, w, max(1, round(w * tall / full)), formats(w)) for w in widths]


def is_landscape(width: int, height: int) -> bool:
    return abs(width / height / 1.5 - 1) < 0.01


def files(width: int, height: int, plain: str) -> list[tuple[Crop, str]]:
    """Every rendition to make: crop and extension, each once."""
    wanted: dict[tuple[str, str], tuple[Crop, str]] = {}
    for shape in SHAPES:
        for crop in crops(shape, width, height):
            for name in crop.formats:
                extension = plain if name == PLAIN else name
                wanted[crop.name, extension] = (crop, extension)
    return list(wanted.values())
