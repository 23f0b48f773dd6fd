"""The back row, and what is on the board."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.figures import YOUNG, figure, someone
from newsroom.media.demo.palettes import mix
from newsroom.media.demo.shapes import box, oval, smooth


def chalk(c: Canvas, x: float, y: float, what: int) -> None:
    p = c.palette
    chalk = mix(p.paper, p.third, 0.15)
    if what == 0:
        c.line([(x, y + 300), (x + 260, y + 300), (x, y + 60), (x, y + 300)], 7, chalk)
        c.line([(x, y + 270), (x + 30, y + 270), (x + 30, y + 300)], 5, chalk)
        for i in range(4):
            c.line([(x + 380, y + 60 + i * 74), (x + 560 + 60 * ((i * 7) % 4), y + 60 + i * 74)],
                   7, chalk)
    elif what == 1:
        for i in range(4):
            r = 40 + i * 52
            c.line(oval(x + 330, y + 160, r * 1.5, r * 0.8), 4, chalk)
            c.oval(x + 330 + r * 1.5 * (1 if i % 2 else -1), y + 160, 13 + 4 * (i % 3),
                   colour=(p.second, p.accent, chalk, p.sky[1])[i])
        c.oval(x + 330, y + 160, 28, colour=p.second)
    else:
        c.line([(x, y), (x, y + 300), (x + 440, y + 300)], 7, chalk)
        for i, v in enumerate((70, 130, 110, 190, 250)):
            c.rect(x + 36 + i * 80, y + 300 - v, 50, v, (p.second, chalk)[i % 2])
        c.line([(x + 520, y + 60), (x + 700, y + 60)], 7, chalk)
        c.line([(x + 520, y + 130), (x + 660, y + 130)], 7, chalk)


def pupil(c: Canvas, x: float, y: float, h: float, raised: bool) -> None:
    p, _rng = c.palette, c.rng
    look = someone(c, None, YOUNG, young=True)
    wood = mix(p.second, p.land[3], 0.3)
    desk = y - h * 0.3
    c.rect(x - h * 0.37, desk, h * 0.74, h * 0.05, mix(wood, p.paper, 0.35))
    c.rect(x - h * 0.35, desk + h * 0.05, h * 0.7, h * 0.1, mix(wood, p.ink, 0.35))
    for way in (-1, 1):
        c.rect(x + way * h * 0.32 - h * 0.015, desk, h * 0.03, h * 0.62, mix(wood, p.ink, 0.5))
    c.rect(x - h * 0.3, desk - h * 0.03, h * 0.16, h * 0.03, p.paper)
    if raised:
        c.line([(x + h * 0.11, y - h * 0.3), (x + h * 0.2, y - h * 0.72)], h * 0.07,
               mix(look.coat, p.ink, 0.15))
        c.oval(x + h * 0.205, y - h * 0.76, h * 0.04, h * 0.05, look.skin)
    big = h * 1.3
    with c.inside(box(x - h, y - 2 * h, 2 * h, 2 * h)):
        figure(c, x, y + big * 0.43, big, look, back=True)
    c.fill(smooth([(x - h * 0.17, y - h * 0.2), (x + h * 0.17, y - h * 0.2), (x + h * 0.18, y),
                   (x - h * 0.18, y)], 4), wood)
    for way in (-1, 1):
        c.rect(x + way * h * 0.14 - h * 0.015, y - h * 0.05, h * 0.03, h * 0.5,
               mix(wood, p.ink, 0.5))
