"""Portraits: head and shoulders, calm, for bylines and columns. Sixteen invented sitters."""

# Points read better side by side than one to a line.
# fmt: off
import math

from newsroom.media.demo import dress
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.face import Sitter, beard, features, glasses
from newsroom.media.demo.figures import HAIRS, SKINS
from newsroom.media.demo.palettes import mix
from newsroom.media.demo.shapes import Point, box, oval, smooth

PALETTES = ("sage", "rose", "morning", "autumn", "noon", "winter", "dusk")


SITTERS = (
    Sitter(1, 2, "bob", "blazer", "round", jaw=0.94),
    Sitter(4, 0, "crop", "open", beard="full", jaw=1.05),
    Sitter(3, 0, "veil", "coat", jaw=0.93),
    Sitter(0, 5, "parted", "suit", "square", jaw=1.03, old=True),
    Sitter(5, 0, "afro", "collar", jaw=0.95, rings=True),
    Sitter(2, 1, "long", "roll", jaw=0.92),
    Sitter(3, 0, "turban", "suit", beard="full", jaw=1.02),
    Sitter(0, 4, "bun", "collar", "", jaw=0.92, rings=True),
    Sitter(1, 6, "kippah", "open", "round", beard="short", jaw=1.0, old=True),
    Sitter(5, 0, "bald", "roll", "square", beard="short", jaw=1.04),
    Sitter(2, 0, "parted", "blazer", jaw=0.98),
    Sitter(4, 0, "braids", "coat", "round", jaw=0.93, rings=True),
    Sitter(0, 3, "waves", "roll", jaw=0.93),
    Sitter(1, 0, "crop", "suit", jaw=1.0),
    Sitter(2, 5, "bob", "coat", "square", jaw=0.95, old=True, rings=True),
    Sitter(0, 2, "waves", "open", "round", beard="full", jaw=1.02),
)


def draw(c: Canvas, variant: int) -> None:
    """One of the sitters, before one of five grounds."""
    s = SITTERS[variant % len(SITTERS)]
    p = c.palette
    turn = 1 if (variant // 3) % 2 else -1
    c.light = turn
    skin, hair = p.tinted(SKINS[s.skin]), p.tinted(HAIRS[s.hair])
    _ground(c, variant % 5)
    ink = (p.accent, p.third, p.land[4], p.second)[variant % 4]
    k, cx, cy = 1.16, 900 + turn * 8, 505
    shade = mix(skin, (92, 38, 46), 0.32)

    def at(u: float, v: float) -> Point:
        return cx + u * k * turn, cy + v * k

    def path(*pts: Point) -> list[Point]:
        return [at(*q) for q in pts]

    dress.behind(c, s.style, path, hair)
    dress.clothes(c, s.clothes, path, ink, skin)
    neck = path((-78, 90), (78, 90), (84, 262), (0, 330), (-84, 262))
    c.fill(neck, skin)
    with c.inside(neck):
        c.fill(smooth(path((-200, 100), (150, 90), (150, 330), (40, 260), (-60, 215))), shade)
    dress.neckline(c, s.clothes, path, ink)
    for way in (-1, 1):
        c.oval(*at(way * 164 * s.jaw ** 0.5, 8), 27 * k, 44 * k, skin if way > 0 else shade)
        if s.rings and s.style not in ("veil", "turban"):
            c.oval(*at(way * 168, 62), 13 * k, colour=p.second)
    j = s.jaw
    face = smooth(path((0, -222), (112, -190), (162, -90), (162, 20), (142 * j, 112), (88 * j, 186),
                       (34 * j, 216), (-34 * j, 216), (-88 * j, 186), (-142 * j, 112), (-162, 20),
                       (-162, -90), (-112, -190)))
    c.fill(face, skin)
    with c.inside(face):
        c.fill(path((-6, -240), (0, -70), (-10, -34), (-4, 8), (-36, 74), (-30, 92), (-4, 96),
                    (-8, 118), (-16, 140), (-10, 172), (-14, 240), (-300, 240), (-300,
                                                                                 -240)), shade)
        c.fill(smooth(path((62, 60), (118, 44), (124, 84), (82, 106))),
               mix(skin, (210, 84, 70), 0.35), 0.45)
    features(c, s, path, skin, shade, hair, k)
    if s.beard:
        beard(c, s, path, hair, face)
    dress.before(c, s.style, path, hair, ink, face)
    if s.glasses:
        glasses(c, s.glasses, at, k)


def _ground(c: Canvas, kind: int) -> None:
    p, rng = c.palette, c.rng
    base = (p.sky[1], mix(p.land[0], p.paper, 0.25), mix(p.second, p.paper, 0.35), p.land[1],
            mix(p.third, p.paper, 0.45))[kind]
    c.rect(0, 0, W, H, base)
    if kind == 0:
        c.oval(900, 560, 520, colour=mix(base, p.paper, 0.55))
    elif kind == 1:
        for i in range(4):
            x = 60 + i * 450
            c.fill([(x, H), (x, 330), *oval(x + 170, 330, 170, 230, 180, 360), (x + 340, H)],
                   mix(base, p.paper, 0.4))
    elif kind == 2:
        for x in (90, 330, 1490, 1720, 1290, 560):
            for i in range(7):
                a = math.radians(-90 + (i - 3) * 17 + rng.uniform(-5, 5))
                r = rng.uniform(560, 760) - 60 * abs(i - 3)
                left, right = ((x + r * 0.6 * math.cos(a + d), 1230 + r * 0.6 * math.sin(a + d))
                               for d in (-0.1, 0.1))
                tip = (x + r * math.cos(a), 1230 + r * math.sin(a))
                c.fill([(x, 1230), *smooth([left, tip, right], 8)[:-8], right],
                       mix(base, p.land[2], (0.25, 0.45)[i % 2]))
    elif kind == 3:
        c.fill([(0, 0), (1120, 0), (520, H), (0, H)], mix(base, p.paper, 0.3))
        c.oval(1420, 330, 190, colour=mix(base, p.second, 0.6))
    else:
        c.fill(box(120, 110, 1560, 800), mix(p.sky[3], p.paper, 0.3))
        for i in range(14):
            h = rng.uniform(130, 430)
            c.rect(120 + i * 111.5, 910 - h, 106, h, mix(base, p.paper, rng.uniform(0.15, 0.4)))
        for x in (120, 630, 1150, 1660):
            c.rect(x, 110, 20, 800, p.paper)
        c.rect(100, 900, 1600, 24, p.paper)
    c.shade(box(0, 500, W, 700), mix(base, p.land[3], 0.45), "bottom", 0.8, 0.55)
