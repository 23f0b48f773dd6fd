"""Farmland: furrows to the horizon, patchwork hills, the harvest."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("noon", "autumn", "rose", "sage", "morning", "dusk", "winter")


def draw(c: Canvas, variant: int) -> None:
    """One of three landscapes."""
    (_furrows, _patchwork, _harvest)[variant % 3](c)


def _crops(c: Canvas) -> tuple[Colour, Colour, Colour]:
    """Ripe, green and young."""
    p = c.palette
    return mix(p.second, p.land[1], 0.25), p.land[2], mix(p.land[1], p.second, 0.3)


def _furrows(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    gold, green, _pale = _crops(c)
    vx = rng.uniform(500, 1300)
    land.sky(c, 560, rings=(vx, 520) if rng.random() < 0.6 else None)
    land.sun(c, vx, rng.uniform(300, 420), 115)
    land.cloud(c, (vx + 800) % 1500, 270, 330, mix(p.sky[4], p.paper, 0.6))
    land.ground(c, land.ridge(c, 520, 34, 1400), p.land[0])
    land.ground(c, land.ridge(c, 556, 22, 900), p.land[1])
    field = land.ground(c, land.ridge(c, 600, 10, 2600), gold)
    with c.inside(field):
        for i in range(-17, 18):
            near, wide = vx + i * 230, 115
            c.fill([(vx + i * 16, 590), (vx + i * 16 + 6, 590), (near + wide, H), (near, H)],
                   green if i % 3 else mix(green, p.ink, 0.35))
    c.shade(field, mix(green, p.ink, 0.6), "bottom", 0.5, 0.75)
    barn = vx + rng.choice((-1, 1)) * rng.uniform(330, 420)
    for i in range(5):
        land.tree(c, barn - 240 + i * 116, 612, rng.uniform(130, 200), p.land[3], p.land[2])
    _barn(c, barn, 630, 250)
    _tractor(c, vx + (160 if barn < vx else -160), 850, 0.85, 1 if barn < vx else -1)


def _barn(c: Canvas, x: float, y: float, w: float) -> None:
    p = c.palette
    wall = p.tinted(p.accent)
    side = [(x, y), (x, y - w * 0.34), (x + w, y - w * 0.34), (x + w, y)]
    c.fill(side, mix(wall, p.ink, 0.3))
    c.fill([(x - 8, y - w * 0.33), (x + w * 0.08, y - w * 0.62), (x + w * 0.96, y - w * 0.62),
            (x + w + 10, y - w * 0.33)], p.land[4])
    front = [(x - w * 0.3, y), (x - w * 0.3, y - w * 0.34), (x - w * 0.24, y - w * 0.5),
             (x - w * 0.1, y - w * 0.66), (x + w * 0.04, y - w * 0.5), (x + w * 0.1, y - w * 0.34),
             (x + w * 0.1, y)]
    c.fill(front, wall)
    c.line([*front[1:6]], 8, p.paper)
    c.rect(x - w * 0.18, y - w * 0.26, w * 0.16, w * 0.26, p.paper)
    c.line([(x - w * 0.17, y - w * 0.25), (x - w * 0.03, y - 4)], 5, wall)
    c.line([(x - w * 0.03, y - w * 0.25), (x - w * 0.17, y - 4)], 5, wall)
    c.rect(x + w * 1.06, y - w * 0.8, w * 0.2, w * 0.8, mix(p.paper, p.land[1], 0.3))
    c.rect(x + w * (1.17 if c.light < 0 else 1.06), y - w * 0.8, w * 0.09, w * 0.8, p.land[2])
    c.fill(oval(x + w * 1.16, y - w * 0.8, w * 0.1, w * 0.09, 180, 360), p.third)


def _tractor(c: Canvas, x: float, y: float, k: float, turn: int) -> None:
    p = c.palette

    def at(u: float, v: float) -> Point:
        return x + u * k * turn, y - v * k

    body = p.accent
    c.fill([at(-190, -6), at(210, -6), at(150, -30), at(-150, -30)], p.ink, 0.35)
    c.fill([at(-90, 60), at(-90, 150), at(170, 140), at(180, 60)], body)
    c.fill([at(-90, 60), at(-90, 90), at(180, 90), at(180, 60)], mix(body, p.ink, 0.35))
    c.line([at(110, 140), at(110, 220)], 11 * k, p.ink)
    c.fill([at(-110, 150), at(-80, 270), at(30, 270), at(50, 146)], mix(p.sky[4], p.paper, 0.4))
    c.line([at(-100, 150), at(-80, 268), at(34, 268), at(52, 146)], 10 * k, p.ink)
    c.line([at(-98, 278), at(52, 278)], 18 * k, body)
    c.oval(*at(-24, 220), 22 * k, 26 * k, p.tinted((166, 107, 69)))
    c.fill(smooth([at(-60, 148), at(-50, 196), at(4, 196), at(10, 148)]), p.third)
    c.line([at(-52, 238), at(14, 238)], 10 * k, p.second)
    for u, r in ((-80, 100), (140, 62)):
        c.oval(*at(u, r - 24), r * k, colour=p.ink)
        c.oval(*at(u, r - 24), r * 0.55 * k, colour=p.second)
        c.oval(*at(u, r - 24), r * 0.2 * k, colour=p.ink)


def _patchwork(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    gold, _green, pale = _crops(c)
    land.sky(c, 480)
    land.sun(c, rng.choice((350, 1420)), 190, 90)
    land.birds(c, rng.uniform(700, 1100), 200, 6, p.land[4])
    land.ground(c, land.ridge(c, 430, 60, 1500), mix(p.land[0], p.sky[3], 0.3))
    tints = (p.land[1], gold, pale, p.land[2], mix(gold, p.accent, 0.25), p.land[3])
    for i in range(6):
        y = 470 + i * 118
        line = land.ridge(c, y, 52, 1150 + 190 * (i % 3))
        colour = tints[i]
        hill = land.ground(c, line, colour)
        focus = rng.uniform(200, 1600)
        with c.inside(hill):
            for j in range(-15, 16):
                if i % 2 or j % 2:
                    c.line([(focus + j * 26, y - 60), (focus + j * (110 + 16 * i), y + 330)],
                           7 + i, mix(colour, p.ink, 0.16))
        c.shade([*line, (W, y + 230), (0, y + 230)], mix(colour, p.ink, 0.45),
                "left" if c.light > 0 else "right", 0.7, 0.6)
        x = rng.uniform(80, 400)
        while x < W and i < 5:
            ty = land.height_at(line, x) + 8
            if rng.random() < 0.6:
                land.cypress(c, x, ty, rng.uniform(90, 130) + 22 * i, p.land[4], p.land[2])
            else:
                land.tree(c, x, ty, rng.uniform(90, 120) + 16 * i, p.land[3], p.land[2])
            x += rng.choice((60, 75, 420, 560))
        if i == 2:
            hx = rng.uniform(600, 1150)
            hy = land.height_at(line, hx + 60) + 22
            for dx, w, h in ((0, 130, 90), (100, 90, 130), (180, 150, 76)):
                wall = mix(p.paper, p.second, 0.15)
                c.rect(hx + dx, hy - h, w, h, wall)
                c.rect(hx + dx + (w * 0.6 if c.light < 0 else 0), hy - h, w * 0.4, h, p.ink, 0.2)
                c.fill([(hx + dx - 12, hy - h), (hx + dx + w / 2, hy - h - 44),
                        (hx + dx + w + 12, hy - h)], p.tinted(p.accent))
                c.rect(hx + dx + w * 0.3, hy - h + 24, 16, 26, p.land[4])


def _harvest(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    gold, _green, _pale = _crops(c)
    sx = rng.choice((480, 1320))
    land.sky(c, 640, rings=(sx, 600))
    land.sun(c, sx, 520, 170)
    land.ground(c, land.ridge(c, 610, 26, 1300), p.land[2])
    for i in range(14):
        land.tree(c, 60 + i * 130 + rng.uniform(-30, 30), 650, rng.uniform(90, 170), p.land[3],
                  p.land[2])
    ground = land.ground(c, land.ridge(c, 655, 12, 2000), gold)
    for i in range(9):
        y = 690 + i * i * 7
        land.ground(c, land.ridge(c, y, 9, 1700), mix(gold, p.land[3], 0.06 + 0.05 * i))
    c.shade(ground, mix(p.land[4], p.accent, 0.2), "bottom", 0.65, 0.8)
    for t, x in sorted((rng.random(), rng.uniform(100, 1700)) for _ in range(7)):
        _bale(c, x, 720 + 420 * t, 44 + 92 * t)
    x = 900 + (380 if sx < 900 else -380)
    for i in range(rng.choice((1, 2, 3))):
        figure(c, x + i * 130, 1080 + 16 * i, 330, someone(c, None, ("hat", "scarf", "cap")),
               pose="walk", turn=1 if sx > 900 else -1, shadow=p.ink)


def _bale(c: Canvas, x: float, y: float, r: float) -> None:
    p = c.palette
    straw = mix(p.second, p.paper, 0.2)
    c.fill(oval(x - c.light * r * 0.9, y + r * 0.05, r * 2.1, r * 0.2), p.ink, 0.3)
    c.fill([*box(x, y - 2 * r, r * 1.3, 2 * r)], mix(straw, p.ink, 0.32))
    c.oval(x + r * 1.3, y - r, r * 0.55, r, mix(straw, p.ink, 0.32))
    c.oval(x, y - r, r * 0.72, r, straw)
    for q in (0.74, 0.48, 0.22):
        c.line(oval(x, y - r, r * 0.72 * q, r * q), 3, mix(straw, p.ink, 0.3))
