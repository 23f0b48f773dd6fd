"""Harbours: a container terminal, a fishing port, a lighthouse."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import box, oval, smooth

PALETTES = ("morning", "dusk", "winter", "rose", "noon", "night", "sage")


def draw(c: Canvas, variant: int) -> None:
    """One of three ports."""
    (_terminal, _fishing, _lighthouse)[variant % 3](c)


def _terminal(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.uniform(500, 1300)
    land.sky(c, 760, rings=(sx, 640) if rng.random() < 0.6 else None)
    land.sun(c, sx, rng.uniform(380, 560), 105)
    land.streaks(c, 180, 240, mix(p.sky[3], p.paper, 0.5), 4)
    land.ground(c, land.ridge(c, 690, 18, 1300), p.land[0])
    for x in (120, 390, 1180, 1490):
        _crane(c, x + rng.uniform(-40, 40), 790, rng.uniform(430, 560), p.land[2])
    c.rect(0, 770, W, 60, p.land[2])
    _freighter(c, rng.uniform(230, 330), 860)
    land.mirror(c, 880, p.land[3], 0.55)
    land.ripples(c, 890, mix(p.sky[4], p.second, 0.3), sx, 34)
    _tug(c, rng.uniform(260, 620), 1060)


def _crane(c: Canvas, x: float, base: float, h: float, colour: Colour) -> None:
    top, wide = base - h, h * 0.26
    for leg in (x, x + wide):
        c.line([(leg, base), (leg, top + h * 0.3)], 13, colour)
    c.line([(x, base - h * 0.3), (x + wide, base - h * 0.3)], 10, colour)
    c.line([(x, base - h * 0.3), (x + wide, top + h * 0.32)], 6, colour)
    c.line([(x - h * 0.3, top + h * 0.3), (x + h * 0.85, top + h * 0.3)], 15, colour)
    c.line([(x + wide * 0.5, top + h * 0.3), (x + wide * 0.5, top)], 11, colour)
    for end in (x - h * 0.28, x + h * 0.45, x + h * 0.83):
        c.line([(x + wide * 0.5, top), (end, top + h * 0.3)], 4, colour)
    c.rect(x + h * 0.5, top + h * 0.31, 34, 30, colour)
    c.line([(x + h * 0.52, top + h * 0.3), (x + h * 0.52, top + h * 0.48)], 3, colour)
    c.rect(x + h * 0.46, top + h * 0.48, 72, 30, c.palette.accent)


def _freighter(c: Canvas, x: float, base: float) -> None:
    p, rng = c.palette, c.rng
    long = 1230
    loads = (p.accent, p.second, p.third, p.paper, mix(p.accent, p.ink, 0.35), p.land[1],
             mix(p.third, p.ink, 0.3))
    for col in range(13):
        tall = rng.choice((2, 3, 4, 4, 5)) if 0 < col < 12 else 2
        for row in range(tall):
            left, top = x + 110 + col * 68, base - 150 - row * 40
            colour = rng.choice(loads)
            c.rect(left, top, 65, 38, colour)
            c.rect(left + (44 if c.light < 0 else 0), top, 21, 38, mix(colour, p.ink, 0.22))
    house = x + long - 220
    c.rect(house, base - 420, 130, 320, p.paper)
    c.rect(house + (88 if c.light < 0 else 0), base - 420, 42, 320, mix(p.paper, p.land[2], 0.35))
    c.rect(house - 30, base - 440, 190, 40, p.paper)
    c.rect(house - 24, base - 428, 178, 18, p.ink)
    for row in range(4):
        for col in range(5):
            c.rect(house + 12 + col * 23, base - 370 + row * 48, 12, 14, p.land[3])
    c.rect(house + 46, base - 520, 50, 80, p.accent)
    c.rect(house + 46, base - 500, 50, 22, p.paper)
    hull = [(x - 40, base - 150), (x + 60, base - 112), (x + long - 60, base - 112),
            (x + long, base - 140), (x + long - 30, base + 20), (x + 40, base + 20)]
    c.fill(hull, p.ink)
    with c.inside(hull):
        c.rect(x - 60, base - 24, long + 120, 50, p.accent)
        c.rect(x - 60, base - 36, long + 120, 10, p.paper)
    c.shade(hull, mix(p.ink, p.land[1], 0.6), "top", 0.6, 0.5)


def _tug(c: Canvas, x: float, y: float) -> None:
    p = c.palette
    c.fill([(x - 150, y - 60), (x + 150, y - 44), (x + 120, y + 20), (x - 110, y + 20)], p.third)
    c.rect(x - 160, y - 70, 316, 20, p.paper)
    c.rect(x - 90, y - 150, 130, 84, p.paper)
    c.rect(x - 78, y - 138, 106, 30, p.ink)
    c.rect(x - 30, y - 230, 46, 84, p.accent)
    c.rect(x - 30, y - 214, 46, 20, p.ink)
    for i, (dx, r) in enumerate(((10, 18), (44, 28), (96, 40), (165, 52))):
        c.oval(x + dx, y - 262 - i * 30, r, r * 0.72, mix(p.sky[4], p.paper, 0.5), 0.85)
    c.fill([(x - 200, y + 20), (x + 170, y + 14), (x + 330, y + 34), (x - 80, y + 40)], p.paper,
           0.7)


def _fishing(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 640)
    land.sun(c, rng.choice((330, 1450)), 190, 80)
    land.cloud(c, rng.uniform(500, 1000), 260, 360, mix(p.sky[4], p.paper, 0.6))
    hill = land.ground(c, land.ridge(c, 430, 80, 1500), p.land[1])
    c.shade(hill, p.land[2], "left" if c.light > 0 else "right", 0.8, 0.7)
    x = -30.0
    fronts = (p.accent, p.second, p.paper, p.third, mix(p.accent, p.paper, 0.45),
              mix(p.third, p.paper, 0.5), mix(p.second, p.paper, 0.5))
    last: Colour | None = None
    while x < W:
        w, h = rng.uniform(118, 176), rng.uniform(190, 330)
        colour = rng.choice([f for f in fronts if f != last])
        last = colour
        _house(c, x, 720, w, h, p.tinted(colour))
        x += w
    c.rect(0, 712, W, 40, p.land[3])
    land.mirror(c, 750, p.land[3], 0.45)
    land.ripples(c, 760, p.sky[4], rng.uniform(500, 1300), 30)
    for i in range(4):
        _boat(c, 220 + i * 440 + rng.uniform(-90, 90), 860 + (i % 2) * 90, rng.uniform(0.85, 1.15))
    quay = [(0, 1085), (W, 1130), (W, 1200), (0, 1200)]
    c.fill(quay, p.ink)
    for x in (250, 1180):
        c.fill(smooth([(x, 1110), (x + 8, 1062), (x - 6, 1040), (x + 52, 1040), (x + 40, 1062),
                       (x + 48, 1112)]), p.land[3])
    who = rng.uniform(560, 1400)
    figure(c, who, 1140, 300, someone(c, p.accent, ("hat", "cap", "bun")), turn=-1)
    figure(c, who + 110, 1142, 285, someone(c, p.second), turn=-1)


def _house(c: Canvas, x: float, base: float, w: float, h: float, colour: Colour) -> None:
    p = c.palette
    c.rect(x, base - h, w, h, colour)
    roof = mix(p.land[3], p.accent, 0.25)
    c.fill([(x - 4, base - h), (x + w / 2, base - h - w * 0.5), (x + w + 4, base - h)], colour)
    c.line([(x - 2, base - h), (x + w / 2, base - h - w * 0.5), (x + w + 2, base - h)], 11, roof)
    side = x if c.light > 0 else x + w * 0.72
    c.rect(side, base - h, w * 0.28, h, p.ink, 0.16)
    glass = p.second if p.dark else mix(p.land[3], colour, 0.15)
    for row in range(int(h // 88)):
        for col in range(2):
            wx, wy = x + w * (0.2 + 0.38 * col), base - h + 24 + row * 82
            c.rect(wx - 4, wy - 4, w * 0.2 + 8, 54, mix(colour, p.paper, 0.7))
            c.rect(wx, wy, w * 0.2, 46, glass if c.rng.random() < 0.8 else p.land[3])


def _boat(c: Canvas, x: float, y: float, k: float) -> None:
    p = c.palette
    hull = c.rng.choice((p.accent, p.third, p.paper, p.ink))
    c.line([(x, y - 40 * k), (x, y - 330 * k)], 8 * k, p.ink)
    c.line([(x, y - 320 * k), (x + 150 * k, y - 50 * k)], 2.5, p.ink)
    c.line([(x, y - 320 * k), (x - 140 * k, y - 60 * k)], 2.5, p.ink)
    if c.rng.random() < 0.5:
        c.fill([(x + 10 * k, y - 300 * k), (x + 130 * k, y - 76 * k), (x + 10 * k, y - 84 * k)],
               p.paper)
        c.fill([(x - 8 * k, y - 270 * k), (x - 104 * k, y - 84 * k), (x - 8 * k, y - 84 * k)],
               mix(p.paper, p.land[1], 0.35))
    c.rect(x - 70 * k, y - 92 * k, 84 * k, 50 * k, mix(p.paper, p.second, 0.2))
    c.rect(x - 58 * k, y - 80 * k, 60 * k, 20 * k, p.land[3])
    shape = smooth([(x - 160 * k, y - 58 * k), (x, y - 40 * k), (x + 170 * k, y - 72 * k),
                    (x + 120 * k, y + 6 * k), (x - 120 * k, y + 8 * k)])
    c.fill(shape, hull)
    with c.inside(shape):
        c.rect(x - 200 * k, y - 14 * k, 400 * k, 40 * k, mix(hull, p.ink, 0.45))
    c.fill(oval(x, y + 18 * k, 170 * k, 9 * k), p.ink, 0.35)


def _lighthouse(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    x = 900 + side * 430
    land.sky(c, 800, rings=(900 - side * 300, 700))
    land.sun(c, 900 - side * 300, rng.uniform(420, 600), 125)
    if p.dark:
        c.fill([(x, 262), (x - side * 1500, 60), (x - side * 1500, 380)], p.second, 0.3)
    land.water(c, 780, p.land[3], p.land[1], mix(p.sky[4], p.second, 0.35), 900 - side * 300)
    for i in range(4):
        bx, by, k = 900 - side * rng.uniform(-80, 620), 820 + i * 50, 0.3 + 0.2 * i
        c.fill([(bx, by - 230 * k), (bx + 110 * k, by - 30 * k), (bx, by - 30 * k)], p.paper)
        c.fill([(bx - 6, by - 200 * k), (bx - 80 * k, by - 30 * k), (bx - 6, by - 30 * k)],
               p.accent if i % 2 else mix(p.paper, p.land[1], 0.4))
        c.fill([(bx - 100 * k, by - 22 * k), (bx + 120 * k, by - 22 * k),
                (bx + 80 * k, by + 12 * k),
                (bx - 70 * k, by + 12 * k)], p.ink)
    rock = [(x - side * 560, 1200), (x - side * 430, 1060), (x - side * 330, 1010),
            (x - side * 220, 890), (x - side * 120, 800), (x + side * 130, 780),
            (x + side * 300, 850), (x + side * 700, 820), (x + side * 700, 1200)]
    c.fill(rock, p.land[4])
    with c.inside(rock):
        for a, b in ((-430, -200), (-150, 40), (120, 330)):
            c.fill([(x + side * a, 1010), (x + side * (a + 140), 780), (x + side * b, 860),
                    (x + side * (b - 60), 1200), (x + side * (a - 80), 1200)], p.land[3])
    c.shade(rock, p.ink, "bottom", 0.8, 0.9)
    tower = [(x - 62, 800), (x - 42, 300), (x + 42, 300), (x + 62, 800)]
    c.fill(tower, p.paper)
    with c.inside(tower):
        for i in range(3):
            c.rect(x - 80, 360 + i * 160, 160, 80, p.accent)
        c.fill(box(x + (10 if c.light < 0 else -90), 200, 80, 700), p.ink, 0.22)
    c.rect(x - 62, 288, 124, 16, p.ink)
    c.rect(x - 36, 226, 72, 64, p.second)
    c.rect(x - 5, 226, 10, 64, p.ink)
    c.fill([(x - 48, 230), (x, 168), (x + 48, 230)], mix(p.accent, p.ink, 0.35))
    _house(c, x + side * 150 - 80, 830, 160, 100, mix(p.paper, p.second, 0.2))
    figure(c, x - side * 235, 922, 120, someone(c, p.second), turn=-side)
