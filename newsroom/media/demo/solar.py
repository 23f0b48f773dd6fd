"""Clean power: rows of panels, roofs with panels, wind at sea."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box

PALETTES = ("morning", "noon", "rose", "autumn", "dusk", "sage", "winter")


def draw(c: Canvas, variant: int) -> None:
    """One of three power stations."""
    (_rows, _roof, _offshore)[variant % 3](c)


def _panel(c: Canvas, quad: tuple[Point, Point, Point, Point], cols: int, rows: int) -> None:
    """A panel in perspective: corners from the upper left, clockwise."""
    p = c.palette
    a, b, d, e = quad

    def at(u: float, v: float) -> Point:
        return (
            (a[0] * (1 - u) + b[0] * u) * (1 - v) + (e[0] * (1 - u) + d[0] * u) * v,
            (a[1] * (1 - u) + b[1] * u) * (1 - v) + (e[1] * (1 - u) + d[1] * u) * v,
        )

    glass = mix(p.third, p.ink, 0.42)
    c.fill(quad, glass)
    c.fill([at(0.1, 0), at(0.42, 0), at(0.2, 1), at(0, 1), at(0, 0.45)], mix(glass, p.sky[3], 0.3))
    c.fill([at(0.6, 0), at(0.7, 0), at(0.5, 1), at(0.4, 1)], mix(glass, p.sky[3], 0.3))
    thin = max(1.4, abs(d[1] - b[1]) / 60)
    for i in range(1, cols):
        c.line([at(i / cols, 0), at(i / cols, 1)], thin, mix(glass, p.paper, 0.5))
    for i in range(1, rows):
        c.line([at(0, i / rows), at(1, i / rows)], thin, mix(glass, p.paper, 0.5))
    c.line([*quad, quad[0]], thin * 2.4, p.paper)


def turbine(c: Canvas, x: float, y: float, h: float, colour: Colour, dim: Colour) -> None:
    """A wind turbine whose mast stands on `y`; the blades reach another half of its height."""
    c.fill([(x - h * 0.022, y), (x - h * 0.009, y - h), (x + h * 0.009, y - h), (x + h * 0.022, y)],
           colour)
    c.fill([(x - c.light * h * 0.022, y), (x - c.light * h * 0.009, y - h), (x, y - h), (x, y)],
           dim)
    import math

    start = c.rng.uniform(0, 120)
    for i in range(3):
        a = math.radians(start + i * 120)
        dx, dy = math.cos(a), math.sin(a)
        hub, long = (x, y - h), h * 0.52
        tip = (hub[0] + dx * long, hub[1] + dy * long)
        root = (hub[0] + dx * long * 0.22 - dy * h * 0.03,
                hub[1] + dy * long * 0.22 + dx * h * 0.03)
        c.fill([(hub[0] + dy * h * 0.012, hub[1] - dx * h * 0.012), tip, root,
                (hub[0] - dy * h * 0.012, hub[1] + dx * h * 0.012)], colour)
    c.oval(x, y - h, h * 0.024, colour=dim)


def _rows(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    vx, vy = rng.uniform(600, 1200), 560.0
    land.sky(c, 600, rings=(vx, 500))
    land.sun(c, vx, rng.uniform(330, 430), 150)
    line = land.ridge(c, 545, 40, 1300)
    land.ground(c, line, p.land[0])
    for x in (170.0, 420.0, 1370, 1630, 1180):
        x += rng.uniform(-50, 50)
        turbine(c, x, land.height_at(line, x) + 4, rng.uniform(180, 310), p.paper,
                mix(p.paper, p.land[1], 0.5))
    land.ground(c, land.ridge(c, 590, 20, 1000), p.land[1])
    for i in range(15):
        land.tree(c, i * 128 + rng.uniform(-30, 30), 640, rng.uniform(60, 110), p.land[3],
                  p.land[2])
    meadow = land.ground(c, [(0, 630), (W, 630)], mix(p.land[1], p.second, 0.3))
    c.shade(meadow, p.land[2], "bottom", 0.95, 0.9)

    def at(x: float, y: float, z: float) -> Point:
        return vx + x * 1000 / z, vy + y * 1000 / z

    z = 9.0
    while z > 1.15:
        for i in range(-7, 7):
            x0, x1 = i * 0.86 + 0.13, i * 0.86 + 0.8
            a, b = at(x0, 0.28, z * 1.1), at(x1, 0.28, z * 1.1)
            d, e = at(x1, 0.52, z), at(x0, 0.52, z)
            if max(b[0], d[0]) < 0 or min(a[0], e[0]) > W:
                continue
            c.fill([e, d, (d[0] - c.light * 60 / z, d[1] + 100 / z),
                    (e[0] - c.light * 60 / z, e[1] + 100 / z)], p.land[4], 0.5)
            for u in (0.18, 0.82):
                px = e[0] + (d[0] - e[0]) * u
                c.line([(px, e[1] - 10 / z), (px, e[1] + 105 / z)], 14 / z, p.land[4])
            _panel(c, (a, b, d, e), 6 if z < 5 else 3, 3 if z < 5 else 1)
        z *= 0.72
        if 2 < z < 3:
            x, y = at(0.04 if rng.random() < 0.5 else -0.83, 0.63, z)
            figure(c, x, y, 190, someone(c, p.accent, ("cap", "hat")), pose="walk")


def _roof(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))

    def at(x: float, y: float) -> Point:
        return (x if side > 0 else W - x), y

    land.sky(c, 760, rings=at(1420, 420))
    land.sun(c, *at(1420, 330), 140)
    for i in range(18):
        w, h = 110, rng.uniform(60, 220)
        x = i * 105.0 - 20
        wall = mix(rng.choice((p.land[0], p.land[1], mix(p.accent, p.paper, 0.4))), p.sky[4], 0.35)
        c.rect(x, 860 - h, w, h + 60, wall)
        c.fill([(x - 6, 860 - h), (x + w / 2, 800 - h), (x + w + 6, 860 - h)],
               mix(wall, p.ink, 0.25))
    for i in range(22):
        land.tree(c, i * 88 + rng.uniform(-30, 30), 990, rng.uniform(150, 220), p.land[3],
                  p.land[2])
    roof = [at(-40, 520), at(1010, 520), at(1500, 1210), at(-40, 1210)]
    tiles = mix(p.accent, p.land[3], 0.25)
    c.fill(roof, tiles)
    with c.inside(roof):
        for i in range(16):
            y = 540 + i * 45
            c.line([at(-50, y), at(1600, y)], 5, mix(tiles, p.ink, 0.28))
    c.fill([at(1010, 520), at(1050, 520), at(1580, 1210), at(1500, 1210)], p.paper)
    c.line([at(-50, 516), at(1030, 516)], 22, mix(tiles, p.ink, 0.4))
    c.rect(*at(150 if side > 0 else 260, 350), 110, 200, mix(tiles, p.paper, 0.25))
    c.rect(*at(138 if side > 0 else 272, 340), 134, 30, p.ink)

    def on(u: float, v: float) -> Point:
        y = 580 + 570 * v
        left, right = 60.0, 960 + (y - 520) * 0.71
        return at(left + (right - left) * u, y)

    for row in range(3):
        for col in range(4):
            if row == 2 and col == 3:
                continue
            u, v = 0.02 + col * 0.245, row * 0.33
            quad = (on(u, v), on(u + 0.225, v), on(u + 0.225, v + 0.29), on(u, v + 0.29))
            if side < 0:
                quad = (quad[1], quad[0], quad[3], quad[2])
            _panel(c, quad, 4, 4)
    foot = on(0.86, 0.93)
    figure(c, *foot, 400, someone(c, p.second, ("cap", "hat")), turn=-side, hand=(0.2, 0.62))
    foot = on(0.5, -0.1)
    figure(c, *foot, 290, someone(c, p.third, ("cap", "hat")), turn=side, pose="walk")


def _offshore(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.uniform(450, 1350)
    land.sky(c, 760, rings=(sx, 740))
    land.sun(c, sx, 600, 190)
    land.streaks(c, 160, 240, mix(p.sky[3], p.paper, 0.4), 5)
    land.water(c, 740, p.land[3], p.land[1], mix(p.sky[4], p.second, 0.4), sx)
    dim = mix(p.paper, p.land[2], 0.5)
    spots = [(0.25, x) for x in (120.0, 420.0, 720, 1040, 1360, 1660)]
    spots += [(0.55, x) for x in (260, 760, 1250, 1610)] + [(1.0, rng.choice((430, 1400)))]
    for k, x in spots:
        x += rng.uniform(-50, 50)
        y = 752 + 260 * k * k
        turbine(c, x, y, 190 + 620 * k * k, mix(p.paper, p.sky[4], 0.6 * (1 - k)),
                mix(dim, p.sky[3], 0.6 * (1 - k)))
        c.rect(x - 20 * k, y - 40 * k, 40 * k, 46 * k, p.second)
        for i in range(3):
            c.line([(x - 60 * k + i * 22 * k, y + 16 * k + i * 9),
                    (x + 70 * k, y + 16 * k + i * 9)],
                   5 * k + 1, p.paper)
    bx, by = (1230 if spots[-1][1] < 900 else 520), 1050
    c.fill([(bx - 170, by - 50), (bx + 190, by - 66), (bx + 140, by + 22), (bx - 130, by + 22)],
           p.accent)
    c.rect(bx - 40, by - 130, 110, 74, p.paper)
    c.rect(bx - 28, by - 118, 86, 26, p.ink)
    for i in range(2):
        figure(c, bx - 130 + i * 62, by - 30, 150, someone(c, p.second, ("cap", "hat")))
    c.fill([(bx - 330, by + 30), (bx - 120, by + 14), (bx + 150, by + 14), (bx + 60, by + 34)],
           p.paper, 0.8)
    c.rect(0, H - 2, W, 2, p.land[4])
    c.shade(box(0, 1000, W, 200), p.land[4], "bottom", 1, 0.8)
