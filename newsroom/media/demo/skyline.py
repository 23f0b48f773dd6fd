"""City views: across the river, over the roofs, down a street."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import box

PALETTES = ("dusk", "morning", "night", "sage", "rose", "winter", "autumn", "noon")


def draw(c: Canvas, variant: int) -> None:
    """One of three ways to look at a city."""
    (_river, _roofs, _street)[variant % 3](c)


def tower(c: Canvas, x: float, base: float, w: float, h: float, colour: Colour, far: float) -> None:
    """One building with a lit and a shaded face; `far` (0 to 1) lets the air pale it."""
    p, rng = c.palette, c.rng
    body = mix(colour, p.sky[3], far)
    dim = mix(body, p.ink, 0.3 * (1 - far * 0.6))
    cut = w * rng.uniform(0.3, 0.42)
    shade = x if c.light > 0 else x + w - cut
    crown = rng.choice(("flat", "step", "spire", "slope", "tank"))
    top = base - h
    if crown == "step":
        c.rect(x + w * 0.15, top - w * 0.3, w * 0.7, w * 0.3, body)
        c.rect(x + w * 0.32, top - w * 0.55, w * 0.36, w * 0.26, dim)
    elif crown == "spire":
        c.fill([(x + w * 0.1, top), (x + w * 0.5, top - w * 1.1), (x + w * 0.9, top)], body)
        c.line([(x + w * 0.5, top - w), (x + w * 0.5, top - w * 1.7)], 5, dim)
    elif crown == "slope":
        c.fill([(x, top), (x + w, top), (x + w, top - w * 0.5)], body)
    elif crown == "tank":
        c.line([(x + w * 0.7, top), (x + w * 0.7, top - 90)], 5, dim)
        c.rect(x + w * 0.15, top - 28, w * 0.35, 28, dim)
    c.rect(x, top, w, h, body)
    c.rect(shade, top, cut, h, dim)
    lit = mix(p.second, body, far * 0.5)
    off = mix(body, p.ink, 0.28 * (1 - far)) if p.dark or far < 0.3 else mix(body, p.paper, 0.3)
    chance = 0.5 if p.dark else 0.16
    cols, gap = max(3, int(w // 30)), w / max(3, int(w // 30))
    for row in range(int(h // 42)):
        for col in range(cols):
            on = rng.random() < chance
            if on or rng.random() < 0.75:
                c.rect(x + gap * (col + 0.28), top + 16 + row * 40, gap * 0.46, 20,
                       lit if on else mix(off, dim, 0.4))


def _row(c: Canvas, base: float, low: float, high: float, wide: float, far: float) -> None:
    p, rng = c.palette, c.rng
    x = rng.uniform(-90, 0)
    colours = (p.land[2], p.land[3], mix(p.land[2], p.third, 0.5), mix(p.land[3], p.accent, 0.25),
               mix(p.land[1], p.paper, 0.2))
    while x < W:
        w = wide * rng.uniform(0.7, 1.35)
        middle = 1 - abs((x + w / 2) / W - 0.5) * 0.7
        tower(c, x, base, w, rng.uniform(low, high) * middle, rng.choice(colours), far)
        x += w + rng.choice((0, 0, 8, 40))


def _river(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.uniform(450, 1350)
    land.sky(c, 800, rings=(sx, 760) if rng.random() < 0.5 else None)
    land.sun(c, sx, rng.uniform(200, 420), 95)
    land.streaks(c, 130, 260, mix(p.sky[2], p.paper, 0.35), 4)
    _row(c, 830, 260, 560, 120, 0.72)
    _row(c, 830, 200, 500, 130, 0.42)
    _row(c, 830, 110, 330, 150, 0.05)
    for x in range(20, W, 74):
        land.tree(c, x + rng.uniform(-20, 20), 836, rng.uniform(64, 96), p.land[3], p.land[2])
    c.rect(0, 826, W, 16, p.ink)
    land.mirror(c, 840, p.land[3], 0.42)
    land.ripples(c, 850, mix(p.sky[4], p.second, 0.25), sx, 30)
    _promenade(c)


def _promenade(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    c.rect(0, 1096, W, H - 1096, p.ink)
    for y, thick in ((992, 9), (1040, 5)):
        c.line([(0, y), (W, y)], thick, p.ink)
    for post in range(20, W, 66):
        c.line([(post, 992), (post, 1110)], 5, p.ink)
    for x in (250.0, 1550.0):
        c.line([(x, 1110), (x, 700)], 11, p.ink)
        c.fill([(x - 26, 640), (x + 26, 640), (x + 14, 704), (x - 14, 704)], p.second)
        c.fill([(x - 34, 642), (x, 608), (x + 34, 642)], p.ink)
        if p.dark:
            c.oval(x, 672, 92, colour=p.second, alpha=0.16)
    x = rng.uniform(500, 1150)
    for i in range(rng.choice((2, 3))):
        figure(c, x + i * 125, 1150, rng.uniform(290, 325),
               someone(c, (p.accent, p.paper, p.third)[i]), pose=("stand", "walk")[i % 2],
               turn=-1 if i == 1 else 1)


def _roofs(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.choice((420, 1380))
    land.sky(c, 700, rings=(sx, 520))
    land.sun(c, sx, 430, 150)
    land.birds(c, W - sx, 260, 9, p.ink)
    _row(c, 900, 250, 520, 110, 0.7)
    _row(c, 960, 180, 430, 140, 0.35)
    x = -60.0
    while x < W:
        w, h = rng.uniform(260, 400), rng.uniform(210, 360)
        wall = mix(rng.choice((p.accent, p.third, p.land[2], p.second)), p.land[4], 0.45)
        c.rect(x, H - h, w, h, wall)
        c.rect(x if c.light > 0 else x + w * 0.66, H - h, w * 0.34, h, mix(wall, p.ink, 0.35))
        c.rect(x - 8, H - h - 18, w + 16, 22, mix(wall, p.paper, 0.35))
        for col in range(3):
            for row in range(3):
                on = rng.random() < (0.7 if p.dark else 0.3)
                c.rect(x + w * (0.14 + 0.28 * col), H - h + 46 + row * 110, w * 0.14, 64,
                       p.second if on else mix(wall, p.ink, 0.55))
        if rng.random() < 0.55:
            _tank(c, x + w * 0.3, H - h - 18, rng.uniform(0.8, 1.2))
        else:
            for i in range(3):
                c.rect(x + w * 0.2 + i * 60, H - h - 70, 34, 54, mix(p.accent, p.ink, 0.5))
            c.line([(x + w * 0.8, H - h - 18), (x + w * 0.8, H - h - 170)], 5, p.ink)
            for i in range(3):
                c.line([(x + w * 0.8 - 36 + i * 8, H - h - 160 + i * 26),
                        (x + w * 0.8 + 36 - i * 8, H - h - 160 + i * 26)], 4, p.ink)
        if rng.random() < 0.5:
            figure(c, x + w * 0.6, H - h - 16, 170, someone(c), turn=rng.choice((-1, 1)))
        x += w + rng.choice((0, 30))


def _tank(c: Canvas, x: float, y: float, k: float) -> None:
    p = c.palette
    wood = mix(p.land[3], p.accent, 0.3)
    for dx in (-44, 0, 44):
        c.line([(x + dx * k, y), (x + dx * k * 0.8, y - 90 * k)], 8, p.ink)
    c.line([(x - 40 * k, y - 10), (x + 36 * k, y - 84 * k)], 5, p.ink)
    body = box(x - 60 * k, y - 210 * k, 120 * k, 124 * k)
    c.fill(body, wood)
    c.shade(body, p.ink, "left" if c.light > 0 else "right", 0.9, 0.9)
    c.fill([(x - 70 * k, y - 208 * k), (x, y - 270 * k), (x + 70 * k, y - 208 * k)], p.ink)


def _street(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    vx, vy = rng.uniform(760, 1040), 800.0

    def at(x: float, y: float, z: float) -> tuple[float, float]:
        return vx + 900 * x / z, vy - 900 * y / z

    land.sky(c, 800, rings=(vx, 680))
    land.sun(c, vx, 610, 125)
    c.fill([at(-1, -0.3, 12), at(1, -0.3, 12), at(1, -0.3, 0.5), at(-1, -0.3, 0.5)], p.land[2])
    c.fill([at(-0.5, -0.3, 12), at(0.5, -0.3, 12), at(0.5, -0.3, 0.5), at(-0.5, -0.3, 0.5)],
           p.land[3])
    for dash in range(24, 1, -1):
        far, near = dash / 2, dash / 2 - 0.25
        c.fill([at(-0.02, -0.3, far), at(0.02, -0.3, far), at(0.02, -0.3, near),
                at(-0.02, -0.3, near)], p.paper, 0.85)
    walls = (p.land[2], p.land[3], mix(p.accent, p.land[3], 0.5), mix(p.third, p.land[3], 0.3))
    for block in range(11, 0, -1):
        z1, z0 = block + 1.0, block * 1.0
        end = z0 * 0.9 if block > 1 else 0.7
        air = min(0.75, (block - 1) * 0.09)
        for side in (-1, 1):
            tall = rng.uniform(0.9, 1.5) + 0.1 * block
            wall = mix(rng.choice(walls), p.sky[4], air)
            face = wall if side != c.light else mix(wall, p.ink, 0.4 * (1 - air))
            c.fill([at(side * 4, tall, z1), at(side, tall, z1), at(side, -0.3, z1),
                    at(side * 4, -0.3, z1)], mix(wall, p.ink, 0.2))
            c.fill([at(side, tall, z1), at(side, tall, end), at(side, -0.3, end),
                    at(side, -0.3, z1)], face)
            c.fill([at(side, 0.0, z1), at(side, 0.0, end), at(side, -0.03, end),
                    at(side, -0.03, z1)], mix(face, p.paper, 0.4))
            for row in range(int(tall / 0.2)):
                for col in range(4):
                    on = rng.random() < (0.45 if p.dark else 0.2)
                    wz, wy = z0 + 0.08 + col * 0.24, 0.06 + row * 0.2
                    c.fill([at(side, wy, wz), at(side, wy, wz + 0.12),
                            at(side, wy + 0.12, wz + 0.12),
                            at(side, wy + 0.12, wz)],
                           mix(p.second, face, air) if on else mix(face, p.ink, 0.3 * (1 - air)))
    people = sorted((rng.uniform(1.15, 5.5), rng.uniform(0.56, 0.92) * rng.choice((-1, 1)))
                    for _ in range(10))
    for z, u in [*reversed(people), (1.02, rng.uniform(-0.4, 0.4))]:
        x, y = at(u, -0.3, z)
        c.fill([(x - 14 / z, y), (x + 14 / z, y), (x + (x - vx) * 0.4 + 40 / z, y + 170 / z),
                (x + (x - vx) * 0.4 - 40 / z, y + 170 / z)], p.ink, 0.35)
        figure(c, x, y, 330 / z, someone(c), pose=rng.choice(("walk", "stand")),
               turn=rng.choice((-1, 1)))
