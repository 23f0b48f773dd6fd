"""Runners and players in motion, and those who watch."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo.canvas import Canvas, W
from newsroom.media.demo.figures import HAIRS, SKINS, figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, oval, smooth


def stand(c: Canvas, left: list[Point], right: list[Point], rows: int, seats: int) -> None:
    """A bank of seats between two lines that run from the pitch outwards, full of people."""
    p, rng = c.palette, c.rng
    crowd = (p.accent, p.second, p.paper, p.third, p.land[1], p.land[4], mix(p.accent, p.ink, 0.4),
             mix(p.third, p.paper, 0.5))
    for row in range(rows):
        t = (row + 0.5) / rows
        a = (left[0][0] + (left[1][0] - left[0][0]) * t, left[0][1] + (left[1][1] - left[0][1]) * t)
        b = (right[0][0] + (right[1][0] - right[0][0]) * t,
             right[0][1] + (right[1][1] - right[0][1]) * t)
        n = int(seats * (1 + 0.3 * t))
        long = math.hypot(b[0] - a[0], b[1] - a[1]) / n
        r = min(11, long * 0.34)
        for i in range(n):
            if (i * 37 // n) % 9 == 4 or rng.random() < 0.06:
                continue
            u = (i + rng.uniform(0.3, 0.7)) / n
            x, y = a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u
            if -20 < x < W + 20:
                c.rect(x - r, y, r * 2, r * 1.6, rng.choice(crowd))
                c.oval(x, y - r * 0.5, r * 0.7, colour=p.tinted(rng.choice(SKINS)))


def player(c: Canvas, x: float, y: float, h: float, shirt: Colour, turn: int, run: bool) -> None:
    look = someone(c, shirt, ("short", "bald", "round", "bun"), young=True)
    c.fill(oval(x, y, h * 0.2, h * 0.03), c.palette.ink, 0.35)
    figure(c, x, y, h, look, pose="run" if run else "walk", turn=turn)


def runner(c: Canvas, x: float, y: float, h: float, kit: Colour, turn: int) -> None:
    p, rng = c.palette, c.rng
    skin, hair = p.tinted(rng.choice(SKINS)), p.tinted(rng.choice(HAIRS[:5]))
    dim = mix(skin, (60, 26, 30), 0.3)

    def at(u: float, v: float) -> Point:
        return x + u * h * turn, y - v * h

    def limb(pts: list[Point], wide: float, thin: float, colour: Colour) -> None:
        n = len(pts) - 1
        for i in range(n):
            (ax, ay), (bx, by) = pts[i], pts[i + 1]
            w0 = h * (wide + (thin - wide) * i / n) / 2
            w1 = h * (wide + (thin - wide) * (i + 1) / n) / 2
            long = max(1.0, math.hypot(bx - ax, by - ay))
            nx, ny = (by - ay) / long, (ax - bx) / long
            c.fill([(ax + nx * w0, ay + ny * w0), (bx + nx * w1, by + ny * w1),
                    (bx - nx * w1, by - ny * w1), (ax - nx * w0, ay - ny * w0)], colour)
            c.oval(bx, by, w1, colour=colour)

    def shoe(u: float, v: float, tilt: float) -> None:
        c.fill([at(u - 0.03, v + 0.03), at(u + 0.02, v + 0.035), at(u + 0.1, v + tilt),
                at(u + 0.09, v + tilt - 0.03), at(u - 0.03, v - 0.02)], p.second
               if kit != p.second else p.accent)

    c.fill(oval(x + turn * h * 0.05, y + h * 0.01, h * 0.4, h * 0.028), p.ink, 0.4)
    limb([at(0.08, 0.8), at(0.27, 0.68), at(0.33, 0.83)], 0.065, 0.04, dim)
    c.oval(*at(0.335, 0.86), h * 0.028, colour=dim)
    limb([at(-0.02, 0.5), at(-0.15, 0.3), at(-0.4, 0.32)], 0.115, 0.04, dim)
    c.fill([at(-0.37, 0.35), at(-0.43, 0.37), at(-0.475, 0.27), at(-0.45, 0.245), at(-0.38, 0.295)],
           p.second if kit != p.second else p.accent)
    limb([at(0.02, 0.5), at(0.23, 0.41), at(0.2, 0.13)], 0.125, 0.045, skin)
    shoe(0.2, 0.1, 0.02)
    shorts = [at(-0.07, 0.58), at(0.1, 0.58), at(0.2, 0.47), at(0.16, 0.38), at(0.02, 0.42),
              at(-0.11, 0.36), at(-0.14, 0.43)]
    c.fill(shorts, mix(kit, p.ink, 0.45))
    torso = smooth([at(0.05, 0.86), at(0.14, 0.82), at(0.15, 0.7), at(0.1, 0.57), at(-0.07, 0.57),
                    at(-0.05, 0.7), at(-0.01, 0.82)])
    c.fill(torso, kit)
    c.shade(torso, mix(kit, p.ink, 0.45), "right" if c.light < 0 else "left", 0.8, 0.9)
    with c.inside(torso):
        c.fill([at(0.0, 0.74), at(0.11, 0.74), at(0.1, 0.65), at(-0.01, 0.65)], p.paper
               if kit != p.paper else p.second)
    limb([at(0.09, 0.84), at(0.11, 0.9)], 0.06, 0.055, dim)
    hx, hy = at(0.135, 0.955)
    c.oval(hx, hy, h * 0.052, h * 0.066, skin)
    c.oval(hx + turn * h * 0.05, hy + h * 0.012, h * 0.012, colour=skin)
    with c.inside(oval(hx, hy - h * 0.005, h * 0.056, h * 0.07)):
        c.oval(hx - turn * h * 0.025, hy - h * 0.032, h * 0.062, h * 0.058, hair)
    if rng.random() < 0.5:
        c.fill(smooth([(hx - turn * h * 0.04, hy - h * 0.04), (hx - turn * h * 0.13, hy - h * 0.03),
                       (hx - turn * h * 0.17, hy + h * 0.03), (hx - turn * h * 0.09,
                                                               hy + h * 0.0)]),
               hair)
    limb([at(0.03, 0.8), at(-0.14, 0.7), at(-0.07, 0.56)], 0.07, 0.042, skin)
    c.oval(*at(-0.05, 0.55), h * 0.028, colour=skin)
