"""Who performs: a cellist, a pianist, dancers."""

# Points read better side by side than one to a line.
# fmt: off
import math
from itertools import pairwise

from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.figures import Look, figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, oval, smooth


def cellist(c: Canvas, x: float, y: float, h: float, look: Look) -> None:
    p = c.palette
    c.rect(x - h * 0.17, y - h * 0.27, h * 0.22, h * 0.03, p.ink)
    for dx in (-0.15, 0.02):
        c.rect(x + dx * h, y - h * 0.27, 9, h * 0.27, p.ink)
    figure(c, x, y, h, look, pose="sit", hand=(0.13, 0.36))
    wood = mix(p.second, p.accent, 0.55)
    cx = x + h * 0.16

    def at(u: float, v: float) -> Point:
        return cx + u * h - v * h * 0.13, y - v * h

    c.line([at(0, 0.06), at(0, 0.0)], 6, p.ink)
    body = smooth([at(-0.11, 0.1), at(0, 0.05), at(0.11, 0.1), at(0.115, 0.2), at(0.065, 0.28),
                   at(0.09, 0.38), at(0, 0.44), at(-0.09, 0.38), at(-0.065, 0.28), at(-0.115, 0.2)])
    c.fill(body, wood)
    c.shade(body, mix(wood, p.ink, 0.6), "right" if c.light < 0 else "left", 0.6, 0.9)
    c.line([at(0, 0.18), at(0, 0.74)], h * 0.028, p.ink)
    c.line([at(0, 0.74), at(-0.02, 0.79)], h * 0.034, wood)
    c.line([at(-0.05, 0.17), at(0.05, 0.17)], 7, p.paper)
    hx, hy = x + h * 0.1, y - h * 0.3
    c.line([(hx - h * 0.06, hy - h * 0.02), (hx + h * 0.26, hy + h * 0.06)], 7, p.paper)
    c.oval(hx - h * 0.04, hy - h * 0.015, h * 0.025, colour=look.skin)
    c.line([(x - h * 0.04, y - h * 0.57), (x + h * 0.05, y - h * 0.46),
            (x + h * 0.08, y - h * 0.58)],
           h * 0.055, mix(look.coat, p.ink, 0.14))
    c.oval(x + h * 0.085, y - h * 0.6, h * 0.025, colour=look.skin)


def pianist(c: Canvas, x: float, y: float, look: Look) -> None:
    p = c.palette
    black = mix(p.ink, p.land[3], 0.15)
    c.fill(smooth([(x + 20, y - 330), (x + 120, y - 560), (x + 470, y - 640), (x + 560, y - 600),
                   (x + 400, y - 330)], 4), mix(black, p.land[2], 0.35))
    c.line([(x + 400, y - 330), (x + 470, y - 620)], 7, p.second)
    c.fill([(x - 40, y - 330), (x + 560, y - 330), (x + 560, y - 240), (x - 40, y - 230)], black)
    c.rect(x - 60, y - 268, 110, 22, p.paper)
    for dx in (10, 330, 520):
        c.rect(x + dx, y - 240, 22, 240, black)
    c.rect(x - 300, y - 165, 170, 24, p.accent)
    for dx in (-284, -160):
        c.rect(x + dx, y - 150, 12, 150, p.ink)
    figure(c, x - 225, y, 600, look, pose="sit", hand=(0.32, 0.46))


def dancer(c: Canvas, x: float, y: float, h: float, dress: Colour, turn: int, step: int) -> None:
    p = c.palette
    look = someone(c, dress, ("bun", "short", "round", "bun"), young=True)

    def at(u: float, v: float) -> Point:
        return x + u * h * turn, y - v * h

    def limb(pts: list[Point], wide: float, thin: float) -> None:
        path = smooth(pts, 10, closed=False)
        for i, (a, b) in enumerate(pairwise(path)):
            t = i / len(path)
            c.line([a, b], h * (wide + (thin - wide) * t), look.skin)

    lift = (0.2, 0.34, 0.12, 0.28)[step % 4]
    c.fill(oval(x, y + 4, h * 0.26, h * 0.025), p.ink, 0.4)
    limb([at(0.01, 0.5), at(-0.2, 0.36 + lift * 0.5), at(-0.42, 0.25 + lift)], 0.075, 0.025)
    limb([at(0, 0.5), at(0.03, 0.26), at(0.0, 0.0)], 0.075, 0.03)
    c.fill([at(-0.03, 0.03), at(0.02, 0.03), at(0.015, -0.01), at(-0.005, -0.012)], p.accent
           if dress != p.accent else p.paper)
    limb([at(-0.05, 0.78), at(-0.2, 0.86), at(-0.3, 0.78 + lift * 0.6)], 0.05, 0.022)
    torso = smooth([at(-0.06, 0.82), at(0.06, 0.82), at(0.06, 0.7), at(0.042, 0.6), at(0.08, 0.5),
                    at(-0.08, 0.5), at(-0.042, 0.6), at(-0.065, 0.7)])
    if step % 2:
        skirt = smooth([at(-0.04, 0.6), at(0.04, 0.6), at(0.12, 0.48), at(0.17, 0.34),
                        at(-0.02, 0.38), at(-0.26, 0.42), at(-0.14, 0.52)])
    else:
        skirt = smooth([at(-0.05, 0.59), at(0.05, 0.59), at(0.22, 0.54), at(0.26, 0.49),
                        at(0, 0.47), at(-0.26, 0.5), at(-0.22, 0.55)])
    c.fill(skirt, dress)
    c.shade(skirt, mix(dress, p.ink, 0.45), "bottom", 0.8, 0.7)
    c.fill(torso, dress)
    c.shade(torso, mix(dress, p.ink, 0.45), "right" if c.light < 0 else "left", 0.7, 0.9)
    c.rect(x - h * 0.022, y - h * 0.9, h * 0.044, h * 0.1, mix(look.skin, p.ink, 0.15))
    hx, hy = at(0.015, 0.935)
    c.oval(hx, hy, h * 0.046, h * 0.06, look.skin)
    with c.inside(oval(hx, hy - h * 0.006, h * 0.05, h * 0.064)):
        c.fill(oval(hx - turn * h * 0.03, hy - h * 0.02, h * 0.06, h * 0.06), look.hair)
    c.oval(hx - turn * h * 0.05, hy - h * 0.04, h * 0.026, colour=look.hair)
    limb([at(0.05, 0.79), at(0.17, 0.9), at(0.14 + 0.1 * math.cos(step), 1.08)], 0.05, 0.022)
