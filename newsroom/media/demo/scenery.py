"""Sky, sun, clouds, hills, trees and water: what stands behind and around the subject."""

# Points read better side by side than one to a line.
# fmt: off
import math
from itertools import pairwise

from PIL import Image, ImageOps

from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, Points, box, oval, smooth


def sky(c: Canvas, horizon: float = 800, rings: Point | None = None) -> None:
    """Flat steps from zenith to horizon; with `rings`, discs of light around that point."""
    steps = c.palette.sky
    c.rect(0, 0, W, H, steps[0])
    if rings:
        x, y = rings
        for i, colour in enumerate(steps[1:]):
            r = 1150 - 265 * i
            c.oval(x, y, r, colour=colour)
        return
    edge = 0.0
    for i, colour in enumerate(steps):
        deep = horizon * (0.14, 0.17, 0.2, 0.23, 0.26)[i]
        wave = ridge(c, edge, 5 + 4 * i, 3400 - 300 * i) if i else [(0.0, 0.0), (W, 0.0)]
        c.fill([*wave, (W, H), (0, H)], colour)
        edge += deep


def sun(c: Canvas, x: float, y: float, r: float) -> None:
    """The sun, or the moon with its stars when the palette is dark."""
    p = c.palette
    if p.name == "night":
        for _ in range(70):
            c.oval(c.rng.uniform(0, W), c.rng.uniform(0, 620), c.rng.choice((1.6, 2.2, 3)),
                   colour=mix(p.paper, p.sky[2], c.rng.uniform(0, 0.7)))
        c.oval(x, y, r, colour=p.paper)
        with c.inside(oval(x, y, r, r)):
            shade = mix(p.paper, p.sky[3], 0.25)
            for dx, dy, q in ((-0.3, -0.2, 0.22), (0.3, 0.25, 0.3), (0.1, -0.55, 0.13)):
                c.oval(x + dx * r, y + dy * r, q * r, colour=shade)
        return
    c.oval(x, y, r, colour=p.accent if p.name in ("winter", "sage", "autumn") else p.second)


def cloud(c: Canvas, x: float, y: float, w: float, colour: Colour, alpha: float = 1) -> None:
    """A flat-bottomed heap of cloud, `w` wide, sitting on `y`."""
    low = w * 0.045
    shape = box(x, y - 2 * low, w, 2 * low)
    with c.inside([(x - low, y - w), (x + w + low, y - w), (x + w + low, y), (x - low, y)]):
        c.fill(shape, colour, alpha)
        for side in (x, x + w):
            c.oval(side, y - low, low, colour=colour, alpha=alpha)
        for i in range(1, 6):
            r = w * (0.07 + 0.06 * math.sin(math.pi * i / 6)) * c.rng.uniform(0.75, 1.25)
            c.oval(x + w * i / 6, y - low - r * 0.55, r * 1.1, r, colour, alpha)


def streaks(c: Canvas, y: float, deep: float, colour: Colour, count: int = 6) -> None:
    """Long thin clouds with round ends."""
    for _ in range(count):
        cx, cy = c.rng.uniform(-100, W), y + c.rng.uniform(0, deep)
        w, t = c.rng.uniform(220, 620), c.rng.uniform(10, 24)
        c.line([(cx, cy), (cx + w, cy)], t, colour)
        c.line([(cx + w * 0.3, cy + t), (cx + w * c.rng.uniform(0.8, 1.3), cy + t)], t, colour)


def ridge(c: Canvas, y: float, swing: float, length: float, step: int = 24) -> list[Point]:
    """A rolling line across the sheet, from left to right."""
    waves = [(swing / (i + 1), length / (i * 1.7 + 1), c.rng.uniform(0, 6.3)) for i in range(3)]
    line: list[Point] = []
    for x in range(0, W + step, step):
        rise = 0.0
        for high, long, phase in waves:
            rise += high * math.sin(x / long * 6.283 + phase)
        line.append((x, y + rise))
    return line


def ground(c: Canvas, line: Points, colour: Colour) -> list[Point]:
    """Everything under the line."""
    shape = [*line, (W, H), (0, H)]
    c.fill(shape, colour)
    return shape


def height_at(line: Points, x: float) -> float:
    """The y of a line from `ridge` at `x`."""
    for (x0, y0), (x1, y1) in pairwise(line):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def pine(c: Canvas, x: float, y: float, h: float, colour: Colour,
         lit: Colour | None = None) -> None:
    """A conifer of three or four skirts, lit on one side."""
    c.rect(x - h * 0.02, y - h * 0.12, h * 0.04, h * 0.12, colour)
    for i in range(4):
        top, base = y - h * (1 - 0.2 * i), y - h * (0.62 - 0.18 * i)
        w = h * (0.09 + 0.04 * i)
        c.fill([(x, top), (x + w, base), (x, base - h * 0.03), (x - w, base)], colour)
        if lit:
            c.fill([(x, top), (x + w * c.light, base), (x, base - h * 0.03)], lit)


