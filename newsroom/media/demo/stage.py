"""Culture: a soloist in the light, an orchestra, dancers."""

# Points read better side by side than one to a line.
# fmt: off

from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.performers import cellist, dancer, pianist
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("night", "dusk", "rose", "autumn", "winter", "morning", "sage")


def draw(c: Canvas, variant: int) -> None:
    """One of three evenings."""
    (_solo, _orchestra, _dance)[variant % 3](c)


def _curtains(c: Canvas, colour: Colour, reach: float) -> None:
    """Both halves of the curtain, drawn back, and the border above."""
    p = c.palette
    dark = mix(colour, p.ink, 0.45)
    for way in (-1, 1):
        edge = 900 + way * 900

        def at(u: float, y: float, edge: float = edge, way: int = way) -> Point:
            return edge - way * u, y

        cloth = smooth([at(-20, -20), at(reach * 1.5, -20), at(reach * 1.25, 300),
                        at(reach * 0.85, 560),
                        at(reach * 0.45, 700), at(reach * 0.62, 860), at(reach * 0.68, 1100),
                        at(-20, 1120)], 8)
        c.fill(cloth, colour)
        with c.inside(cloth):
            for i in range(6):
                u = i / 6
                c.fill(smooth([at(reach * 1.5 * u, -20), at(reach * (1.5 * u + 0.1), -20),
                               at(reach * (0.8 * u + 0.05), 560), at(reach * (0.42 * u + 0.02),
                                                                     700),
                               at(reach * (0.66 * u + 0.07), 1120), at(reach * 0.66 * u, 1120),
                               at(reach * 0.42 * u, 700), at(reach * 0.8 * u, 560)], 4), dark)
        c.line([at(-10, 690), at(reach * 0.48, 705)], 26, p.second)
    n = 9
    for i in range(n):
        x, w = i * W / n, W / n
        swag = [(x, -10), (x + w, -10), *oval(x + w / 2, 70, w / 2, 66, 0, 180)]
        c.fill(swag, colour)
        c.shade(swag, dark, "bottom", 0.7, 0.9)
        c.line(oval(x + w / 2, 70, w / 2, 66, 0, 180), 9, p.second)


def _audience(c: Canvas, rows: int, ink: Colour) -> None:
    rng = c.rng
    for row in range(rows):
        y, r = 1080 + row * 72, 34 + row * 12
        x = rng.uniform(-40, 0)
        tint = mix(ink, c.palette.land[3], 0.5 - 0.5 * row / max(1, rows - 1))
        while x < W + 60:
            c.oval(x, y, r, r * 1.2, tint)
            c.fill(smooth([(x - r * 2, y + r * 4), (x - r * 1.7, y + r * 1.7), (x, y + r),
                           (x + r * 1.7, y + r * 1.7), (x + r * 2, y + r * 4)]), tint)
            if rng.random() < 0.3:
                c.oval(x, y - r * 1.1, r * 0.5, colour=tint)
            x += r * rng.uniform(3.0, 3.9)


def _beam(c: Canvas, x: float, top: float, y: float, wide: float) -> None:
    p = c.palette
    c.fill([(top - 14, -10), (top + 14, -10), (x + wide, y), (x - wide, y)], p.second, 0.22)
    c.fill([(top - 8, -10), (top + 8, -10), (x + wide * 0.62, y), (x - wide * 0.62, y)], p.paper,
           0.2)


