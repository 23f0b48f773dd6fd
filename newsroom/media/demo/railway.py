"""Railways: a train head on, a viaduct, a platform."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import mix
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("sage", "dusk", "morning", "autumn", "night", "winter", "rose", "noon")


def draw(c: Canvas, variant: int) -> None:
    """One of three places to meet a train."""
    (_oncoming, _viaduct, _platform)[variant % 3](c)


def _oncoming(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    vx, vy = rng.uniform(620, 1180), 640.0
    side = 1 if vx < 900 else -1
    land.sky(c, 660, rings=(vx, 600) if rng.random() < 0.6 else None)
    land.sun(c, vx + side * 330, rng.uniform(280, 420), 105)
    land.ground(c, land.ridge(c, 560, 60, 1300), p.land[0])
    land.ground(c, land.ridge(c, 600, 40, 1000), p.land[1])
    bed = land.ground(c, [(0, vy + 10), (W, vy + 10)], p.land[2])
    c.shade(bed, p.land[3], "bottom", 0.9, 0.9)
    for i in range(8):
        x = vx - side * (260 + 70 * i * (1 + i * 0.15))
        land.pine(c, x, 664 + 18 * i, 130 + 46 * i, p.land[3], p.land[2])

    def at(x: float, y: float, z: float) -> Point:
        return vx + x * 900 / z, vy + y * 900 / z

    for track in (-0.34, 0.34):
        c.fill([at(track - 0.33, 0.4, 14), at(track + 0.33, 0.4, 14), at(track + 0.33, 0.4, 0.5),
                at(track - 0.33, 0.4, 0.5)], mix(p.land[3], p.paper, 0.16))
        z = 9.0
        while z > 0.55:
            c.fill([at(track - 0.26, 0.4, z), at(track + 0.26, 0.4, z),
                    at(track + 0.26, 0.4, z * 0.962), at(track - 0.26, 0.4, z * 0.962)],
                   mix(p.land[4], p.accent, 0.2))
            z *= 0.92
        for rail in (-0.17, 0.17):
            c.fill([at(track + rail - 0.014, 0.4, 14), at(track + rail + 0.014, 0.4, 14),
                    at(track + rail + 0.014, 0.4, 0.5), at(track + rail - 0.014, 0.4, 0.5)],
                   p.paper)
    for z in (9.0, 5.0, 2.9, 1.75):
        for way in (-1, 1):
            c.line([at(way * 0.85, 0.42, z), at(way * 0.85, -0.62, z)], 20 / z, p.ink)
        c.line([at(-0.85, -0.58, z), at(0.85, -0.58, z)], 15 / z, p.ink)
    for x in (-0.34, 0.34):
        c.line([at(x, -0.42, 9), at(x, -0.42, 0.7)], 3.5, p.ink)
    _front(c, *at(-side * 0.34, 0.4, 1.35), 440)


def _front(c: Canvas, x: float, y: float, w: float) -> None:
    p = c.palette
    far = c.rng.choice((-1, 1))
    nose = smooth([(x - w * 0.42, y - w * 0.1), (x - w * 0.44, y - w * 0.6), (x - w * 0.36, y - w),
                   (x, y - w * 1.08), (x + w * 0.36, y - w), (x + w * 0.44, y - w * 0.6),
                   (x + w * 0.42, y - w * 0.1), (x, y - w * 0.04)])
    c.fill(oval(x, y, w * 0.56, w * 0.06), p.ink, 0.45)
    for i in range(5, 0, -1):
        c.fill([(a + far * i * 10, b - i * 4) for a, b in nose], mix(p.land[3], p.ink, 0.4))
    c.fill(nose, p.paper)
    with c.inside(nose):
        c.rect(x - w, y - w * 0.36, 2 * w, w * 0.5, p.accent)
        c.rect(x - w, y - w * 0.42, 2 * w, w * 0.03, p.ink)
        c.fill(smooth([(x - w * 0.33, y - w * 0.9), (x, y - w * 0.97), (x + w * 0.33, y - w * 0.9),
                       (x + w * 0.35, y - w * 0.52), (x, y - w * 0.48), (x - w * 0.35, y - w * 0.52)
                       ]), p.ink)
        c.fill([(x - w * 0.22, y - w), (x - w * 0.06, y - w), (x - w * 0.2, y - w * 0.44),
                (x - w * 0.36, y - w * 0.44)], p.paper, 0.16)
        c.rect(x if c.light < 0 else x - w, y - 2 * w, w, 3 * w, p.ink, 0.2)
    for way in (-1, 1):
        c.oval(x + way * w * 0.29, y - w * 0.29, w * 0.065, colour=p.second)
        c.oval(x + way * w * 0.29, y - w * 0.29, w * 0.035, colour=p.paper)
    c.rect(x - w * 0.09, y - w * 0.18, w * 0.18, w * 0.1, p.ink)
    c.line([(x, y - w * 1.06), (x - w * 0.1, y - w * 1.17), (x + w * 0.1, y - w * 1.27)], 6, p.ink)
    c.line([(x - w * 0.18, y - w * 1.27), (x + w * 0.2, y - w * 1.27)], 8, p.ink)


def _viaduct(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 720)
    land.sun(c, rng.uniform(300, 1500), rng.uniform(170, 260), 90)
    land.cloud(c, rng.uniform(100, 1300), 330, 380, mix(p.sky[4], p.paper, 0.5))
    for i, y in enumerate((520, 640, 760)):
        hill = land.ground(c, land.ridge(c, y, 100 - 20 * i, 1300 + 150 * i), p.land[i])
        c.shade([*hill[:-2], (W, y + 260), (0, y + 260)], mix(p.land[i], p.sky[4], 0.5), "bottom",
                0.8, 0.8)
    for _ in range(26):
        land.tree(c, rng.uniform(0, W), rng.uniform(960, 1060), rng.uniform(120, 190), p.land[3],
                  p.land[2])
    stone, deck = mix(p.paper, p.land[1], 0.35), 640
    dim = mix(stone, p.ink, 0.3)
    c.rect(0, deck, W, 60, stone)
    n, wide = 6, W / 6
    for i in range(n + 1):
        x = i * wide
        c.fill([(x - 44, deck + 20), (x + 44, deck + 20), (x + 58, 1120), (x - 58, 1120)], stone)
        c.fill([(x - 44 * c.light * 0.1, deck + 150), (x - 44 * c.light, deck + 150),
                (x - 58 * c.light, 1120), (x - 58 * c.light * 0.1, 1120)], dim)
    for i in range(n):
        x = i * wide + wide / 2
        arch = [*oval(x, deck + 150, wide / 2 - 43, 98, 180, 360)]
        top = [(x - wide / 2, deck + 150), (x - wide / 2, deck + 50), (x + wide / 2, deck + 50),
               (x + wide / 2, deck + 150)]
        c.fill([*top, *reversed(arch)], stone)
        c.line(arch, 10, dim)
    c.rect(-10, deck - 14, W + 20, 18, dim)
    x = rng.uniform(-200, 100)
    for car in range(5):
        left, nose = x + car * 346, car == 4
        body = box(left, deck - 128, 336, 104)
        if nose:
            body = smooth([(left, deck - 24), (left, deck - 128), (left + 230, deck - 128),
                           (left + 330, deck - 66), (left + 336, deck - 24)], 5)
            body = [(left, deck - 128), (left + 220, deck - 128), *smooth(
                [(left + 220, deck - 128), (left + 300, deck - 90), (left + 338, deck - 24)],
                closed=False), (left, deck - 24)]
        c.fill(body, p.accent)
        with c.inside(body):
            c.rect(left, deck - 128, 400, 14, mix(p.accent, p.ink, 0.4))
            c.rect(left, deck - 52, 400, 10, p.paper)
            for i in range(7):
                if not nose or i < 5:
                    c.rect(left + 22 + i * 44, deck - 102, 32, 34,
                           p.second if p.dark else mix(p.sky[4], p.paper, 0.4))
        for dx in (50, 90, 250, 290):
            c.oval(left + dx, deck - 20, 15, colour=p.ink)
    near = land.ground(c, land.ridge(c, 1050, 50, 1200), p.land[3])
    c.shade(near, p.land[4], "bottom", 0.9, 0.95)
    for _ in range(9):
        land.cypress(c, rng.uniform(0, W), rng.uniform(1120, H), rng.uniform(110, 210), p.land[4],
                     p.land[2])
    figure(c, rng.uniform(400, 1400), 1160, 170, someone(c, p.second), turn=rng.choice((-1, 1)))


def _platform(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 900)
    land.sun(c, rng.uniform(500, 1300), 330, 120)
    for i in range(16):
        h = rng.uniform(70, 220)
        c.rect(i * 118 - 20, 600 - h, 112, h, mix(p.land[0], p.sky[4], 0.3))
    body = box(-20, 380, W + 40, 470)
    c.fill(body, p.third)
    c.rect(0, 380, W, 40, mix(p.third, p.ink, 0.45))
    c.rect(0, 690, W, 26, p.paper)
    for i in range(5):
        x = i * 420 + rng.uniform(-10, 10) - 60
        c.fill(smooth([(x, 470), (x + 190, 470), (x + 190, 620), (x, 620)], 3), p.second
               if p.dark else mix(p.sky[4], p.paper, 0.5))
        if rng.random() < 0.75:
            look = someone(c)
            with c.inside(box(x + 4, 440, 184, 178)):
                figure(c, x + 95, 900, 400, look, turn=rng.choice((-1, 1)))
        c.line([(x + 250, 440), (x + 250, 850)], 5, mix(p.third, p.ink, 0.5))
        c.line([(x + 360, 440), (x + 360, 850)], 5, mix(p.third, p.ink, 0.5))
        c.rect(x + 268, 470, 74, 190, mix(p.sky[4], p.land[2], 0.3))
    c.shade(body, mix(p.third, p.ink, 0.6), "bottom", 0.6, 0.8)
    c.rect(0, 850, W, 50, p.ink)
    floor = box(0, 900, W, 300)
    c.fill(floor, mix(p.paper, p.land[1], 0.45))
    c.rect(0, 900, W, 22, p.second)
    c.shade(floor, p.land[2], "bottom", 0.7, 0.4)
    for x in (300, 1500):
        c.rect(x - 20, 180, 40, 740, p.land[4])
        for side in (-1, 1):
            c.fill([(x, 330), (x + side * 170, 190), (x + side * 140, 190), (x, 296)], p.land[4])
    c.rect(0, 150, W, 50, p.land[4])
    c.fill([(0, 150), (W, 150), (W, 0), (0, 0)], p.ink)
    for x in range(30, W, 120):
        c.line([(x, 152), (x + 60, 20)], 9, p.land[4])
    cx = rng.choice((760, 1040))
    c.line([(cx, 190), (cx, 240)], 10, p.ink)
    c.oval(cx, 310, 80, colour=p.ink)
    c.oval(cx, 310, 66, colour=p.paper)
    c.line([(cx, 310), (cx, 262)], 9, p.ink)
    c.line([(cx, 310), (cx + 34, 328)], 9, p.accent)
    spots = [170, 430, 640, 900, 1190, 1420, 1650]
    rng.shuffle(spots)
    for i, x in enumerate(spots[: rng.choice((4, 5, 6))]):
        look = someone(c)
        y = 1010 + (i % 3) * 60
        figure(c, x, y, 400, look, pose=("stand", "walk")[i % 2], turn=rng.choice((-1, 1)),
               shadow=p.ink)
        if i % 2 == 0:
            c.rect(x + 44, y - 120, 70, 110, mix(look.coat, p.ink, 0.4))
            c.line([(x + 60, y - 120), (x + 60, y - 165), (x + 96, y - 165), (x + 96, y - 120)], 7,
                   p.ink)
