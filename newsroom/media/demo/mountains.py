"""Mountains: a lake under peaks, layered ridges with a walker, a village in the snow line."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, box, smooth

PALETTES = ("winter", "morning", "rose", "dusk", "sage", "noon", "night", "autumn")


def draw(c: Canvas, variant: int) -> None:
    """One of three valleys."""
    (_lake, _walker, _village)[variant % 3](c)


def peak(
    c: Canvas, x: float, top: float, w: float, base: float, rock: Colour, snow: float
) -> None:
    """A summit with a lit and a shaded side; snow covers `snow` (0 to 1) of its height."""
    p, rng = c.palette, c.rng
    h = base - top

    def flank(side: int) -> list[Point]:
        steps = [(0.0, 0.0)]
        for i in range(1, 7):
            steps.append(((i / 6) ** 0.92 + rng.uniform(-0.035, 0.035), i / 6))
        return [(x + side * w * u, top + h * v) for u, v in steps]

    left, right = flank(-1), flank(1)
    spine = [(x, top)]
    for i in range(1, 8):
        spine.append((x + w * rng.uniform(-0.11, 0.11) + c.light * w * 0.02 * i, top + h * i / 7))
    c.fill([*left, *reversed(right)], rock)
    dark = left if c.light > 0 else right
    shade = [*spine, *reversed(dark)]
    c.fill(shade, mix(rock, p.ink, 0.32))
    if snow:
        white = mix(p.paper, p.sky[3], 0.12)
        zig: list[Point] = []
        n = 9
        for i in range(n + 1):
            u = -1 + 2 * i / n
            drop = snow * (1.25 if i % 2 else 0.72) * rng.uniform(0.85, 1.2)
            zig.append((x + u * w, top + h * drop))
        cap = [(x - w, top - 10), (x + w, top - 10), *reversed(zig)]
        with c.inside([*left, *reversed(right)]):
            c.fill(cap, white)
            with c.inside(cap):
                c.fill(shade, mix(white, p.land[1], 0.55))


def _range(c: Canvas, base: float, count: int, high: float, rock: Colour, snow: float) -> None:
    rng = c.rng
    order = list(range(count))
    rng.shuffle(order)
    for i in order:
        x = W * (i + 0.5) / count + rng.uniform(-110, 110)
        h = high * rng.uniform(0.62, 1.0)
        peak(c, x, base - h, h * rng.uniform(0.75, 1.05), base, rock, snow)


def _forest(c: Canvas, y: float, deep: float, h: float, count: int, colour: Colour) -> None:
    spots = sorted((c.rng.random(), c.rng.uniform(-40, W + 40)) for _ in range(count))
    for t, x in spots:
        tint = mix(mix(colour, c.palette.land[1], 0.3), colour, t)
        land.pine(c, x, y + deep * t, h * (0.7 + 0.5 * t) * c.rng.uniform(0.8, 1.15), tint,
                  mix(tint, c.palette.sky[4], 0.18))


def _lake(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    sx = rng.uniform(400, 1400)
    land.sky(c, 720)
    land.sun(c, sx, rng.uniform(150, 260), 80)
    land.cloud(c, rng.uniform(0, 700), 330, 420, mix(p.sky[4], p.paper, 0.6))
    land.cloud(c, rng.uniform(900, 1500), 250, 300, mix(p.sky[4], p.paper, 0.4))
    _range(c, 800, 4, 430, mix(p.land[1], p.sky[3], 0.35), 0.42)
    _range(c, 810, 2, 610, p.land[2], 0.36)
    shore = land.ground(c, land.ridge(c, 775, 14, 800), p.land[3])
    c.shade(shore[:-2] + box(0, 820, W, 20)[1:3], p.land[2], "top", 0.5)
    _forest(c, 780, 40, 100, 90, p.land[3])
    land.mirror(c, 830, p.land[2], 0.35)
    land.ripples(c, 840, p.sky[4], sx, 26)
    side = rng.choice((-1, 1))
    bank = smooth([(900 - side * 1000, 985), (900 - side * 620, 1010), (900 - side * 250, 1090),
                   (900 + side * 90, 1150), (900 + side * 300, 1260), (900 - side * 1000, 1260)])
    c.fill(bank, p.land[4])
    for i in range(7):
        land.pine(c, 900 - side * (860 - i * 95), 1060 + i * 14, 520 - i * 56, p.ink, p.land[4])
    bx = 900 + side * 330
    c.fill(smooth([(bx - 150, 1010), (bx, 1024), (bx + 150, 1006), (bx + 96, 1048),
                   (bx - 96, 1048)]), p.accent)
    figure(c, bx - 20, 1046, 190, someone(c, p.second, ("hat", "cap")), pose="sit", turn=-side)
    c.line([(bx - side * 40, 972), (bx - side * 150, 1064)], 7, p.paper)


def _walker(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    land.sky(c, 900, rings=(900 + side * 350, 520))
    land.sun(c, 900 + side * 350, 360, 140)
    for i in range(4):
        y = 470 + i * 120
        shape = land.ground(c, _crags(c, y, 190 - 12 * i), mix(p.land[i], p.sky[4], 0.12))
        c.shade([*shape[:-2], (W, y + 190), (0, y + 190)], mix(p.land[i], p.sky[4], 0.55),
                "bottom", 0.75, 0.95)
    front = smooth([(900 - side * 950, 700), (900 - side * 640, 742), (900 - side * 440, 800),
                    (900 - side * 240, 846), (900 + side * 40, 1000), (900 + side * 500, 1090),
                    (900 + side * 950, 1130), (900 + side * 950, 1300), (900 - side * 950, 1300)])
    c.fill(front, p.land[4])
    c.shade(front, p.ink, "bottom", 0.9, 0.9)
    hx, hy = 900 - side * 430, 806.0
    look = someone(c, p.accent, ("hat", "cap", "bun"))
    tip = figure(c, hx, hy, 300, look, turn=side, hand=(0.19, 0.55))
    c.line([(tip[0], tip[1] - 6), (tip[0] + side * 26, hy + 18)], 6, p.paper)
    c.fill(smooth([(hx - side * 26, hy - 250), (hx - side * 74, hy - 236),
                   (hx - side * 78, hy - 150),
                   (hx - side * 24, hy - 142)]), p.second)
    for i in range(6):
        x = 900 + side * (260 + 130 * i) + rng.uniform(-30, 30)
        land.pine(c, x, 1150 + rng.uniform(-20, 60), rng.uniform(180, 330), p.ink, p.land[4])


def _crags(c: Canvas, y: float, swing: float) -> list[Point]:
    line: list[Point] = [(0, y)]
    x = -60.0
    while x < W:
        wide, tall = c.rng.uniform(90, 260), swing * c.rng.uniform(0.35, 1.15)
        line.append((x + wide * c.rng.uniform(0.4, 0.6), y - tall))
        line.append((x + wide * 0.78, y - tall * c.rng.uniform(0.3, 0.5)))
        x += wide
        line.append((x, y - swing * c.rng.uniform(-0.3, 0.1)))
    return [*line, (W, y)]


def _village(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 640)
    land.sun(c, rng.choice((300, 1500)), 180, 72)
    mid = rng.uniform(700, 1100)
    peak(c, mid - 560, 300, 560, 860, mix(p.land[1], p.sky[3], 0.3), 0.5)
    peak(c, mid + 600, 260, 600, 860, mix(p.land[1], p.sky[3], 0.3), 0.5)
    peak(c, mid, 110, 640, 880, p.land[2], 0.46)
    c.shade(box(0, 560, W, 320), p.sky[4], "bottom", 1, 0.55)
    for i, y in enumerate((800, 880, 985)):
        hill = land.ground(c, land.ridge(c, y, 34, 1100 + 300 * i),
                           mix(p.paper, p.land[1], 0.32 - 0.13 * i) if p.name == "winter"
                           else p.land[i + 1])
        c.shade([*hill[:-2], (W, y + 230), (0, y + 230)], p.land[2 + min(i, 1)],
                "right" if c.light < 0 else "left", 0.6, 0.6)
        if i == 0:
            _forest(c, 800, 50, 110, 60, p.land[3])
        if i == 1:
            spots = sorted(rng.uniform(850, 945) for _ in range(9))
            for j, hy in enumerate(spots):
                _chalet(c, 190 + (j * 733) % 1450, hy, rng.uniform(105, 150))
            _church(c, mid + 60, 930)
    _forest(c, 1110, 130, 270, 20, p.land[4])
    c.rect(0, H - 4, W, 4, p.ink)


def _chalet(c: Canvas, x: float, y: float, w: float) -> None:
    p = c.palette
    wall = mix(p.accent if c.rng.random() < 0.35 else p.second, p.land[4], 0.5)
    c.fill([(x, y), (x, y - w * 0.5), (x + w / 2, y - w * 0.85), (x + w, y - w * 0.5), (x + w, y)],
           wall)
    c.rect(x if c.light > 0 else x + w * 0.6, y - w * 0.5, w * 0.4, w * 0.5, p.ink, 0.25)
    for i in range(3):
        c.rect(x + w * (0.15 + 0.27 * i), y - w * 0.4, w * 0.14, w * 0.16, p.second)
    c.line([(x - w * 0.14, y - w * 0.42), (x + w / 2, y - w * 0.9), (x + w * 1.14, y - w * 0.42)],
           w * 0.13, p.paper)


def _church(c: Canvas, x: float, y: float) -> None:
    p = c.palette
    c.rect(x, y - 120, 190, 120, p.paper)
    c.fill([(x - 10, y - 118), (x + 40, y - 190), (x + 200, y - 190), (x + 200, y - 118)],
           p.land[3])
    c.rect(x - 60, y - 260, 76, 260, p.paper)
    c.rect(x - 60 + (44 if c.light < 0 else 0), y - 260, 32, 260, p.land[1])
    c.fill([(x - 70, y - 258), (x - 22, y - 420), (x + 26, y - 258)], p.accent)
    for i in range(4):
        c.rect(x + 44 + i * 36, y - 88, 14, 46, p.land[3])
    c.rect(x - 32, y - 220, 20, 40, p.land[3])
