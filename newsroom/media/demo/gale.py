"""The storm at sea: waves and a trawler; lightning and cloud for all storms."""

# Points read better side by side than one to a line.
# fmt: off
from itertools import pairwise

from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, smooth


def heavy(c: Canvas, y: float, colour: Colour, size: float) -> None:
    """A ceiling of cloud down to about `y`."""
    c.rect(0, -10, W, y - size * 0.4, colour)
    x = -60.0
    while x < W + 100:
        r = size * c.rng.uniform(0.5, 1)
        c.oval(x, y - size * 0.6 + c.rng.uniform(-20, 30), r, r * 0.6, colour)
        x += r * 0.9


def gloom(c: Canvas) -> tuple[Colour, Colour, Colour, Colour]:
    p = c.palette
    return (mix(p.land[4], p.ink, 0.2), p.land[3], mix(p.land[2], p.land[3], 0.3),
            mix(p.sky[4], p.land[1], 0.25))


def bolt(c: Canvas, x: float, y0: float, y1: float, width: float) -> None:
    p, rng = c.palette, c.rng
    n, pts = 7, [(x, y0)]
    for i in range(1, n + 1):
        pts.append((x + rng.uniform(-46, 46) + (26 if i % 2 else -26), y0 + (y1 - y0) * i / n))
    for (ax, ay), (bx, by) in pairwise(pts):
        c.line([(ax, ay), (bx, by)], width, p.paper)
        width *= 0.86
    bx, by = pts[3]
    c.line([(bx, by), (bx + 70, by + 60), (bx + 62, by + 120), (bx + 130, by + 190)], width,
           p.paper)


def wave(c: Canvas, y: float, h: float, long: float, colour: Colour, way: int) -> None:
    p = c.palette
    x = -long * c.rng.random() - long
    shape: list[Point] = []
    while x < W + long:
        crest = (x + long * 0.62, y - h * c.rng.uniform(0.75, 1.2))
        shape += smooth([(x, y), (x + long * 0.35, y - h * 0.3), crest], 6, closed=False)
        shape += smooth([(crest[0] + 14, crest[1] + 12), (crest[0] - 6, y - h * 0.35),
                         (x + long, y)], 6, closed=False)
        x += long
    if way > 0:
        shape = [(W - a, b) for a, b in shape]
    body = [*shape, (shape[-1][0], H + 200), (shape[0][0], H + 200)]
    c.fill(body, mix(p.paper, colour, 0.1))
    c.fill([(a + way * h * 0.22, b + h * 0.08) for a, b in body], mix(colour, p.paper, 0.35))
    c.fill([(a + way * h * 0.36, b + h * 0.16) for a, b in body], colour)


def trawler(c: Canvas, x: float, y: float, way: int) -> None:
    p = c.palette

    def at(u: float, v: float) -> Point:
        return x + way * (u + v * 0.16), y - v + u * 0.2

    c.line([at(-20, 60), at(-20, 260)], 8, p.ink)
    c.line([at(-20, 250), at(140, 70)], 4, p.ink)
    c.line([at(-20, 250), at(-150, 60)], 4, p.ink)
    c.fill([at(-90, 50), at(-90, 150), at(10, 150), at(10, 50)], p.paper)
    c.fill([at(-80, 106), at(-80, 136), at(0, 136), at(0, 106)], p.second)
    c.fill([at(-170, 66), at(180, 90), at(130, -40), at(-140, -40)], p.accent)
    c.fill([at(-172, 80), at(-170, 62), at(180, 88), at(186, 108)], p.paper)
