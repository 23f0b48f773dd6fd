"""A statement to the press, and heads from behind."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.figures import figure, someone
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import smooth


def back_of_head(
    c: Canvas, x: float, y: float, r: float, hair: Colour, style: str, skin: Colour
) -> None:
    c.rect(x - r * 0.4, y, r * 0.8, r * 1.3, mix(skin, c.palette.ink, 0.15))
    for way in (-1, 1):
        c.oval(x + way * r, y + r * 0.1, r * 0.18, r * 0.26, skin)
    c.oval(x, y, r, r * 1.15, hair)
    if style in ("long", "scarf"):
        c.fill(smooth([(x - r, y - r * 0.2), (x + r, y - r * 0.2), (x + r * 1.1, y + r * 1.6),
                       (x - r * 1.1, y + r * 1.6)]), hair)
    if style == "bun":
        c.oval(x, y - r * 1.1, r * 0.45, colour=hair)
    if style == "round":
        c.oval(x, y - r * 0.2, r * 1.3, colour=hair)


def press(c: Canvas) -> None:
    p, rng = c.palette, c.rng
    wall = mix(p.third, p.ink, 0.3)
    c.rect(0, 0, W, H, wall)
    mid = 900 + rng.choice((-1, 1)) * rng.uniform(60, 200)
    for i in range(9):
        c.fill([(mid - 1500 + i * 330, 0), (mid - 1500 + i * 330 + 165, 0),
                (mid - 1340 + i * 330, 900),
                (mid - 1500 + i * 330, 900)], mix(wall, p.ink, 0.1))
    c.oval(mid, 420, 380, colour=mix(wall, p.paper, 0.12))
    for i, x in enumerate((mid - 560, mid - 430, mid + 430, mid + 560)):
        c.line([(x, 960), (x, 130)], 13, p.second)
        inks = ((p.accent, p.paper), (p.second, p.land[3]))[i % 2]
        cloth = [(x + 4, 140), (x + 34, 156), (x + 92, 300), (x + 112, 600), (x + 84, 640),
                 (x + 62, 606), (x + 40, 668), (x + 22, 590), (x + 4, 620)]
        c.fill(cloth, inks[0])
        with c.inside(cloth):
            c.fill([(x, 300), (x + 40, 330), (x + 66, 700), (x, 700)], inks[1])
            for dx in (26, 66):
                c.line([(x + dx * 0.4, 190), (x + dx, 640)], 6, mix(inks[0], p.ink, 0.25))
    figure(c, mid, 1280, 1010, someone(c, rng.choice((p.ink, p.accent, p.land[4], p.paper)),
                                        ("short", "long", "bun", "round", "scarf", "bald")),
           turn=rng.choice((-1, 1)), hand=(0.22, 0.62))
    stand = [(mid - 210, 720), (mid + 210, 720), (mid + 160, 1200), (mid - 160, 1200)]
    c.fill(stand, mix(p.second, p.land[4], 0.35))
    c.shade(stand, mix(p.land[4], p.ink, 0.4), "right" if c.light < 0 else "left", 0.8, 0.9)
    c.fill([(mid - 240, 690), (mid + 240, 690), (mid + 220, 734), (mid - 220, 734)],
           mix(p.second, p.paper, 0.2))
    c.oval(mid, 880, 84, colour=p.second)
    c.oval(mid, 880, 66, colour=mix(p.accent, p.ink, 0.2))
    for i, dx in enumerate((-120, -66, 66, 122)):
        tip = (mid + dx * 0.72, 600 - 14 * (i % 2))
        c.line([(mid + dx, 696), tip], 9, p.ink)
        c.oval(*tip, 19, 28, (p.ink, p.accent, p.ink, p.second)[i])
    x = -30.0
    while x < W + 60:
        r = rng.uniform(78, 96)
        y = 1030 + rng.uniform(-36, 40)
        look = someone(c, rng.choice((p.ink, mix(p.ink, p.land[3], 0.5),
                                      mix(p.accent, p.ink, 0.5))),
                       ("short", "long", "bun", "round", "scarf", "bald"))
        c.fill(smooth([(x - r * 1.9, 1290), (x - r * 1.6, y + r * 1.5), (x, y + r),
                       (x + r * 1.6, y + r * 1.5), (x + r * 1.9, 1290)]), look.coat)
        if rng.random() < 0.4:
            way = rng.choice((-1, 1))
            c.line([(x + way * r * 1.3, y + r * 1.9), (x + way * r * 1.5, y - r * 1.5)], r * 0.62,
                   look.coat)
            c.rect(x + way * r * 1.5 - 44, y - r * 2.5, 88, 120, p.ink)
            c.rect(x + way * r * 1.5 - 36, y - r * 2.4, 72, 84, mix(p.third, p.paper, 0.5))
            c.oval(x + way * r * 1.5, y - r * 1.1, 28, colour=look.skin)
        back_of_head(c, x, y, r, look.hair if look.style != "bald" else look.skin, look.style,
                      look.skin)
        x += r * rng.uniform(3.2, 4.6)
    c.rect(0, H - 2, W, 2, p.ink)
