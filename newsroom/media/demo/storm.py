"""Bad weather: a gale at sea, a wet street, a front over the plain."""

# Points read better side by side than one to a line.
# fmt: off

from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.gale import bolt, gloom, heavy, trawler, wave
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("winter", "night", "dusk", "morning", "sage", "rose")


def draw(c: Canvas, variant: int) -> None:
    """One of three storms."""
    (_sea, _street, _plain)[variant % 3](c)


def _sea(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    dark, mid, grey, glow = gloom(c)
    side = rng.choice((-1, 1))
    c.rect(0, 0, W, H, glow)
    c.rect(0, 0, W, 560, mix(glow, grey, 0.4))
    heavy(c, 470, grey, 170)
    bolt(c, 900 - side * 420, 150, 720, 15)
    heavy(c, 330, mid, 190)
    heavy(c, 180, dark, 190)
    tx = 900 + side * 470
    c.fill([(tx, 372), (tx - side * 1500, 250), (tx - side * 1500, 560)], p.second, 0.35)
    c.fill(smooth([(tx - 330, 800), (tx - 160, 690), (tx, 660), (tx + 180, 690), (tx + 360, 810)]),
           dark)
    tower = [(tx - 46, 680), (tx - 30, 410), (tx + 30, 410), (tx + 46, 680)]
    c.fill(tower, p.paper)
    with c.inside(tower):
        c.rect(tx - 60, 480, 120, 66, p.accent)
        c.rect(tx - 60, 606, 120, 80, p.accent)
        c.rect(tx - side * 2 - (0 if side > 0 else 90), 380, 90, 400, p.ink, 0.25)
    c.rect(tx - 44, 398, 88, 14, p.ink)
    c.rect(tx - 26, 348, 52, 52, p.second)
    c.fill([(tx - 38, 350), (tx, 300), (tx + 38, 350)], p.ink)
    for i in range(5):
        colour = mix(mix(p.land[1], glow, 0.2), mix(p.land[4], p.ink, 0.2), i / 4)
        wave(c, 740 + i * 95, 46 + 22 * i, 250 + 60 * i, colour, side)
        if i == 2:
            trawler(c, 900 - side * rng.uniform(80, 260), 930, side)
    land.rain(c, mix(p.paper, glow, 0.3), 130, 0.45 * side, 0.5)


def _street(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    dark, mid, grey, glow = gloom(c)
    c.rect(0, 0, W, H, mix(glow, grey, 0.5))
    for layer, (base, far) in enumerate(((780, 0.55), (800, 0.15))):
        x = -40.0
        while x < W:
            w, h = rng.uniform(150, 250), rng.uniform(360, 620) - layer * 130
            wall = mix(rng.choice((p.land[2], p.land[3], mix(p.accent, p.land[3], 0.7))), glow, far)
            c.rect(x, base - h, w + 1, h, wall)
            for row in range(int(h // 74)):
                for col in range(int(w // 52)):
                    on = rng.random() < 0.35
                    c.rect(x + 18 + col * 52, base - h + 24 + row * 74, 24, 40,
                           mix(p.second, wall, far * 0.7) if on else mix(wall, p.ink, 0.25))
            x += w
    heavy(c, 150, grey, 130)
    heavy(c, 70, mid, 120)
    c.rect(0, 780, W, 30, dark)
    for x in (260.0, 1240.0):
        x += rng.uniform(-60, 200)
        c.line([(x, 800), (x, 380)], 12, p.ink)
        c.line([(x, 384), (x + 70, 360)], 10, p.ink)
        c.oval(x + 88, 376, 30, 22, p.second)
        c.oval(x + 88, 376, 105, 95, p.second, 0.14)
    n = rng.choice((4, 5, 6))
    tints = [p.accent, p.second, p.third, p.paper, mix(p.accent, p.paper, 0.4), p.land[1]]
    crowd = [(240 + i * (1350 / (n - 1)) + rng.uniform(-50, 50),
              rng.uniform(0, 1)) for i in range(n)]
    way = rng.choice((-1, 1))
    lean = 0.35 * way
    for i, (x, t) in enumerate(sorted(crowd, key=lambda s: s[1])):
        h = 300 + 100 * t
        y = 830 + 60 * t
        hx, hy = figure(c, x, y, h, someone(c, rng.choice((p.ink, p.land[4], p.third, p.accent))),
                        pose="walk", turn=way, hand=(0.1, 0.7))
        _umbrella(c, hx, hy, h * 0.36, tints[i], way)
    land.mirror(c, 895, dark, 0.4)
    land.ripples(c, 900, mix(p.second, p.paper, 0.4), 900, 26, 1.6)
    land.rain(c, mix(p.paper, glow, 0.2), 210, lean, 0.55)


def _umbrella(c: Canvas, x: float, y: float, r: float, colour: Colour, way: int) -> None:
    p = c.palette
    top = (x + way * r * 0.14, y - r * 1.28)
    c.line([(x, y + r * 0.1), top], 6, p.ink)
    cx, cy = x + way * r * 0.1, y - r * 0.62
    dome = oval(cx, cy, r, r * 0.66, 180, 360)
    hem: list[Point] = []
    for i in range(4):
        hem += oval(cx + r * (0.75 - 0.5 * i), cy, r * 0.25, r * 0.1, 360, 540)[::1]
    c.fill([*dome, *[(a, 2 * cy - b) for a, b in hem]][: len(dome)], colour)
    with c.inside(dome):
        c.fill(oval(cx + r * 0.55 * -c.light, cy, r * 0.62, r * 0.7), mix(colour, p.ink, 0.28))
        c.fill(oval(cx, cy, r * 0.28, r * 0.66), mix(colour, p.paper, 0.25))
    for i in range(4):
        c.oval(cx + r * (0.75 - 0.5 * i), cy + 1, r * 0.25, r * 0.09, mix(colour, p.ink, 0.5))
    c.line([top, (top[0] + way * 2, top[1] - 12)], 6, p.ink)


def _veil(c: Canvas, x: float, wide: float, colour: Colour) -> None:
    """A distant shower, leaning."""
    for i in range(4):
        w = wide * (1 - 0.2 * i)
        c.fill([(x - w, 480), (x + w, 480), (x + w - 120, 890), (x - w - 120, 890)], colour, 0.22)


def _plain(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    dark, _mid, grey, glow = gloom(c)
    side = rng.choice((-1, 1))
    c.rect(0, 0, W, H, mix(p.sky[4], p.second, 0.15))
    c.rect(0, 0, W, 700, glow)
    for i, (y, size) in enumerate(((620, 210), (500, 230), (360, 250), (190, 250))):
        heavy(c, y, mix(grey, dark, i / 3), size)
        if i == 0:
            _veil(c, 900 + side * 620, 330, grey)
            bolt(c, 900 + side * rng.uniform(180, 420), 330, 890, 17)
            bolt(c, 900 - side * 700, 400, 880, 9)
    field = land.ground(c, land.ridge(c, 880, 14, 1700), mix(p.second, p.land[3], 0.35))
    for i in range(5):
        land.ground(c, land.ridge(c, 915 + i * 60, 12, 900),
                    mix(mix(p.second, p.land[3], 0.4), p.land[4], 0.2 * i))
    c.shade(field, p.ink, "bottom", 0.8, 0.85)
    hx = 900 - side * rng.uniform(180, 330)
    c.rect(hx, 740, 230, 170, p.paper)
    c.rect(hx + (130 if side < 0 else 0), 740, 100, 170, mix(p.paper, p.land[3], 0.5))
    c.fill([(hx - 26, 748), (hx + 50, 640), (hx + 190, 640), (hx + 256, 748)], p.accent)
    c.rect(hx + 180, 600, 30, 80, p.ink)
    for dx in (36, 150):
        c.rect(hx + dx, 784, 42, 50, p.second)
    c.rect(hx + 94, 800, 40, 110, p.ink)
    for i in range(3):
        x = hx + 115.0 - side * (330 + i * 120)
        trunk = [(x, 930), (x - side * 14, 800), (x - side * 60, 690)]
        c.line(smooth(trunk, closed=False), 15, p.ink)
        for j in range(4):
            tx, ty = x - side * (40 + 42 * j), 720 - 22 * j
            c.oval(tx, ty, 74 - 12 * j, 40 - 5 * j, mix(p.land[3], p.ink, 0.3 + 0.1 * (j % 2)))
    for _ in range(70):
        gx, gy = rng.uniform(0, W), rng.uniform(980, H)
        c.line([(gx, gy), (gx - side * 34, gy - 44)], 4, mix(p.second, p.land[3], rng.random()))
    c.fill(box(0, H - 3, W, 3), p.ink)
