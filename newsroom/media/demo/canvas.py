"""A sheet to draw on, and how shapes get onto it.

Coordinates are units of a sheet of 1800 x 1200, whatever the size in pixels. Everything is drawn
at twice the size and reduced once, which smooths the edges. What the shapes show is not decided
here: see `shapes`, `scenery`, `figures` and one module per motif.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw

from newsroom.media.demo.palettes import Colour, Palette
from newsroom.media.demo.shapes import Point, Points, box, oval

W, H = 1800, 1200
Box = tuple[int, int, int, int]


@lru_cache(maxsize=4)
def _noise(width: int, height: int, grain: int) -> Image.Image:
    """Even noise, one value per `grain` pixels, repeated from one small tile."""
    tile = Image.frombytes("L", (512, 512), Random("paper").randbytes(512 * 512))  # noqa: S311
    tile = tile.resize((512 * grain, 512 * grain), Image.Resampling.NEAREST)
    sheet = Image.new("L", (width, height))
    for x in range(0, width, tile.width):
        for y in range(0, height, tile.height):
            sheet.paste(tile, (x, y))
    return sheet


@lru_cache(maxsize=2)
def _grain(width: int, height: int) -> Image.Image:
    """The tooth of the paper: 128 give or take a few."""
    fine = _noise(width, height, 1).point([125 + v // 43 for v in range(256)])
    return Image.merge("RGB", (fine, fine, fine))


class Canvas:
    """One picture while it is drawn: its sheet, its palette and its own seeded chance."""

    def __init__(self, seed: str, palette: Palette, width: int = W, height: int = H) -> None:
        self.width, self.height = width, height
        self.unit = 2 * max(width / W, height / H)
        size = math.ceil(W * self.unit), math.ceil(H * self.unit)
        self.palette = palette
        self.rng = Random(seed)  # noqa: S311 - chance for drawing, not for secrets
        self.light = self.rng.choice((-1, 1))  # -1: light falls from the left
        self.origin = (0, 0)
        self._use(Image.new("RGB", size, palette.paper))

    def _use(self, image: Image.Image) -> None:
        self.image = image
        self._solid = ImageDraw.Draw(image)
        self._glaze = ImageDraw.Draw(image, "RGBA")

    def _px(self, points: Iterable[Point]) -> list[tuple[int, int]]:
        k, (ox, oy) = self.unit, self.origin
        return [(round(x * k) - ox, round(y * k) - oy) for x, y in points]

    def fill(self, points: Points, colour: Colour, alpha: float = 1) -> None:
        """A closed flat shape."""
        if alpha >= 1:
            self._solid.polygon(self._px(points), fill=colour)
        else:
            self._glaze.polygon(self._px(points), fill=(*colour, round(255 * alpha)))

    def rect(
        self, x: float, y: float, w: float, h: float, colour: Colour, alpha: float = 1
    ) -> None:
        """An upright rectangle from its top left corner."""
        self.fill(box(x, y, w, h), colour, alpha)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float | None = None,
        colour: Colour = (0, 0, 0),
        alpha: float = 1,
    ) -> None:
        """An ellipse around its centre; a circle without `ry`."""
        ry = rx if ry is None else ry
        if alpha >= 1:
            self._solid.ellipse(self._px([(x - rx, y - ry), (x + rx, y + ry)]), fill=colour)
        else:
            self.fill(oval(x, y, rx, ry), colour, alpha)

    def line(self, points: Points, width: float, colour: Colour, alpha: float = 1) -> None:
        """A stroke with round joints and ends."""
        thick = max(1, round(width * self.unit))
        if alpha < 1:
            ink = (*colour, round(255 * alpha))
            self._glaze.line(self._px(points), fill=ink, width=thick)
            return
        self._solid.line(self._px(points), fill=colour, width=thick)
        if thick > 3:
            for x, y in points:
                self.oval(x, y, width / 2, colour=colour)

    @contextmanager
    def inside(self, points: Points) -> Iterator[None]:
        """What is drawn in this block shows only within the shape. Cost: its bounding box."""
        outer, origin = self.image, self.origin
        area = _bounds(self._px(points), outer.size)
        if not area:
            yield
            return
        mask = _mask(self._px(points), area)
        self._use(outer.crop(area))
        self.origin = (origin[0] + area[0], origin[1] + area[1])
        try:
            yield
        finally:
            outer.paste(self.image, area[:2], mask)
            self.origin = origin
            self._use(outer)

    def shade(
        self,
        points: Points,
        colour: Colour,
        side: str = "bottom",
        reach: float = 1,
        most: float = 1,
    ) -> None:
        """Stippled shading, as a printer would: dense at one side, none after `reach`."""
        area = _bounds(self._px(points), self.image.size)
        if not area:
            return
        mask = _mask(self._px(points), area)
        turns = {"bottom": 0, "right": 90, "top": 180, "left": 270}
        ramp = Image.linear_gradient("L").point(
            [max(0, round((v - 255 * (1 - reach)) / reach * most)) for v in range(256)]
        )
        ramp = ramp.rotate(turns[side]).resize(mask.size, Image.Resampling.BILINEAR)
        noise = _noise(*self._full(), 2).crop(area)
        dots = ImageChops.subtract(ramp, noise).point([0] + [255] * 255)
        self.image.paste(colour, area, ImageChops.multiply(dots, mask))

    def _full(self) -> tuple[int, int]:
        return math.ceil(W * self.unit), math.ceil(H * self.unit)

    def finished(self) -> Image.Image:
        """The picture at its size in pixels, cut from the middle, with the tooth of paper."""
        small = self.image.reduce(2)
        left, top = (small.width - self.width) // 2, (small.height - self.height) // 2
        small = small.crop((left, top, left + self.width, top + self.height))
        return ImageChops.add(small, _grain(self.width, self.height), offset=-128)


def _bounds(px: Sequence[tuple[int, int]], size: tuple[int, int]) -> Box | None:
    xs, ys = [x for x, _ in px], [y for _, y in px]
    left, top = max(0, min(xs)), max(0, min(ys))
    right, bottom = min(size[0], max(xs) + 1), min(size[1], max(ys) + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _mask(px: Sequence[tuple[int, int]], area: Box) -> Image.Image:
    mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
    ImageDraw.Draw(mask).polygon([(x - area[0], y - area[1]) for x, y in px], fill=255)
    return mask
