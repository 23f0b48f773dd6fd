"""Sport: the bowl at kick-off, runners in their lanes, a duel for the ball."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo import scenery as land
from newsroom.media.demo.athletes import player, runner, stand
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import box, oval

PALETTES = ("night", "noon", "rose", "sage", "dusk", "autumn", "morning", "winter")


def draw(c: Canvas, variant: int) -> None:
    """One of three sporting moments."""
    (_bowl, _track, _duel)[variant % 3](c)


def _grass(c: Canvas) -> tuple[Colour, Colour]:
    p = c.palette
    base = mix((84, 142, 88), p.land[2], 0.5 if p.dark else 0.22)
    return base, mix(base, p.paper, 0.14)


def _bowl(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 520)
    land.sun(c, rng.choice((380, 1400)), 150, 70)
    concrete = mix(p.land[3], p.ink, 0.2)
    c.fill([(-20, 250), (300, 330), (1500, 330), (1820, 250), (1820, 760), (-20, 760)], concrete)
    stand(c, [(330, 590), (250, 372)], [(1470, 590), (1550, 372)], 11, 62)
    for way in (-1, 1):
        stand(c, [(900 + way * 560, 600), (900 + way * 640, 372)],
               [(900 + way * 960, 760), (900 + way * 960, 330)], 11, 20)
    c.fill([(-20, 250), (300, 326), (1500, 326), (1820, 250), (1820, 200), (1480, 284), (320, 284),
            (-20, 200)], p.paper)
    c.fill([(-20, 260), (300, 334), (1500, 334), (1820, 260), (1820, 250), (1500, 322), (300, 322),
            (-20, 250)], p.ink)
    for way in (-1, 1):
        for dx in (430, 760):
            x, y = 900.0 + way * dx, 300 - dx * 0.1
            c.line([(x, y), (x, y - 170)], 11, p.ink)
            c.rect(x - 66, y - 230, 132, 66, p.ink)
            for i in range(8):
                c.oval(x - 48 + (i % 4) * 32, y - 214 + (i // 4) * 32, 11, colour=p.paper)
            if p.dark:
                c.fill([(x - 60, y - 170), (x + 60, y - 170), (900 - way * 60, 1100),
                        (900 - way * 620, 1100)], p.paper, 0.07)
    base, pale = _grass(c)
    c.fill([(300, 600), (1500, 600), (W + 500, H), (-500, H)], base)
    for i in range(0, 12, 2):
        a0, a1 = 300 + i * 100, 400 + i * 100
        b0, b1 = -900 + i * 300, -600 + i * 300
        c.fill([(a0, 600), (a1, 600), (b1, H), (b0, H)], pale)
    boards = (p.accent, p.second, p.third, p.paper)
    for i in range(16):
        c.rect(300 + i * 75, 580, 74, 24, boards[(i * 3) % 4])
    chalk = mix(p.paper, pale, 0.1)
    c.line([(330, 626), (1470, 626)], 6, chalk)
    c.line([(330, 626), (-420, H)], 9, chalk)
    c.line([(1470, 626), (2220, H)], 9, chalk)
    c.line([(900, 626), (900, H)], 8, chalk)
    c.line(oval(900, 850, 300, 100), 8, chalk)
    c.oval(900, 850, 10, 6, chalk)
    teams = (p.accent, p.paper if p.accent != p.paper else p.third)
    spots = sorted((rng.uniform(680, 1130), rng.uniform(260, 1540), i % 2) for i in range(11))
    for y, x, side in spots:
        h = 60 + (y - 600) * 0.34
        player(c, x, y, h, teams[side], 1 if x < 900 else -1, rng.random() < 0.7)
    c.oval(960, 872, 13, colour=p.paper)
    c.oval(958, 886, 15, 4, p.ink, 0.4)


def _track(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    land.sky(c, 480, rings=(900 - side * 420, 420))
    land.sun(c, 900 - side * 420, 300, 110)
    c.fill([(-10, 330), (W + 10, 240), (W + 10, 520), (-10, 520)] if side > 0 else
           [(-10, 240), (W + 10, 330), (W + 10, 520), (-10, 520)], mix(p.land[3], p.ink, 0.2))
    lo, hi = (345, 262) if side > 0 else (262, 345)
    stand(c, [(-20, 500), (-20, lo)], [(W + 20, 500), (W + 20, hi)], 9, 84)
    base, _pale = _grass(c)
    c.rect(0, 505, W, 120, base)
    c.rect(0, 505, W, 26, p.paper)
    for i in range(10):
        c.rect(i * 190, 507, 150, 22, (p.accent, p.second, p.third)[i % 3])
    clay = mix((196, 84, 58), p.land[3], 0.15) if p.name != "rose" else mix(p.third, p.land[3], 0.3)
    lanes = [(0, 610), (W, 610), (W, H), (0, H)]
    c.fill(lanes, clay)
    c.shade(lanes, mix(clay, p.ink, 0.45), "bottom", 0.9, 0.7)
    chalk = mix(p.paper, clay, 0.08)
    for i in range(6):
        y = 612 + 590 * (i / 5) ** 1.25
        c.line([(0, y), (W, y - side * 16)], 5 + i * 1.6, chalk)
    inks = [p.accent if p.name == "rose" else p.ink, p.second, p.paper, p.third, p.land[4]]
    rng.shuffle(inks)
    for i in range(4):
        y = 720 + 440 * (i / 3.2) ** 1.15
        h = 300 + 85 * i
        x = 900 + side * ((i * 631) % 1000 - 500) * 0.95 + rng.uniform(-70, 70)
        runner(c, x, y, h, inks[i], side)


def _duel(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    back = mix(p.land[3], p.ink, 0.25)
    c.rect(0, 0, W, H, back)
    stand(c, [(-20, 560), (-20, 30)], [(W + 20, 560), (W + 20, 30)], 16, 62)
    c.shade(box(0, 0, W, 600), back, "top", 0.9, 0.9)
    c.fill(box(0, 0, W, 600), back, 0.35)
    for i in range(8):
        c.rect(i * 230, 566, 228, 74, (p.accent, p.third, p.second, p.paper)[(i * 3) % 4])
    base, pale = _grass(c)
    c.rect(0, 636, W, 564, base)
    for i in range(-4, 8, 2):
        c.fill([(900 + (i - 2) * 230, 636), (900 + (i - 1) * 230, 636), (900 + (i - 1.5) * 640, H),
                (900 + (i - 3.2) * 640, H)], pale)
    c.shade(box(0, 800, W, 400), mix(base, p.ink, 0.5), "bottom", 1, 0.7)
    c.line([(900 - side * 900, 860), (900 + side * 900, 700)], 10, mix(p.paper, base, 0.15))
    gx = 900 + side * 560
    for i in range(13):
        c.line([(gx + side * i * 34, 330), (gx + side * (i * 34 + 30), 700)], 2.5, p.paper, 0.6)
    for i in range(9):
        c.line([(gx, 340 + i * 42), (gx + side * 500, 340 + i * 42)], 2.5, p.paper, 0.6)
    c.line([(gx, 740), (gx, 320), (gx + side * 700, 320)], 17, p.paper)
    kits = [p.second, p.accent, p.paper]
    runner(c, 900 + side * 330, 800, 330, kits[2], -side)
    bx = 900 + side * 150
    runner(c, 900 - side * 300, 1080, 700, kits[0], side)
    runner(c, 900 + side * 560, 1120, 660, kits[1], -side)
    c.fill(oval(bx, 1088, 66, 12), p.ink, 0.45)
    c.oval(bx, 1030, 58, colour=p.paper)
    with c.inside(oval(bx, 1030, 58, 58)):
        for i in range(6):
            a = i * 1.047 + 0.3
            c.oval(bx + 48 * math.cos(a), 1030 + 48 * math.sin(a), 17, colour=p.ink)
        c.oval(bx, 1030, 17, colour=p.ink)
        c.oval(bx - c.light * 66, 1050, 56, 70, p.ink, 0.25)
    for _ in range(10):
        c.oval(bx - side * rng.uniform(70, 210), 1070 - rng.uniform(0, 60), rng.uniform(4, 10),
               colour=pale)
