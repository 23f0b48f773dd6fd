"""Eyes, mouth, beard and glasses of the portraits."""

# Points read better side by side than one to a line.
# fmt: off
from dataclasses import dataclass

from newsroom.media.demo import dress
from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, oval, smooth


@dataclass(frozen=True)
class Sitter:
    """Who sits for the picture; numbers index the skins and hairs of `figures`."""

    skin: int
    hair: int
    style: str
    clothes: str
    glasses: str = ""
    beard: str = ""
    jaw: float = 1.0
    old: bool = False
    rings: bool = False


def features(
    c: Canvas, s: Sitter, path: dress.Path, skin: Colour, shade: Colour, hair: Colour, k: float
) -> None:
    p = c.palette
    ink = mix(p.ink, (30, 18, 16), 0.5)
    brow = mix(hair, ink, 0.35) if s.hair < 5 else mix(hair, ink, 0.25)
    white = mix((250, 246, 238), p.land[1], p.cast)
    for way in (-1, 1):
        x = way * 70 + 4
        almond = smooth(path((x - 36, 2), (x - 14, -16), (x + 14, -16), (x + 36, 0), (x + 14, 13),
                             (x - 14, 13)))
        c.fill(almond, white if way > 0 else mix(white, shade, 0.35))
        with c.inside(almond):
            (ex, ey), = path((x + 6, -4))
            c.oval(ex, ey, 18.5 * k, colour=ink)
            c.oval(ex + c.light * 6, ey - 6, 5 * k, colour=white)
        lid = smooth(path((x - 38, 3), (x - 15, -17), (x + 14, -17), (x + 38, 0)), closed=False)
        c.line(lid, 7.5, ink)
        if s.old:
            c.line(smooth(path((x - 26, 30), (x, 38), (x + 28, 28)), closed=False), 4,
                   mix(shade, ink, 0.2))
        arch = path((x - way * 40, -46), (x - way * 10, -62), (x + way * 22, -60),
                    (x + way * 50, -44),
                    (x + way * 20, -50), (x - way * 12, -49), (x - way * 40, -36))
        c.fill(smooth(arch, 5), brow)
    c.fill(smooth(path((-34, 80), (-8, 90), (18, 82), (10, 96), (-20, 97))), mix(shade, ink, 0.35))
    lip = mix(mix(skin, (176, 62, 62), 0.48), p.ink, 0.12)
    c.fill(smooth(path((-52, 138), (-18, 128), (0, 132), (18, 128), (52, 137), (0, 146))),
           mix(lip, ink, 0.25))
    c.fill(smooth(path((-46, 140), (0, 145), (47, 139), (24, 160), (-22, 161))), lip)
    c.line(smooth(path((-56, 135), (-20, 142), (0, 140), (22, 142), (57, 133)), closed=False), 4.5,
           mix(lip, ink, 0.7))
    if s.old and not s.beard:
        for way in (-1, 1):
            c.line(smooth(path((way * 52, 84), (way * 76, 116), (way * 76, 146)), closed=False), 4,
                   mix(shade, ink, 0.15))


def beard(c: Canvas, s: Sitter, path: dress.Path, hair: Colour, face: list[Point]) -> None:
    p = c.palette
    dark = mix(hair, p.ink, 0.35)
    if s.beard == "full":
        outline = smooth(path((-166, 10), (-150, 130), (-104, 226), (0, 272), (104, 226),
                              (150, 130),
                              (166, 10), (132, 92), (84, 108), (30, 106), (0, 112), (-30, 106),
                              (-84, 108), (-132, 92)))
        c.fill(outline, hair)
        with c.inside(outline):
            c.fill(path((-10, 80), (-14, 300), (-300, 300), (-300, 0)), dark)
    else:
        with c.inside(face):
            outline = smooth(path((-170, 30), (-128, 112), (-76, 108), (-24, 104), (0, 112),
                                  (24, 104),
                                  (76, 108), (128, 112), (170, 30), (190, 250), (0, 300),
                                  (-190, 250)))
            c.fill(outline, hair, 0.72)
    lip = mix((168, 84, 76), p.ink, 0.25)
    c.fill(smooth(path((-44, 141), (0, 136), (44, 140), (22, 160), (-20, 161))), lip)
    c.line(smooth(path((-46, 139), (0, 144), (47, 137)), closed=False), 5, mix(lip, p.ink, 0.7))


def glasses(c: Canvas, kind: str, at: "dress.At", k: float) -> None:
    p = c.palette
    ink = p.ink if kind == "square" else mix(p.accent, p.ink, 0.55)
    for way in (-1, 1):
        x, y = at(way * 72 + 4, 4)
        if kind == "round":
            ring = oval(x, y, 60 * k, 56 * k)
        else:
            ring = smooth([(x - 64 * k, y - 42 * k), (x + 64 * k, y - 42 * k),
                           (x + 58 * k, y + 44 * k),
                           (x - 58 * k, y + 44 * k)], 3)
        with c.inside(ring):
            c.fill([(x - 10, y - 90), (x + 40, y - 90), (x - 30, y + 90), (x - 80, y + 90)],
                   p.paper, 0.22)
        c.line([*ring, ring[0], ring[1]], 9.5, ink)
        c.line([at(way * 134, -6), at(way * 166, -14)], 9, ink)
    c.line(smooth([at(-10, -2), at(4, -10), at(18, -2)], closed=False), 9, ink)
