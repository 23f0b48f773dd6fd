"""Trade: stalls on a square, one stall close by, a covered hall."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import mix
from newsroom.media.demo.shapes import Point, box, oval
from newsroom.media.demo.stalls import awning, bulbs, crate, wares

PALETTES = ("noon", "rose", "autumn", "morning", "sage", "dusk", "winter", "night")


def draw(c: Canvas, variant: int) -> None:
    """One of three markets."""
    (_square, _stall, _hall)[variant % 3](c)


def _square(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 700)
    land.sun(c, rng.uniform(300, 1500), 170, 80)
    x = -40.0
    while x < W:
        w, h = rng.uniform(150, 220), rng.uniform(330, 520)
        wall = mix(rng.choice((p.paper, p.second, p.accent, p.third, p.land[1])), p.sky[4], 0.45)
        c.rect(x, 760 - h, w, h, wall)
        c.fill([(x - 8, 764 - h), (x + w * 0.14, 700 - h), (x + w * 0.86, 700 - h),
                (x + w + 8, 764 - h)],
               mix(p.accent, p.land[3], 0.5))
        c.rect(x if c.light > 0 else x + w * 0.7, 764 - h, w * 0.3, h, p.ink, 0.12)
        for row in range(int(h // 110)):
            for col in range(3):
                wx, wy = x + w * (0.14 + 0.27 * col), 790 - h + row * 104
                c.rect(wx, wy, w * 0.15, 58, p.second if p.dark and rng.random() < 0.6
                       else mix(p.land[3], wall, 0.3))
                c.rect(wx - 9, wy, 9, 58, mix(p.third, wall, 0.3))
        x += w
    ground = box(0, 740, W, 460)
    c.fill(ground, mix(p.paper, p.second, 0.3))
    c.shade(ground, mix(p.land[2], p.paper, 0.3), "bottom", 0.9, 0.7)
    tints = [p.accent, p.third, p.second, mix(p.third, p.land[4], 0.4)]
    rng.shuffle(tints)
    bulbs(c, 420, 60, 3)
    for row, (y, w, n) in enumerate(((830, 330, 4), (1010, 480, 3))):
        for i in range(n):
            sx = (i + 0.5) * W / n - w / 2 + (0, 40)[row] * rng.uniform(-1, 1)
            k = w / 330
            c.rect(sx, y - 250 * k, w, 250 * k, p.ink, 0.4)
            for dx in (0, w - 12):
                c.rect(sx + dx, y - 250 * k, 12, 250 * k, p.land[4])
            with c.inside(box(sx, y - 400 * k, w, 320 * k)):
                figure(c, sx + w * rng.uniform(0.3, 0.7), y + 70 * k, 290 * k, someone(c),
                       turn=rng.choice((-1, 1)))
            goods = wares(c)
            for j in range(4):
                crate(c, sx + 6 + j * w / 4, y - 50 * k, w / 4 - 8, 34 * k, goods[(i + j) % 6],
                      13 * k)
            c.rect(sx, y - 50 * k, w, 54 * k, mix(tints[i], p.ink, 0.25))
            c.rect(sx, y - 50 * k, w, 9 * k, p.paper)
            awning(c, sx, y - 330 * k, w, 90 * k, tints[i])
        for _ in range(5 - row):
            figure(c, rng.uniform(60, 1740), y + 60 + row * 90, 240 + 110 * row, someone(c),
                   pose=rng.choice(("walk", "stand")), turn=rng.choice((-1, 1)), shadow=p.land[4])


def _stall(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    tint = rng.choice((p.accent, p.third))
    back = mix(p.land[2], p.paper, 0.2) if not p.dark else p.land[2]
    c.rect(0, 0, W, H, back)
    for i in range(10):
        h = rng.uniform(420, 640)
        c.rect(i * 190 - 40, 860 - h, 176, h, mix(back, p.paper, rng.uniform(0.06, 0.2)))
        for row in range(4):
            c.rect(i * 190, 900 - h + row * 110, 34, 56, mix(back, p.second if p.dark else p.ink,
                                                             0.25))
            c.rect(i * 190 + 66, 900 - h + row * 110, 34, 56, mix(back, p.ink, 0.15))
    for x in (130.0, 1630.0):
        c.rect(x, 200, 40, 900, p.land[4])
    n = rng.choice((1, 2))
    for i in range(n):
        figure(c, 900 + (i - (n - 1) / 2) * 520 + rng.uniform(-60, 60), 1270, 860,
               someone(c, rng.choice((p.paper, p.second, p.third)),
                       ("hat", "cap", "scarf", "bun", "short")),
               turn=-1 if i else 1, hand=(0.21, 0.6))
    for x in (330.0, 1400.0):
        c.line([(x, 250), (x, 360)], 5, p.ink)
        c.fill([(x - 76, 420), (x - 24, 356), (x + 24, 356), (x + 76, 420)], p.ink)
        c.oval(x, 424, 30, 22, p.second)
        c.fill([(x - 66, 426), (x + 66, 426), (x + 200, 800), (x - 200, 800)], p.second, 0.12)
    awning(c, 60, -40, 1680, 250, tint, 14)
    goods = list(wares(c))
    rng.shuffle(goods)
    for row, (y, h) in enumerate(((850, 62), (1010, 74))):
        m = 5 - row
        w = 1560 / m
        c.fill([(90 - row * 60, y - 20), (1710 + row * 60, y - 20), (1770, y + 60), (30, y + 60)],
               p.land[4])
        for i in range(m):
            crate(c, 125 + i * w - row * 6, y, w - 22, h, goods[(i + row * 2) % 6], 31 + 8 * row)
    front = box(0, 1010, W, 190)
    c.fill(front, mix(tint, p.ink, 0.3))
    for i in range(14):
        c.rect(i * 132, 1010, 66, 190, p.paper, 0.1)
    c.rect(0, 1006, W, 22, p.paper)
    x = rng.choice((300, 1500))
    figure(c, x, 1560, 930, someone(c, rng.choice((p.ink, p.second)),
                                    ("bun", "long", "scarf", "hat")),
           turn=1 if x < 900 else -1, hand=(0.2, 0.6))


def _hall(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    vx, vy = 900 + rng.uniform(-70, 70), 690.0

    def at(x: float, y: float, z: float) -> Point:
        return vx + x * 900 / z, vy + y * 900 / z

    light = mix(p.sky[4], p.paper, 0.4)
    c.rect(0, 0, W, H, mix(light, p.land[0], 0.3))
    glow = oval(*at(0, -0.42, 7), 900 / 7, 900 / 7, 180, 360)
    c.fill([*glow, at(1, 0.3, 7), at(-1, 0.3, 7)], light)
    iron = mix(p.third, p.ink, 0.45)
    for z in (7.0, 4.6, 3.1, 2.1, 1.42):
        r, (cx, cy) = 900 / z, at(0, -0.42, z)
        pale = mix(iron, light, min(0.7, (z - 1.4) * 0.13))
        arch = oval(cx, cy, r, r * 0.9, 180, 360)
        c.line(arch, 34 / z, pale)
        c.line(oval(cx, cy, r * 0.88, r * 0.79, 180, 360), 16 / z, pale)
        for i in range(0, len(arch) - 1, 2):
            ax, ay = arch[i]
            c.line([(ax, ay), (cx + (ax - cx) * 0.88, cy + (ay - cy) * 0.877)], 9 / z, pale)
        for way in (-1, 1):
            c.line([at(way, -0.42, z), at(way, 0.34, z)], 36 / z, pale)
            c.line([at(way * 0.88, -0.42, z), at(way * 1.02, -0.42, z)], 50 / z, pale)
        for off in (-0.5, 0.5):
            lx, ly = at(off, -0.62, z)
            c.line([(lx, ly), (lx, ly - 300 / z)], 4 / z + 1, pale)
            c.fill([(lx - 50 / z, ly + 46 / z), (lx, ly), (lx + 50 / z, ly + 46 / z)], pale)
            c.oval(lx, ly + 50 / z, 24 / z, colour=p.second)
    floor = [at(-1.6, 0.36, 7), at(1.6, 0.36, 7), (W + 700, H), (-700, H)]
    c.fill(floor, mix(p.paper, p.second, 0.3))
    c.shade([(0, 740), (W, 740), (W, H), (0, H)], mix(p.land[3], p.second, 0.3), "bottom", 0.95,
            0.7)
    tints, goods = (p.accent, p.third, p.second, mix(p.accent, p.land[4], 0.4)), wares(c)
    for i, z in enumerate((5.6, 3.9, 2.8, 2.0, 1.42)):
        for way in (-1, 1):
            k = 900 / z
            x, y = at(way * 0.98, 0.36, z)
            left = x - k * 0.42
            w = k * 0.84
            c.rect(left, y - k * 0.5, w, k * 0.5, p.ink, 0.45)
            with c.inside(box(left, y - k * 0.6, w, k * 0.45)):
                figure(c, left + w * 0.5, y + k * 0.02, k * 0.5, someone(c), turn=-way)
            for j in range(3):
                crate(c, left + 4 + j * w / 3, y - k * 0.14, w / 3 - 6, k * 0.07,
                      goods[(i + j + (way > 0)) % 6], k * 0.03)
            c.rect(left, y - k * 0.14, w, k * 0.15, mix(tints[(i + (way > 0)) % 4], p.ink, 0.3))
            awning(c, left, y - k * 0.7, w, k * 0.17, tints[(i + (way > 0)) % 4], 6)
        for _ in range(2):
            x, y = at(rng.uniform(-0.5, 0.5), 0.37, z * 0.92)
            figure(c, x, y, 430 / z, someone(c), pose=rng.choice(("walk", "stand")),
                   turn=rng.choice((-1, 1)))