def tree(c: Canvas, x: float, y: float, h: float, colour: Colour, lit: Colour) -> None:
    """A round-crowned tree with a forked trunk, standing on `y`."""
    bark = mix(colour, c.palette.ink, 0.55)
    c.fill([(x - h * 0.03, y), (x - h * 0.012, y - h * 0.6), (x + h * 0.012, y - h * 0.6),
            (x + h * 0.03, y)], bark)
    lumps = [
        (x + h * 0.3 * math.cos(a / 9 * 6.283) * c.rng.uniform(0.85, 1.15),
         y - h * 0.65 + h * 0.34 * math.sin(a / 9 * 6.283) * c.rng.uniform(0.88, 1.1))
        for a in range(9)
    ]
    crown = smooth(lumps)
    c.fill(crown, colour)
    with c.inside(crown):
        c.oval(x + c.light * h * 0.14, y - h * 0.76, h * 0.27, h * 0.26, lit)
    c.shade(crown, mix(colour, c.palette.ink, 0.5), "bottom", 0.6, 0.8)
    for side, at in ((-1, 0.46), (1, 0.4)):
        c.line([(x, y - h * at), (x + side * h * 0.1, y - h * (at + 0.14))], h * 0.014, bark)


def cypress(c: Canvas, x: float, y: float, h: float, colour: Colour, lit: Colour) -> None:
    """A slim dark flame of a tree."""
    w = h * 0.1
    shape = smooth([(x, y - h), (x + w * 0.7, y - h * 0.6), (x + w, y - h * 0.2), (x + w * 0.3, y),
                    (x - w * 0.3, y), (x - w, y - h * 0.2), (x - w * 0.7, y - h * 0.6)])
    c.fill(shape, colour)
    c.shade(shape, lit, "left" if c.light < 0 else "right", 0.6, 0.9)


def water(c: Canvas, y: float, near: Colour, far: Colour, glint: Colour, at: float = 900) -> None:
    """Water from `y` to the foot of the sheet, with a path of light under `at`."""
    c.rect(0, y, W, H - y, far)
    bands = 4
    for i in range(1, bands):
        line = ridge(c, y + (H - y) * (i / bands) ** 1.4, 5 + 6 * i, 500 + 200 * i)
        ground(c, line, mix(far, near, i / (bands - 1)))
    ripples(c, y, glint, at, 46)


def mirror(c: Canvas, y: float, tint: Colour, share: float = 0.4) -> None:
    """Still water from `y` down: what stands above it, upside down, tinted and a little broken."""
    k, image = c.unit, c.image
    line, deep = round(y * k), image.height - round(y * k)
    above = ImageOps.flip(image.crop((0, max(0, line - deep), image.width, line)))
    above = Image.blend(above, Image.new("RGB", above.size, tint), share)
    image.paste(above, (0, line))
    top = 0
    while top < above.height:
        t = top / above.height
        tall = round((5 + 22 * t) * k)
        strip = above.crop((0, top, image.width, min(above.height, top + tall)))
        image.paste(strip, (round(c.rng.uniform(-1, 1) * (2 + 16 * t) * k), line + top))
        top += tall


def ripples(c: Canvas, y: float, colour: Colour, at: float, count: int, spread: float = 1) -> None:
    """Short level dashes that widen towards the reader."""
    for i in range(count):
        t = (i + c.rng.random()) / count
        ry = y + 8 + (H - y) * t**1.5
        w = (20 + 150 * t) * c.rng.uniform(0.4, 1.2)
        x = at + c.rng.gauss(0, 0.35) * (140 + 330 * t) * spread
        c.line([(x - w / 2, ry), (x + w / 2, ry)], 3 + 7 * t, colour)


def rain(c: Canvas, colour: Colour, count: int, slant: float = 0.3, alpha: float = 0.55) -> None:
    """Slanted strokes over the whole sheet."""
    for _ in range(count):
        x, y = c.rng.uniform(-200, W + 200), c.rng.uniform(-50, H)
        long = c.rng.uniform(30, 95)
        c.line([(x, y), (x - slant * long, y + long)], c.rng.choice((2, 2.6, 3.4)), colour, alpha)


def birds(c: Canvas, x: float, y: float, count: int, colour: Colour) -> None:
    """A loose flock of two-stroke birds."""
    for _ in range(count):
        bx, by = x + c.rng.uniform(-170, 170), y + c.rng.uniform(-70, 70)
        s = c.rng.uniform(9, 18)
        c.line([(bx - s, by - s * 0.5), (bx - s * 0.4, by - s * 0.55), (bx, by),
                (bx + s * 0.4, by - s * 0.55), (bx + s, by - s * 0.45)], 3.2, colour)
