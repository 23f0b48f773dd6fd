"""Politics: the house from the square, the chamber, a statement to the press."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import INDOORS, figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.press import back_of_head, press
from newsroom.media.demo.shapes import box, oval, smooth

PALETTES = ("morning", "autumn", "dusk", "winter", "rose", "night", "sage", "noon")


def draw(c: Canvas, variant: int) -> None:
    """One of three views of a parliament."""
    (_square, _chamber, press)[variant % 3](c)


def flag(c: Canvas, x: float, y: float, h: float, inks: tuple[Colour, Colour], way: int) -> None:
    """A flag of two bars in the wind, on a pole of height `h`."""
    c.line([(x, y), (x, y - h)], max(4, h * 0.022), c.palette.ink)
    c.oval(x, y - h, h * 0.022, colour=c.palette.second)
    long, deep = h * 0.42, h * 0.13
    for row, ink in enumerate(inks):
        upper = [(x + way * long * i / 8, y - h * 0.97 + row * deep + h * 0.02 * math.sin(i * 0.9))
                 for i in range(9)]
        c.fill([*upper, *[(a, b + deep) for a, b in reversed(upper)]], ink)


def _square(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.choice((330, 1470, 900))
    land.sky(c, 860, rings=(sx, 620) if sx != 900 or rng.random() < 0.5 else None)
    land.sun(c, sx, rng.uniform(200, 420), 110)
    land.cloud(c, (sx + 700) % 1400, 250, 360, mix(p.sky[4], p.paper, 0.6))
    stone = mix(p.paper, p.sky[3], 0.15) if not p.dark else mix(p.paper, p.land[2], 0.35)
    dim, deep = mix(stone, p.land[3], 0.35), mix(stone, p.ink, 0.6)
    for way in (-1, 1):
        x = 900.0 + way * 590
        c.rect(x - 270, 600, 540, 330, stone)
        c.rect(x - 290, 580, 580, 28, dim)
        for i in range(7):
            wx = x - 230 + i * 70
            for y in (640, 780):
                c.rect(wx, y, 36, 84,
                       p.second if rng.random() < (0.6 if p.dark else 0.12) else deep)
                c.rect(wx - 5, y + 84, 46, 9, dim)
    c.rect(620, 420, 560, 160, stone)
    for i in range(11):
        c.rect(640 + i * 50, 440, 22, 130, dim if i % 2 else deep)
    dome = rng.randrange(3)
    if dome < 2:
        c.rect(700, 330, 400, 110, stone)
        for i in range(10):
            c.rect(716 + i * 38, 346, 18, 80, deep)
        copper = mix(p.third, p.paper, 0.25)
        shape = [*oval(900, 334, 190, 230 if dome else 180, 180, 360)]
        c.fill(shape, copper)
        with c.inside(shape):
            for u in (-0.62, -0.2, 0.24, 0.66):
                c.line(smooth([(900 + u * 190, 340), (900 + u * 150, 220), (900, 90)],
                              closed=False),
                       6, mix(copper, p.ink, 0.3))
        c.shade(shape, mix(copper, p.ink, 0.5), "right" if c.light < 0 else "left", 0.7, 0.9)
        top = 110 if dome else 160
        c.rect(874, top - 50, 52, 60, stone)
        flag(c, 900, top - 40, 150, (p.accent, p.paper), -c.light)
    else:
        c.rect(790, 196, 220, 264, stone)
        c.rect(790 if c.light > 0 else 930, 196, 80, 264, dim)
        c.fill([(770, 200), (900, 36), (1030, 200)], p.third)
        c.oval(900, 296, 74, colour=p.ink)
        c.oval(900, 296, 62, colour=p.paper)
        c.line([(900, 296), (900, 252)], 8, p.ink)
        c.line([(900, 296), (930, 312)], 8, p.accent)
    c.rect(560, 560, 680, 60, stone)
    c.fill([(530, 570), (900, 430), (1270, 570)], stone)
    c.fill([(620, 556), (900, 452), (1180, 556)], dim)
    c.oval(900, 522, 26, colour=p.second)
    c.rect(590, 610, 620, 330, deep)
    c.rect(836, 720, 128, 220, mix(p.accent, p.ink, 0.5))
    for i in range(6):
        x = 606 + i * 110
        c.rect(x, 620, 40, 320, stone)
        c.rect(x + (24 if c.light < 0 else 0), 620, 16, 320, dim)
        c.rect(x - 9, 612, 58, 18, stone)
        c.rect(x - 9, 922, 58, 20, stone)
    for i in range(7):
        c.rect(560 - i * 30, 938 + i * 15, 680 + i * 60, 16, mix(stone, p.land[2], 0.12 + 0.06 * i))
    plaza = box(0, 1040, W, 160)
    c.rect(0, 925, 400, 120, mix(p.land[2], p.land[1], 0.4))
    c.rect(1400, 925, 400, 120, mix(p.land[2], p.land[1], 0.4))
    c.fill(plaza, mix(p.paper, p.land[2], 0.4))
    c.shade(plaza, p.land[3], "bottom", 0.8, 0.5)
    for way in (-1, 1):
        for i in range(3):
            land.tree(c, 900 + way * (480 + i * 165), 1050, rng.uniform(170, 230), p.land[3],
                      p.land[2])
        flag(c, 900 + way * 400, 1060, 420, (p.third, p.second) if way < 0 else (p.accent, p.paper),
             -c.light)
    _crowd(c, rng.choice((5, 9, 14)))


def _crowd(c: Canvas, n: int) -> None:
    spots = sorted((c.rng.uniform(1060, 1180), c.rng.uniform(120, 1680)) for _ in range(n))
    for y, x in spots:
        figure(c, x, y, 130 + (y - 1060) * 0.75, someone(c), pose=c.rng.choice(("walk", "stand")),
               turn=c.rng.choice((-1, 1)), shadow=c.palette.ink)


def _chamber(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wood = mix(p.second, p.land[4], 0.45)
    wall = mix(p.land[3], p.ink, 0.15)
    c.rect(0, 0, W, H, wall)
    for i in range(13):
        x = 900.0 + (i - 6) * 150
        c.rect(x - 60, 0, 120, 430, mix(wood, p.ink, 0.3 + 0.04 * abs(i - 6)))
        c.rect(x - 48, 0, 96, 418, mix(wood, p.ink, 0.15 + 0.04 * abs(i - 6)))
    flag(c, 560, 440, 360, (p.accent, p.paper), 1)
    flag(c, 1240, 440, 360, (p.third, p.second), -1)
    c.oval(900, 170, 92, colour=p.second)
    c.oval(900, 170, 74, colour=mix(p.second, p.ink, 0.4))
    for i in range(12):
        a = i * 0.5236
        c.line([(900 + 34 * math.cos(a), 170 + 34 * math.sin(a)),
                (900 + 62 * math.cos(a), 170 + 62 * math.sin(a))], 8, p.second)
    floor = [(0, 430), (W, 430), (W, H), (0, H)]
    c.fill(floor, mix(p.accent, p.land[4], 0.35))
    c.shade(floor, mix(p.accent, p.ink, 0.75), "bottom", 0.9, 0.8)
    c.fill([(640, 330), (1160, 330), (1190, 470), (610, 470)], wood)
    c.rect(620, 320, 560, 22, mix(wood, p.paper, 0.3))
    for dx in (-170, 0, 170):
        with c.inside(box(900 + dx - 90, 150, 180, 172)):
            figure(c, 900 + dx, 530, 350, someone(c, p.ink, INDOORS), turn=1 if dx <= 0 else -1)
    c.fill([(790, 420), (1010, 420), (990, 600), (810, 600)], mix(wood, p.paper, 0.15))
    c.rect(776, 408, 248, 20, mix(wood, p.paper, 0.4))
    with c.inside(box(760, 200, 280, 210)):
        figure(c, 900, 660, 400, someone(c, p.third, INDOORS), turn=rng.choice((-1, 1)),
               hand=(0.2, 0.72))
    inks = (p.ink, p.land[3], mix(p.third, p.ink, 0.5), mix(p.accent, p.ink, 0.55), p.land[2],
            p.accent, p.second, mix(p.paper, p.land[2], 0.4))
    for row in range(5):
        r, k = 540 + row * 205, 62 + row * 21
        cy = 490 + row * 20
        n = 11 + row
        c.line(oval(900, cy, r + 26, (r + 26) * 0.56, 8, 172), 50 + row * 12,
               mix(wood, p.ink, 0.25))
        c.line(oval(900, cy, r - 6, (r - 6) * 0.56, 6, 174), 18, mix(wood, p.paper, 0.2))
        for i in range(n):
            a = math.radians(14 + 152 * (i + 0.5 * (row % 2)) / n)
            x, y = 900 + (r + 34) * math.cos(a), cy + (r + 34) * 0.56 * math.sin(a)
            if rng.random() < 0.1 or not -80 < x < W + 80 or y > H + 130:
                continue
            look = someone(c, rng.choice(inks), ("short", "long", "bun", "round", "bald", "scarf"))
            body = smooth([(x - k * 0.75, y + k * 0.9), (x - k * 0.7, y),
                           (x - k * 0.2, y - k * 0.3),
                           (x + k * 0.2, y - k * 0.3), (x + k * 0.7, y), (x + k * 0.75,
                                                                          y + k * 0.9)])
            c.fill(body, look.coat)
            back_of_head(c, x, y - k * 0.62, k * 0.36,
                          look.hair if look.style != "bald" else look.skin,
                          look.style, look.skin)
