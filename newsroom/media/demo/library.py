"""Libraries: a wall of books with a ladder, a reading room, an armchair by the lamp."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import INDOORS, figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("autumn", "morning", "dusk", "sage", "night", "rose", "winter")


def draw(c: Canvas, variant: int) -> None:
    """One of three places to read."""
    (_wall, _room, _chair)[variant % 3](c)


def shelf(c: Canvas, x: float, y: float, w: float, h: float, case: Colour) -> None:
    """One row of books standing on `y`, at most `h` tall, now and then a gap or a leaning one."""
    p, rng = c.palette, c.rng
    spines = (p.accent, p.second, p.third, p.paper, p.land[1], p.land[2], mix(p.accent, p.ink, 0.4),
              mix(p.third, p.ink, 0.4), mix(p.second, p.accent, 0.5), p.land[3])
    at, end = x + 6, x + w - 8
    while at < end - 16:
        if rng.random() < 0.04:
            at += rng.uniform(20, 50)
            continue
        wide, tall = h * rng.uniform(0.13, 0.27), h * rng.uniform(0.66, 0.94)
        wide = min(wide, end - at)
        ink = rng.choice(spines)
        if rng.random() < 0.05 and at + tall * 0.3 + wide < end:
            c.fill([(at + tall * 0.3, y - tall * 0.95), (at + tall * 0.3 + wide, y - tall * 0.9),
                    (at + wide, y), (at, y)], ink)
            at += tall * 0.3 + wide
            continue
        c.rect(at, y - tall, wide, tall, ink)
        c.rect(at if c.light > 0 else at + wide * 0.68, y - tall, wide * 0.32, tall, p.ink, 0.2)
        band = mix(ink, p.paper if ink != p.paper else p.accent, 0.65)
        style = rng.randrange(4)
        if style == 0:
            c.rect(at, y - tall * 0.86, wide, h * 0.03, band)
            c.rect(at, y - tall * 0.16, wide, h * 0.03, band)
        elif style == 1:
            c.rect(at + wide * 0.25, y - tall * 0.75, wide * 0.5, tall * 0.3, band)
        elif style == 2:
            c.rect(at + wide * 0.42, y - tall * 0.8, wide * 0.16, tall * 0.55, band)
        at += wide + 1.5
    c.rect(x, y, w, h * 0.08, case)


def _wall(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    case = mix(p.land[4], p.accent, 0.18)
    c.rect(0, 0, W, H, mix(case, p.ink, 0.5))
    for col in range(4):
        x = -40.0 + col * 475
        for row in range(6):
            shelf(c, x + 18, 168 + row * 178, 440, 158, mix(case, p.paper, 0.12))
        c.rect(x - 6, 0, 26, H, mix(case, p.paper, 0.2))
    c.shade(box(0, 0, W, 1080), mix(case, p.ink, 0.6), "left" if side > 0 else "right", 0.3, 0.5)
    floor = box(0, 1068, W, 132)
    c.fill(floor, mix(p.second, p.land[3], 0.4))
    c.shade(floor, p.land[4], "bottom", 1, 0.7)
    lx = 900 + side * 250
    foot, top = lx - side * 150, lx + side * 60
    for dx in (-52, 52):
        c.line([(foot + dx, 1130), (top + dx, -20)], 17, p.second)
    for i in range(13):
        t = i / 13
        x, y = foot + (top - foot) * t, 1100 - 1090 * t
        c.line([(x - 52, y), (x + 52, y)], 12, mix(p.second, p.ink, 0.25))
    c.line([(0, 28), (W, 28)], 14, p.second)
    hx, hy = figure(c, foot + (top - foot) * 0.36 - side * 14, 712, 440,
                    someone(c, p.paper, INDOORS), turn=side, hand=(0.2, 0.78))
    c.fill([(hx - 6, hy - 66), (hx + 44, hy - 62), (hx + 44, hy + 26), (hx - 6, hy + 22)], p.accent)
    figure(c, 900 - side * 420, 1150, 560, someone(c, p.second, INDOORS), turn=-side,
           hand=(0.16, 0.6))
    bx = 900 - side * 515
    c.fill([(bx - 56, 790), (bx, 806), (bx + 56, 790), (bx + 56, 846), (bx, 862), (bx - 56, 846)],
           p.paper)
    for i in range(5):
        c.rect(900 + side * 640 - 110 + 14 * (i % 2), 1112 - 34 * i, 200, 32,
               (p.accent, p.third, p.paper, p.second, p.land[2])[i])


def _room(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wall = mix(p.paper, p.second, 0.25) if not p.dark else p.land[1]
    c.rect(0, 0, W, H, wall)
    with c.inside(box(0, 0, W, 640)):
        for i in range(5):
            x = 20.0 + i * 440 - 110
            arch = [(x, 560), (x, 250), *oval(x + 110, 250, 110, 150, 180, 360), (x + 220, 560)]
            c.fill([(x - 26, 580), (x - 26, 250), *oval(x + 110, 250, 136, 178, 180, 360),
                    (x + 246, 580)], mix(wall, p.land[2], 0.45))
            with c.inside(arch):
                land.sky(c, 620)
                land.ground(c, land.ridge(c, 470, 30, 500), p.land[1])
            for dx in (72, 148):
                c.line([(x + dx, 100), (x + dx, 560)], 6, p.paper)
            c.line([(x, 250), (x + 220, 250)], 6, p.paper)
            c.line([(x, 400), (x + 220, 400)], 6, p.paper)
    c.rect(0, 580, W, 22, mix(wall, p.ink, 0.4))
    for col in range(6):
        c.rect(col * 310 - 40, 600, 300, 220, p.land[4])
        shelf(c, col * 310 - 30, 696, 280, 84, mix(p.land[4], p.paper, 0.2))
        shelf(c, col * 310 - 30, 800, 280, 84, mix(p.land[4], p.paper, 0.2))
    floor = box(0, 815, W, 385)
    c.fill(floor, mix(p.accent, p.land[4], 0.55))
    c.shade(floor, p.ink, "bottom", 1, 0.7)
    for row, (y, h) in enumerate(((890, 330), (1080, 480))):
        step = 330 + 110 * row
        start = rng.uniform(-60, 60) + (120 if row else 200)
        for i in range(5 - row):
            x = start + i * step
            if rng.random() < 0.85:
                figure(c, x, y + h * 0.35, h, someone(c, styles=INDOORS), pose="sit",
                       turn=1 if i % 2 else -1)
        c.rect(-10, y, W + 20, 24 + 12 * row, mix(p.second, p.land[4], 0.35))
        c.rect(-10, y + 24 + 12 * row, W + 20, 70 + 60 * row, mix(p.second, p.ink, 0.75))
        for i in range(5 - row):
            x = start + (i + 0.5) * step
            _lamp(c, x, y, 0.75 + 0.4 * row)
            c.fill([(x + step * 0.28 - 60, y), (x + step * 0.28, y - 10),
                    (x + step * 0.28 + 60, y)],
                   p.paper)


def _lamp(c: Canvas, x: float, y: float, k: float) -> None:
    p = c.palette
    c.fill([(x - 56 * k, y - 110 * k), (x + 56 * k, y - 110 * k), (x + 120 * k, y),
            (x - 120 * k, y)], p.second, 0.3)
    c.line([(x, y), (x, y - 130 * k)], 9 * k, p.second)
    c.rect(x - 36 * k, y - 12 * k, 72 * k, 12 * k, p.second)
    c.fill([(x - 74 * k, y - 106 * k), *oval(x, y - 128 * k, 66 * k, 40 * k, 190, 350),
            (x + 74 * k, y - 106 * k)], p.third)


def _chair(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))

    def at(x: float, y: float) -> Point:
        return 900 + side * x, y

    wall = mix(p.land[3], p.ink, 0.2)
    c.rect(0, 0, W, H, wall)
    for i in range(4):
        c.oval(*at(330, 430), 700 - 160 * i, colour=mix(wall, p.second, 0.08 + 0.13 * i))
    for row in range(5):
        for col in range(2):
            x = 900.0 - side * (330 + col * 400) - 190
            shelf(c, x, 190 + row * 205, 385, 172, mix(wall, p.accent, 0.3))
    floor = box(0, 1030, W, 170)
    c.fill(floor, mix(p.accent, p.land[4], 0.5))
    c.fill(oval(*at(110, 1120), 640, 70), mix(p.second, p.land[3], 0.25))
    c.fill(oval(*at(110, 1120), 560, 56), mix(p.third, p.paper, 0.15))
    c.line([at(420, 1110), at(420, 380)], 15, p.ink)
    c.rect(at(420, 0)[0] - 80, 1104, 160, 18, p.ink)
    c.fill([at(300, 440), at(345, 270), at(495, 270), at(540, 440)], p.second)
    c.fill([at(300, 440), at(540, 440), at(760, 1110), at(60, 1110)], p.second, 0.13)
    seat = p.accent
    dim = mix(seat, p.ink, 0.35)
    c.fill(smooth([at(-240, 560), at(-90, 520), at(-40, 640), at(-60, 960), at(-250, 960)], 6), dim)
    c.fill(smooth([at(-262, 880), at(-200, 850), at(180, 850), at(226, 880), at(226, 1000),
                   at(190, 1036), at(-210, 1040), at(-258, 1010)]), seat)
    for x in (-210.0, 200.0):
        c.line([at(x, 1030), at(x - 10, 1110)], 18, p.ink)
    x, y = at(-90, 1118)
    figure(c, x, y, 820, someone(c, rng.choice((p.paper, p.third, p.second)), INDOORS), pose="sit",
           turn=side,
           hand=(0.24, 0.44))
    c.fill(smooth([at(-230, 800), at(140, 800), at(190, 850), at(140, 900), at(-230, 900)], 9),
           mix(seat, p.paper, 0.14))
    c.shade(box(at(-20, 0)[0] - 220, 905, 440, 130), dim, "bottom", 0.9, 0.6)
    c.fill([at(60, 740), at(120, 768), at(180, 716), at(214, 738), at(126, 812), at(44, 770)],
           p.paper)
    c.rect(at(610, 0)[0] - 90, 880, 180, 18, mix(p.second, p.land[4], 0.3))
    c.line([at(610, 890), at(610, 1110)], 14, mix(p.second, p.land[4], 0.5))
    for i in range(4):
        c.rect(at(600, 0)[0] - 60 + 8 * (i % 2), 852 - 28 * i, 118, 27,
               (p.third, p.paper, p.accent, p.land[1])[i])
    c.rect(0, H - 2, W, 2, p.ink)