def _solo(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    back = mix(p.land[4], p.ink, 0.4)
    c.rect(0, 0, W, H, back)
    mid = 900 + rng.uniform(-160, 160)
    for i in range(3):
        c.oval(mid, 640, 640 - 160 * i, colour=mix(back, p.land[2], 0.2 + 0.2 * i))
    floor = box(0, 930, W, 200)
    c.fill(floor, mix(p.land[3], p.accent, 0.15))
    for i in range(12):
        c.line([(i * 165, 930), (900 + (i * 165 - 900) * 1.4, 1130)], 4, back)
    _beam(c, mid, mid + rng.choice((-420, 420)), 985, 330)
    c.oval(mid, 985, 330, 56, mix(p.second, p.paper, 0.55))
    who = rng.randrange(3)
    look = someone(c, p.accent, ("long", "bun", "round", "short"))
    if who == 0:
        figure(c, mid, 1000, 620, look, hand=(0.12, 0.8))
        c.line([(mid + 78, 1000), (mid + 78, 470)], 8, p.ink)
        c.oval(mid + 74, 462, 20, 26, p.ink)
        c.line([(mid + 30, 1000), (mid + 126, 1000)], 12, p.ink)
    elif who == 1:
        cellist(c, mid, 1005, 660, look)
    else:
        pianist(c, mid, 1000, look)
    _curtains(c, p.accent if p.name != "rose" else p.third, 480)
    _audience(c, 2, p.ink)


def _orchestra(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wood = mix(mix(p.second, p.accent, 0.3), p.land[3], 0.25)
    wall = mix(wood, p.land[4], 0.4)
    c.rect(0, 0, W, H, mix(wall, p.ink, 0.35))
    for i in range(11):
        x = 900.0 + (i - 5) * 175
        h = 420 - 34 * abs(i - 5)
        c.rect(x - 74, 500 - h, 148, h, mix(wall, p.paper, 0.06 * (i % 3)))
        for j in range(6):
            c.rect(x - 62 + j * 22, 500 - h + 16, 9, h - 30, mix(wall, p.paper, 0.35))
    floor = [(0, 520), (W, 520), (W, H), (0, H)]
    c.fill(floor, wood)
    c.shade(floor, p.land[4], "bottom", 0.8, 0.7)
    for row in range(4):
        y, h, n = 585 + row * 118, 175 + row * 46, 12 - row * 2
        if row < 3:
            c.fill([*oval(900, y + h * 0.24, 1050, 70, 180, 360), (1950, y + 130), (-150, y + 130)],
                   mix(wood, p.land[4], 0.12 + 0.14 * row))
        for i in range(n):
            u = (i - (n - 1) / 2) / ((n - 1) / 2)
            if row == 3 and abs(u) < 0.3:
                continue
            x, fy = 900 + u * (760 + 40 * row), y + 52 * u * u * (row * 0.4) + h * 0.2
            turn = -1 if u > 0 else 1
            look = someone(c, rng.choice((p.ink, p.ink, p.land[4], mix(p.ink, p.accent, 0.3))),
                           ("short", "long", "bun", "round", "bald"))
            figure(c, x, fy, h, look, pose="sit", turn=turn, hand=(0.14, 0.45))
            body = mix(p.accent, p.second, rng.uniform(0.2, 0.7))
            if row < 1:
                c.line([(x + turn * h * 0.05, fy - h * 0.62), (x + turn * h * 0.3, fy - h * 0.5)],
                       h * 0.04, p.second)
                c.oval(x + turn * h * 0.3, fy - h * 0.5, h * 0.06, colour=p.second)
            elif row < 3:
                c.fill(oval(x + turn * h * 0.13, fy - h * 0.56, h * 0.12, h * 0.045), body)
                c.line([(x + turn * h * 0.1, fy - h * 0.62), (x + turn * h * 0.18, fy - h * 0.4)],
                       4, p.paper)
            else:
                c.fill(oval(x + turn * h * 0.16, fy - h * 0.26, h * 0.1, h * 0.19), body)
                c.line([(x + turn * h * 0.16, fy - h * 0.3), (x + turn * h * 0.1, fy - h * 0.66)],
                       h * 0.025, p.ink)
            c.rect(x + turn * h * 0.36 - 3, fy - h * 0.34, 6, h * 0.34, p.ink)
            c.fill([(x + turn * h * 0.28, fy - h * 0.38), (x + turn * h * 0.44, fy - h * 0.42),
                    (x + turn * h * 0.44, fy - h * 0.3), (x + turn * h * 0.28,
                                                          fy - h * 0.27)], p.paper)
    c.fill([(760, 1130), (1040, 1130), (1080, 1200), (720, 1200)], p.accent)
    look = someone(c, p.ink, ("short", "long", "bun", "round"))
    for way, up in ((-1, 0.98), (1, 0.86)):
        x0, y0 = 900 + way * 50, 1140 - 0.77 * 560
        tip = (900 + way * 190, 1140 - up * 560)
        c.line([(x0, y0), (900 + way * 150, y0 + 10), tip], 38, p.ink)
        c.oval(*tip, 17, colour=look.skin)
        if way > 0:
            c.line([tip, (tip[0] + 60, tip[1] - 84)], 6, p.paper)
    figure(c, 900, 1140, 560, look, back=True, hand=(0.0, 0.7))
    c.oval(903, 1140 - 0.69 * 560, 17, colour=p.ink)


def _dance(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    back = p.land[3] if p.dark else mix(p.land[2], p.third, 0.4)
    c.rect(0, 0, W, H, back)
    mid = rng.choice((700, 900, 1100))
    c.oval(mid, 560, 430, colour=p.second)
    c.oval(mid, 560, 340, colour=mix(p.second, p.paper, 0.25))
    floor = box(0, 960, W, 240)
    c.fill(floor, mix(back, p.ink, 0.5))
    c.shade(floor, back, "top", 0.8, 0.8)
    n = rng.choice((3, 4))
    for i in range(n):
        x = 900 + (i - (n - 1) / 2) * 400 + rng.uniform(-30, 30)
        dancer(c, x, 1040 + 40 * (i % 2), rng.uniform(600, 690),
                (p.accent, p.paper, p.ink, p.third)[i], 1 if i % 2 else -1, i)
