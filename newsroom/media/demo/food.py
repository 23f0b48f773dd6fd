"""Pots, fruit and full plates for the kitchens."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import oval, smooth


def pot(c: Canvas, x: float, y: float, w: float, colour: Colour, lid: bool = False) -> None:
    p = c.palette
    body = smooth([(x - w / 2, y - w * 0.55), (x + w / 2, y - w * 0.55),
                   (x + w * 0.48, y - w * 0.08),
                   (x + w * 0.4, y), (x - w * 0.4, y), (x - w * 0.48, y - w * 0.08)], 3)
    c.fill(body, colour)
    with c.inside(body):
        c.rect(x + (w * 0.12 if c.light < 0 else -w * 0.62), y - w, w * 0.5, w, p.ink, 0.22)
        c.rect(x + c.light * w * 0.36 - w * 0.03, y - w, w * 0.06, w, p.paper, 0.35)
    for way in (-1, 1):
        c.line([(x + way * w * 0.5, y - w * 0.42), (x + way * w * 0.6, y - w * 0.42)], w * 0.07,
               mix(colour, p.ink, 0.4))
    c.line([(x - w * 0.5, y - w * 0.55), (x + w * 0.5, y - w * 0.55)], w * 0.05,
           mix(colour, p.ink, 0.4))
    if lid:
        c.fill(oval(x, y - w * 0.57, w * 0.48, w * 0.14, 180, 360), mix(colour, p.paper, 0.15))
        c.oval(x, y - w * 0.73, w * 0.06, colour=p.ink)


def steam(c: Canvas, x: float, y: float, h: float, colour: Colour) -> None:
    for i in range(3):
        sx = x + (i - 1) * h * 0.22
        pts = [(sx + h * 0.07 * math.sin(t * 1.3 + i), y - h * t / 6) for t in range(7)]
        c.line(smooth(pts, closed=False), h * 0.045, colour)


def fruit(c: Canvas, x: float, y: float, r: float, kind: int) -> None:
    p = c.palette
    ink = (p.accent, p.second, mix(p.land[2], p.second, 0.35),
           mix(p.accent, p.second, 0.5))[kind % 4]
    c.oval(x, y, r, r * 0.95, ink)
    with c.inside(oval(x, y, r, r * 0.95)):
        c.oval(x - c.light * r * 1.1, y + r * 0.5, r, r * 1.1, mix(ink, p.ink, 0.3))
    c.oval(x + c.light * r * 0.4, y - r * 0.4, r * 0.16, colour=mix(ink, p.paper, 0.6))
    c.line([(x, y - r * 0.85), (x + r * 0.12, y - r * 1.2)], r * 0.14, p.land[4])
    if kind % 2 == 0:
        c.fill(smooth([(x + r * 0.1, y - r * 1.05), (x + r * 0.5, y - r * 1.4),
                       (x + r * 0.8, y - r * 1.1),
                       (x + r * 0.4, y - r * 0.95)]), p.land[3])


def plate(c: Canvas, x: float, y: float, r: float, food: int) -> None:
    p, rng = c.palette, c.rng
    c.oval(x - c.light * 22, y + 26, r, colour=p.ink, alpha=0.28)
    rim = (p.paper, mix(p.paper, p.third, 0.3), p.paper, mix(p.paper, p.second, 0.3))[food % 4]
    c.oval(x, y, r, colour=rim)
    c.oval(x, y, r * 0.74, colour=mix(rim, p.land[1], 0.3))
    c.oval(x, y + 4, r * 0.71, colour=mix(rim, p.land[0], 0.12))
    if food == 0:
        c.oval(x, y, r * 0.66, colour=p.accent)
        for _ in range(9):
            a, d = rng.uniform(0, 6.28), rng.uniform(0, 0.52) * r
            c.oval(x + d * math.cos(a), y + d * math.sin(a), r * 0.06, r * 0.04, p.land[3])
        c.fill(smooth([(x - r * 0.3, y), (x, y - r * 0.16), (x + r * 0.3, y + r * 0.06),
                       (x, y + r * 0.14)]), p.paper)
    elif food == 1:
        for i in range(12):
            a = i * 0.524
            dx, dy = math.cos(a) * r * 0.42, math.sin(a) * r * 0.42
            c.fill(smooth([(x + dx * 0.3, y + dy * 0.3), (x + dx - dy * 0.4, y + dy + dx * 0.4),
                           (x + dx * 1.45, y + dy * 1.45), (x + dx + dy * 0.4, y + dy - dx * 0.4)]),
                   (p.land[2], p.land[3])[i % 2])
        for i in range(6):
            a = i * 1.05 + 0.4
            c.oval(x + math.cos(a) * r * 0.34, y + math.sin(a) * r * 0.34, r * 0.13,
                   colour=p.accent)
            c.oval(x + math.cos(a) * r * 0.34, y + math.sin(a) * r * 0.34, r * 0.08,
                   colour=mix(p.accent, p.paper, 0.4))
    elif food == 2:
        for way in (-1, 1):
            c.fill(smooth([(x - r * 0.5, y + way * r * 0.1), (x, y + way * r * 0.42 - r * 0.1),
                           (x + r * 0.4, y + way * r * 0.1), (x, y - r * 0.14)]),
                   mix(p.third, p.paper, 0.2))
        c.fill([(x + r * 0.3, y), (x + r * 0.6, y - r * 0.2), (x + r * 0.6, y + r * 0.2)], p.third)
        c.oval(x - r * 0.34, y - r * 0.02, r * 0.035, colour=p.ink)
        for i in range(3):
            c.oval(x - r * 0.3 + i * r * 0.28, y + r * 0.46, r * 0.13, colour=p.second)
            c.oval(x - r * 0.3 + i * r * 0.28, y + r * 0.46, r * 0.1,
                   colour=mix(p.second, p.paper, 0.5))
    else:
        for _ in range(9):
            c.line(oval(x + rng.uniform(-0.12, 0.12) * r, y + rng.uniform(-0.12, 0.12) * r,
                        r * rng.uniform(0.2, 0.48), r * rng.uniform(0.2, 0.46)), r * 0.045,
                   mix(p.second, p.paper, rng.uniform(0, 0.4)))
        for _ in range(7):
            c.oval(x + rng.uniform(-0.34, 0.34) * r, y + rng.uniform(-0.34, 0.34) * r, r * 0.07,
                   colour=rng.choice((p.accent, p.land[3])))
