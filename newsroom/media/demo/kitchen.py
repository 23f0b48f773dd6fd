"""Food: a chef at the stove, a table from above, a window with herbs."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import INDOORS, figure, someone
from newsroom.media.demo.food import fruit, plate, pot, steam
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box, smooth

PALETTES = ("autumn", "sage", "rose", "noon", "morning", "winter", "dusk")


def draw(c: Canvas, variant: int) -> None:
    """One of three kitchens."""
    (_chef, _table, _window)[variant % 3](c)


def _tiles(c: Canvas, y: float, deep: float, colour: Colour) -> None:
    c.rect(0, y, W, deep, mix(colour, c.palette.ink, 0.12))
    for row in range(int(deep // 58) + 1):
        for col in range(18):
            tint = mix(colour, c.palette.paper, c.rng.choice((0, 0, 0.08, 0.15)))
            with_edge = min(54, deep - row * 58)
            if with_edge > 0:
                c.rect(col * 116 - (58 if row % 2 else 0), y + row * 58, 112, with_edge, tint)


def _chef(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    wall = mix(p.land[0], p.paper, 0.35) if not p.dark else p.land[1]
    c.rect(0, 0, W, H, mix(wall, p.land[1], 0.5))
    _tiles(c, 330, 560, wall)
    c.fill([(900 - side * 430 - 330, 260), (900 - side * 430 + 330, 260),
            (900 - side * 430 + 210, 60), (900 - side * 430 - 210, 60)], mix(p.land[3], p.paper,
                                                                             0.2))
    c.rect(900 - side * 430 - 100, 0, 200, 64, mix(p.land[3], p.paper, 0.12))
    c.rect(900 - side * 430 - 345, 254, 690, 30, p.land[4])
    rail = 900 + side * 470
    c.line([(rail - 360, 190), (rail + 360, 190)], 12, p.ink)
    for i in range(6):
        x = rail - 310 + i * 124
        c.line([(x, 190), (x, 250)], 5, p.ink)
        if i % 2:
            c.line([(x, 230), (x, 350)], 16, p.ink)
            c.oval(x, 412, 72, colour=mix(p.accent, p.second, 0.4))
            c.oval(x, 412, 54, colour=mix(mix(p.accent, p.second, 0.4), p.ink, 0.28))
        else:
            c.line([(x, 240), (x, 400)], 10, p.land[4])
            c.oval(x, 424, 24, 36, p.land[4])
    shelf = 600
    c.rect(rail - 380, shelf, 760, 20, p.land[4])
    for i in range(7):
        h, w = rng.uniform(70, 130), rng.uniform(56, 80)
        x = rail - 350 + i * 106
        ink = rng.choice((p.accent, p.second, p.third, p.paper))
        c.fill(smooth([(x, shelf), (x, shelf - h), (x + w, shelf - h), (x + w, shelf)], 2), ink)
        c.rect(x + 8, shelf - h - 14, w - 16, 18, p.ink)
        c.rect(x + 10, shelf - h * 0.6, w - 20, h * 0.3, mix(ink, p.paper, 0.7))
    figure(c, 900 + side * 60, 1340, 900, someone(c, p.paper, ("scarf", "short", "bun", "bald")),
           turn=-side, hand=(0.2, 0.55))
    hx, hy = 900 + side * 60, 1340 - 0.95 * 900
    c.fill(smooth([(hx - 46, hy - 20), (hx + 46, hy - 20), (hx + 50, hy - 80), (hx + 86, hy - 120),
                   (hx + 40, hy - 170), (hx - 40, hy - 170), (hx - 86, hy - 120),
                   (hx - 50, hy - 80)]), p.paper)
    c.rect(hx - 48, hy - 52, 96, 36, mix(p.paper, p.land[2], 0.3))
    c.rect(0, 900, W, 46, p.paper)
    front = box(0, 940, W, 260)
    c.fill(front, p.third)
    c.shade(front, mix(p.third, p.ink, 0.6), "bottom", 1, 0.8)
    for i in range(5):
        c.line([(i * 400 + 60, 1000), (i * 400 + 260, 1000)], 14, p.second)
        c.line([(i * 400 - 40, 946), (i * 400 - 40, H)], 5, mix(p.third, p.ink, 0.5))
    sx = 900 - side * 430
    c.rect(sx - 330, 886, 660, 26, p.ink)
    pot(c, sx - side * 150, 888, 270, p.accent)
    steam(c, sx - side * 150, 700, 330, mix(p.paper, wall, 0.2))
    pan = sx + side * 170
    c.fill([(pan - 120, 846), (pan + 120, 846), (pan + 96, 888), (pan - 96, 888)], p.ink)
    c.line([(pan + side * 110, 852), (pan + side * 290, 810)], 18, p.ink)
    for _ in range(9):
        c.oval(pan + rng.uniform(-90, 90), 836 - rng.uniform(0, 22), 18, 14,
               rng.choice((p.second, p.accent, p.land[2])))
    bx = 900 + side * 560
    c.rect(bx - 190, 872, 380, 28, mix(p.second, p.land[4], 0.35))
    for i in range(5):
        fruit(c, bx - 130 + i * 62, 850 - 6 * (i % 2), 34, i)


def _table(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    base = mix(p.third, p.ink, 0.15)
    c.rect(0, 0, W, H, base)
    if rng.random() < 0.5:
        for i in range(9):
            c.rect(i * 225 - 40, 0, 112, H, p.paper, 0.16)
            c.rect(0, i * 225 - 90, W, 112, p.paper, 0.16)
    else:
        for i in range(7):
            c.rect(0, i * 172, W, 168, mix(mix(p.second, p.land[3], 0.45), p.ink, 0.06 * (i % 3)))
    foods = [0, 1, 2, 3]
    rng.shuffle(foods)
    spots = [(420, 340, 270), (1370, 330, 280), (430, 900, 280), (1360, 890, 270)]
    for (x, y, r), food in zip(spots, foods, strict=True):
        plate(c, x + rng.uniform(-20, 20), y + rng.uniform(-20, 20), r, food)
        for i, dx in enumerate((-1.22, 1.2)):
            kx = x + dx * r
            c.line([(kx, y - r * 0.1), (kx, y + r * 0.75)], 15, mix(p.paper, p.land[1], 0.3))
            c.fill(smooth([(kx - 20, y - r * 0.75), (kx + 20, y - r * 0.75), (kx + 14, y - r * 0.1),
                           (kx - 14, y - r * 0.1)], 4), mix(p.paper, p.land[1], 0.3))
            if i == 0:
                for t in (-8, 8):
                    c.rect(kx + t - 3, y - r * 0.78, 6, r * 0.36, base)
    bread: list[Point] = smooth([(770, 420), (900, 380), (1040, 430), (1050, 760), (900, 830),
                                 (760, 770)])
    c.fill([(x - c.light * 20, y + 24) for x, y in bread], p.ink, 0.28)
    c.fill(bread, mix(p.second, p.accent, 0.25))
    c.shade(bread, mix(p.accent, p.land[4], 0.5), "right" if c.light < 0 else "left", 0.6, 0.8)
    for i in range(4):
        c.line([(810, 500 + i * 80), (985, 460 + i * 80)], 20, mix(p.second, p.paper, 0.55))
    for x, y, ink in ((890, 180, p.paper), (910, 1040, p.second)):
        c.oval(x - c.light * 16, y + 18, 108, colour=p.ink, alpha=0.28)
        c.oval(x, y, 108, colour=mix(p.paper, p.land[1], 0.2))
        c.oval(x, y, 86, colour=mix(p.land[4], p.accent, 0.25) if ink == p.paper else ink)
        c.oval(x + 26 * c.light, y - 26, 26, colour=p.paper, alpha=0.35)
    for _ in range(7):
        bx, by = rng.choice(((90, 600), (1720, 610), (890, 1040)))
        a = rng.uniform(0, 6.28)
        lx, ly = bx + rng.uniform(-60, 60), by + rng.uniform(-80, 80)
        c.fill(smooth([(lx, ly), (lx + 44 * math.cos(a + 0.4), ly + 44 * math.sin(a + 0.4)),
                       (lx + 80 * math.cos(a), ly + 80 * math.sin(a)),
                       (lx + 44 * math.cos(a - 0.4), ly + 44 * math.sin(a - 0.4))]), p.land[3])


def _window(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    wall = mix(p.paper, p.second, 0.3) if not p.dark else p.land[1]
    c.rect(0, 0, W, H, wall)
    _tiles(c, 640, 260, mix(p.third, p.paper, 0.55))
    wx = 900 + side * 150
    pane = box(wx - 430, 90, 860, 530)
    with c.inside(pane):
        land.sky(c, 560)
        land.sun(c, wx + side * 220, 260, 80)
        for i in range(3):
            land.ground(c, land.ridge(c, 420 + 70 * i, 34, 800), p.land[i])
        for i in range(7):
            land.cypress(c, wx - 390 + i * 130, 600, rng.uniform(90, 190), p.land[3], p.land[2])
    for x in (wx - 444, wx - 12, wx + 418):
        c.rect(x, 76, 26, 560, p.paper)
    for y in (76, 340, 614):
        c.rect(wx - 444, y, 888, 24, p.paper)
    for way in (-1, 1):
        edge, cloth = wx + way * 500, mix(p.accent, p.paper, 0.15)
        c.fill(smooth([(edge, 60), (edge - way * 240, 60), (edge - way * 200, 240),
                       (edge - way * 60, 420), (edge - way * 90, 640), (edge + way * 20, 640)], 6),
               cloth)
        for i in range(3):
            c.line([(edge - way * (10 + 56 * i), 66), (edge - way * (4 + 18 * i), 420),
                    (edge - way * (4 + 22 * i), 636)], 6, mix(cloth, p.ink, 0.25))
    c.line([(wx - 560, 58), (wx + 560, 58)], 16, p.ink)
    c.rect(wx - 470, 634, 940, 24, mix(p.paper, p.land[1], 0.35))
    for i in range(3):
        x, ink = wx - 270 + i * 270, (p.accent, p.second, p.third)[(i + rng.randrange(2)) % 3]
        c.fill([(x - 62, 540), (x + 62, 540), (x + 46, 636), (x - 46, 636)], ink)
        c.rect(x - 70, 524, 140, 24, mix(ink, p.ink, 0.2))
        for j in range(13):
            lx, ly = x + rng.uniform(-76, 76), 500 - rng.uniform(0, 110)
            c.line([(x, 528), (lx, ly)], 4, p.land[4])
            c.oval(lx, ly, 25, 19, (p.land[2], p.land[3])[j % 2])
    c.rect(0, 890, W, 44, mix(p.second, p.land[4], 0.35))
    front = box(0, 930, W, 270)
    c.fill(front, mix(p.paper, p.third, 0.2))
    c.shade(front, mix(p.third, p.paper, 0.2), "bottom", 1, 0.6)
    for i in range(5):
        c.line([(i * 380 + 40, 950), (i * 380 + 40, H)], 6, mix(p.third, p.ink, 0.2))
        c.oval(i * 380 + 90, 1050, 15, colour=p.second)
    x = 900 - side * 560
    hx, _ = figure(c, x, 1300, 870, someone(c, rng.choice((p.third, p.accent, p.land[3])), INDOORS),
                   turn=side,
                   hand=(0.24, 0.49))
    pot(c, hx + side * 20, 895, 230, p.accent, lid=False)
    steam(c, hx + side * 20, 740, 260, p.paper)
    pot(c, 900 + side * 260, 895, 210, p.third, lid=True)
    for i in range(6):
        fruit(c, 900 + side * (470 + 66 * i), 862, 36, i)
