"""Schools: a lesson seen from the back row, a pupil by the window, the way to school."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo import scenery as land
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import INDOORS, YOUNG, figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.pupils import chalk, pupil
from newsroom.media.demo.shapes import box, oval, smooth

PALETTES = ("noon", "autumn", "sage", "morning", "dusk", "winter", "rose")


def draw(c: Canvas, variant: int) -> None:
    """One of three school scenes."""
    (_lesson, _window, _gate)[variant % 3](c)


def _lesson(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    wall = mix(p.paper, p.second, 0.18)
    c.rect(0, 0, W, H, wall)
    c.rect(0, 640, W, 150, mix(wall, p.land[2], 0.3))
    floor = box(0, 780, W, 420)
    c.fill(floor, mix(p.second, p.land[3], 0.45))
    for i in range(-9, 10):
        c.line([(900 + i * 100, 780), (900 + i * 250, 1200)], 4, mix(p.second, p.land[4], 0.55))
    bx = 900 - side * 110 - 500
    c.rect(bx - 22, 118, 1044, 504, mix(p.second, p.land[4], 0.5))
    board = box(bx, 140, 1000, 460)
    green = mix(p.third, p.ink, 0.5)
    c.fill(board, green)
    c.shade(board, mix(green, p.ink, 0.5), "bottom", 0.9, 0.8)
    chalk(c, bx + 90, 200, rng.randrange(3))
    c.rect(bx + 60, 596, 300, 16, p.paper)
    wx = 900 + side * 690
    for i in range(2):
        y = 120 + i * 250
        c.rect(wx - 150, y, 300, 230, p.paper)
        c.rect(wx - 136, y + 14, 130, 202, p.sky[2])
        c.rect(wx + 6, y + 14, 130, 202, p.sky[2])
        c.fill([(wx - 136, y + 216), (wx - 136, y + 150), (wx + 136, y + 110), (wx + 136, y + 216)],
               p.land[1], 0.8)
        c.rect(wx - 6, y, 12, 230, p.paper)
    c.fill([(wx - 150, 780), (wx + 150, 780), (wx - side * 600 + 260, 1200),
            (wx - side * 900 - 200, 1200)], p.paper, 0.28)
    figure(c, 900 - side * rng.uniform(380, 520), 840, 500,
           someone(c, rng.choice((p.accent, p.third, p.second)), INDOORS), turn=side, hand=(0.25,
                                                                                            0.86))
    for row, (y, h, n) in enumerate(((900, 250, 6), (1020, 330, 5), (1180, 430, 4))):
        for i in range(n):
            x = 900 + (i - (n - 1) / 2) * (262 + 85 * row) + rng.uniform(-14, 14)
            pupil(c, x, y, h, rng.random() < 0.25 and row > 0)


def _window(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    side = rng.choice((-1, 1))
    wall: Colour = mix(p.land[2], p.paper, 0.25)
    c.rect(0, 0, W, H, wall)
    frame = box(900 + side * 260 - 480, 80, 960, 720)
    with c.inside(frame):
        land.sky(c, 620, rings=(900 + side * 500, 480))
        land.sun(c, 900 + side * 500, 430, 90)
        land.ground(c, land.ridge(c, 600, 50, 900), p.land[1])
        line = land.ridge(c, 690, 20, 900)
        land.ground(c, line, p.land[2])
        for i in range(6):
            land.tree(c, 900 + side * 260 - 420 + i * 170, 760, rng.uniform(200, 330), p.land[3],
                      p.land[2])
    x0 = frame[0][0]
    for x in (x0 - 14, x0 + 306, x0 + 626, x0 + 946):
        c.rect(x, 66, 28, 748, p.paper)
    for y in (66, 260, 800):
        c.rect(x0 - 14, y, 988, 26, p.paper)
    c.rect(x0 - 60, 822, 1080, 30, mix(p.paper, p.land[1], 0.3))
    floor = box(0, 960, W, 240)
    c.fill(floor, mix(p.second, p.land[4], 0.5))
    c.shade(floor, p.land[4], "bottom", 1, 0.8)
    px = 900 - side * 60
    c.fill([(px - 50, 830), (px + 50, 830), (px + 40, 750), (px - 40, 750)], p.accent)
    for i in range(7):
        c.fill(smooth([(px, 756), (px - 90 + i * 30, 640 - 24 * (3 - abs(3 - i))),
                       (px - 110 + i * 37, 590 - 30 * (3 - abs(3 - i)))], 6), p.land[3 + i % 2])
    look = someone(c, rng.choice((p.accent, p.third, p.second)),
                   YOUNG, young=True)
    x = 900.0 - side * 330
    wood = mix(p.second, p.land[3], 0.35)
    c.rect(x - 120, 905, 240, 24, wood)
    c.rect(x - side * 120 - 14, 640, 28, 520, wood)
    for dx in (-96, 96):
        c.rect(x + dx - 10, 920, 20, 240, mix(wood, p.ink, 0.4))
    figure(c, x, 1150, 850, look, pose="sit", turn=side, hand=(0.33, 0.41))
    c.rect(min(x + side * 140, x + side * 880), 800, 740, 30, mix(wood, p.paper, 0.2))
    for dx in (200, 820):
        c.rect(x + side * dx - 13, 830, 26, 330, wood)
    bx = x + side * 350
    c.fill([(bx, 800), (bx - 150, 792), (bx - 130, 762), (bx, 778), (bx + 130, 762),
            (bx + 150, 792)], p.paper)
    for i in range(4):
        c.rect(bx + side * 260 - 80 + 8 * (i % 2), 772 - 28 * i, 170, 26,
               (p.accent, p.third, p.second, p.land[4])[i])
    gx = x + side * 770
    c.line([(gx, 798), (gx, 770)], 12, p.ink)
    c.oval(gx, 690, 84, colour=mix(p.third, p.paper, 0.25))
    with c.inside(oval(gx, 690, 84, 84)):
        c.fill(smooth([(gx - 70, 640), (gx - 10, 630), (gx + 10, 690), (gx - 40, 720)]), p.second)
        c.fill(smooth([(gx + 20, 690), (gx + 70, 660), (gx + 60, 760), (gx + 20, 750)]), p.second)
    c.fill([(x0 + 300, 1200), (x0 + 560, 960), (x0 + 960, 960), (x0 + 760, 1200)], p.paper, 0.18)


def _gate(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    land.sky(c, 800)
    land.sun(c, rng.choice((240, 1560)), 200, 90)
    land.cloud(c, rng.uniform(300, 1000), 250, 340, mix(p.sky[4], p.paper, 0.6))
    land.ground(c, land.ridge(c, 690, 30, 1200), p.land[0])
    brick = mix(p.accent, p.land[3], 0.2)
    c.rect(330, 470, 1140, 390, brick)
    c.rect(330 if c.light > 0 else 1170, 470, 300, 390, p.ink, 0.18)
    c.fill([(290, 474), (400, 380), (1400, 380), (1510, 474)], p.land[4])
    c.fill([(740, 474), (900, 300), (1060, 474), (1060, 860), (740, 860)],
           mix(brick, p.paper, 0.12))
    c.line([(728, 480), (900, 292), (1072, 480)], 18, p.paper)
    c.oval(900, 430, 52, colour=p.paper)
    c.line([(900, 430), (900, 396)], 6, p.ink)
    c.line([(900, 430), (924, 442)], 6, p.accent)
    for row in range(2):
        for i in range(8):
            x = 370.0 + i * 98 + (300 if i > 3 else 0)
            c.rect(x - 6, 520 + row * 160, 76, 112, p.paper)
            c.rect(x, 526 + row * 160, 64, 100, p.second if rng.random() < 0.3 else p.sky[1])
            c.rect(x + 29, 526 + row * 160, 6, 100, p.paper)
    c.rect(820, 640, 160, 220, p.paper)
    c.rect(836, 656, 60, 204, p.land[3])
    c.rect(904, 656, 60, 204, p.land[3])
    c.line([(900, 290), (900, 150)], 7, p.ink)
    c.fill([(904, 152), (1010, 166), (990, 190), (1004, 216), (904, 210)], p.second)
    yard = box(0, 850, W, 350)
    c.fill(yard, mix(p.paper, p.second, 0.25))
    c.fill([(820, 860), (980, 860), (1400, H), (400, H)], mix(p.paper, p.land[1], 0.3))
    c.shade(yard, p.land[1], "bottom", 0.8, 0.6)
    for x, h in ((130.0, 640), (1680.0, 560)):
        land.tree(c, x, 960, h, p.land[3], p.land[2])
    n = rng.choice((5, 6, 7))
    for i in range(n):
        y = 920 + 230 * (((i * 5) % n) / n)
        x = 330 + i * (1150 / n) + rng.uniform(-30, 30)
        look = someone(c, None, (*YOUNG, "cap"), young=True)
        big = (y - 500) * 0.47
        turn = 1 if x < 900 else -1
        figure(c, x, y, big, look, pose=rng.choice(("walk", "run", "walk")), turn=turn,
               shadow=p.land[3])
        c.fill(smooth([(x - turn * big * 0.07, y - big * 0.82),
                       (x - turn * big * 0.22, y - big * 0.78),
                       (x - turn * big * 0.22, y - big * 0.56), (x - turn * big * 0.07,
                                                                 y - big * 0.54)
                       ], 4), rng.choice((p.accent, p.third, p.second)))
