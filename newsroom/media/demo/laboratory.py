"""Science: researchers at the bench, a still life of glass, what the microscope sees."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import INDOORS, figure, someone
from newsroom.media.demo.glassware import flask, microscope
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import box, oval, smooth

PALETTES = ("sage", "night", "morning", "rose", "winter", "dusk", "noon")


def draw(c: Canvas, variant: int) -> None:
    """One of three views of research."""
    (_bench, _glass, _cells)[variant % 3](c)


def _inks(c: Canvas) -> tuple[Colour, Colour, Colour, Colour]:
    p = c.palette
    return p.accent, p.second, p.third, mix(p.accent, p.second, 0.5)


def _bench(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wall = mix(p.land[1], p.sky[2], 0.3) if not p.dark else p.land[2]
    c.rect(0, 0, W, H, wall)
    side = rng.choice((-1, 1))
    for i in range(3):
        x = 900.0 - side * (700 - i * 300) - 125
        c.rect(x, 90, 250, 480, mix(wall, p.ink, 0.3))
        c.rect(x + 12, 102, 226, 456, mix(p.sky[3], p.paper, 0.25))
        c.fill([(x + 12, 558), (x + 12, 430), (x + 238, 300), (x + 238, 558)], p.sky[2])
        c.rect(x + 120, 102, 10, 456, mix(wall, p.ink, 0.3))
    for row in range(2):
        y = 290 + row * 230
        sx = 900 + side * 560 - 330
        for i in range(6):
            flask(c, sx + 60 + i * 108, y, rng.uniform(90, 150),
                  rng.choice(("cone", "round", "beaker", "tube")), rng.choice(_inks(c)), wall)
        c.rect(sx, y, 660, 18, mix(p.land[4], p.accent, 0.15))
    coats = [(900.0 - side * 420, side, True), (900 + side * 160, -side, False)]
    for x, turn, busy in coats:
        look = someone(c, p.paper if not p.dark else mix(p.paper, p.land[1], 0.15), INDOORS)
        figure(c, x, 1330, 850, look, turn=turn, hand=(0.2, 0.53) if busy else (0.16, 0.6))
        if not busy:
            flask(c, x + turn * 0.175 * 850, 1330 - 0.575 * 850, 150, "tube", p.accent, wall)
    c.rect(0, 960, W, 60, p.paper)
    front = box(0, 1010, W, 200)
    c.fill(front, p.land[3])
    c.shade(front, p.land[4], "bottom", 1, 0.9)
    for i in range(7):
        c.rect(40 + i * 262, 1050, 230, 130, p.land[4], 0.5)
        c.rect(110 + i * 262, 1070, 90, 14, p.second)
    microscope(c, 900 - side * 175, 965, 370, side, p.third)
    x = 900.0 + side * 330
    for kind, h in (("cone", 220), ("round", 190), ("beaker", 150), ("cone", 140)):
        flask(c, x, 965, h, kind, rng.choice(_inks(c)), wall)
        x += side * h * 0.85


def _glass(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wall = mix(p.land[3], p.ink, 0.25)
    c.rect(0, 0, W, H, wall)
    for i in range(4):
        c.oval(900, 620, 830 - 170 * i, colour=mix(wall, p.third, 0.14 + 0.2 * i))
    side = rng.choice((-1, 1))
    table = box(0, 960, W, 240)
    c.fill(table, mix(p.paper, p.land[1], 0.25))
    c.shade(table, p.land[2], "bottom", 1, 0.7)
    microscope(c, 900 - side * 80, 985, 790, side, p.paper)
    kinds = [("round", 380, 420, 0), ("cone", 330, 640, 40), ("beaker", 230, 480, 90),
             ("cone", 430, -640, 0), ("tube", 340, -430, 60), ("beaker", 200, -770, 80)]
    inks = _inks(c)
    for i, (kind, h, dx, dy) in enumerate(kinds):
        x, y = 900 + side * dx, 990 + dy
        c.fill(oval(x - c.light * h * 0.2, y + 4, h * 0.5, h * 0.05), p.ink, 0.3)
        flask(c, x, y, h * rng.uniform(0.9, 1.12), kind, inks[(i + rng.randrange(2)) % 4], wall)
    for i in range(4):
        c.oval(900 + side * 420, 540 - i * 84, 26 + 8 * i,
               colour=mix(p.paper, wall, 0.35 + 0.13 * i))


def _cells(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    c.rect(0, 0, W, H, p.ink)
    lens = oval(900, 600, 690, 690)
    base = mix(p.sky[3], p.paper, 0.2)
    c.fill(lens, base)
    inks = [p.accent, p.second, p.third, mix(p.accent, p.paper, 0.45), mix(p.third, p.paper, 0.4),
            p.land[2]]
    with c.inside(lens):
        for i in range(5):
            c.line(oval(900, 600, 640 - 130 * i, 640 - 130 * i), 3, mix(base, p.land[2], 0.2))
        spots: list[tuple[float, float, float]] = []
        for _ in range(900):
            r = rng.choice((150.0, 110, 80, 80, 55, 55, 36, 24))
            x, y = rng.uniform(200, 1600), rng.uniform(-60, 1260)
            if all(math.hypot(x - a, y - b) > r + q + 10 for a, b, q in spots):
                spots.append((x, y, r))
        for x, y, r in spots:
            _cell(c, x, y, r, rng.choice(inks))
    c.line(lens, 26, mix(p.ink, p.land[2], 0.4))
    c.line(oval(900, 600, 712, 712), 12, p.land[3])
    c.fill([*oval(900, 600, 660, 660, 200, 250), *reversed(oval(900, 600, 620, 640, 200, 250))],
           p.paper, 0.5)


def _cell(c: Canvas, x: float, y: float, r: float, ink: Colour) -> None:
    p, rng = c.palette, c.rng
    ring = [(x + r * rng.uniform(0.84, 1.02) * math.cos(a * 0.698),
             y + r * rng.uniform(0.84, 1.02) * math.sin(a * 0.698)) for a in range(9)]
    skin = smooth(ring)
    c.fill(skin, ink)
    c.shade(skin, mix(ink, p.ink, 0.45), "right" if c.light < 0 else "left", 0.8, 0.8)
    inner = smooth([(x + (a - x) * 0.82, y + (b - y) * 0.82) for a, b in ring])
    c.line([*inner, inner[0]], max(2.5, r * 0.04), mix(ink, p.paper, 0.6))
    kx, ky = x + r * rng.uniform(-0.2, 0.2), y + r * rng.uniform(-0.2, 0.2)
    c.oval(kx, ky, r * 0.34, r * 0.3, mix(ink, p.ink, 0.5))
    c.oval(kx + r * 0.08, ky - r * 0.06, r * 0.12, colour=mix(ink, p.paper, 0.7))
    for _ in range(int(r / 14)):
        a, d = rng.uniform(0, 6.28), rng.uniform(0.5, 0.7) * r
        c.oval(x + d * math.cos(a), y + d * math.sin(a), r * 0.05, colour=mix(ink, p.paper, 0.5))
    c.rect(-50, H + 10, 1, 1, p.ink)
