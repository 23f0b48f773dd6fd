"""Hair, head coverings and clothes of the portraits, in the sitter's own coordinates.

The face is about 330 wide and 440 high around (0, 0); `path` puts such points on the sheet.
"""

# Points read better side by side than one to a line.
# fmt: off
from collections.abc import Callable

from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, smooth

At = Callable[[float, float], Point]
Path = Callable[..., list[Point]]

CAP = ((-174, 0), (-186, -110), (-132, -226), (0, -262), (132, -226), (186, -110), (174, 0))
LINES: dict[str, tuple[Point, ...]] = {
    "crop": ((150, -60), (136, -128), (70, -160), (0, -166), (-70, -160), (-136, -128),
             (-150, -60)),
    "parted": ((152, -30), (140, -110), (96, -140), (60, -176), (-40, -150), (-130, -112),
               (-152, -30)),
    "waves": ((156, 10), (140, -90), (90, -150), (50, -180), (-30, -140), (-110, -110), (-156, 10)),
    "bob": ((160, 60), (138, -60), (110, -128), (30, -150), (-60, -140), (-134, -80), (-160, 60)),
    "long": ((160, 60), (146, -50), (110, -130), (20, -190), (-80, -140), (-146, -50), (-160, 60)),
    "bun": ((152, -10), (138, -110), (80, -168), (0, -182), (-80, -168), (-138, -110), (-152, -10)),
    "braids": ((156, 0), (140, -100), (84, -156), (0, -176), (-84, -156), (-140, -100), (-156, 0)),
    "afro": ((160, 10), (142, -90), (90, -142), (0, -156), (-90, -142), (-142, -90), (-160, 10)),
}
LINES["kippah"] = LINES["crop"]


def behind(c: Canvas, style: str, path: Path, hair: Colour) -> None:
    """What hangs or stands behind the head."""
    dark = mix(hair, c.palette.ink, 0.35)
    shapes: dict[str, tuple[Point, ...]] = {
        "bob": ((-190, -130), (0, -240), (190, -130), (214, 60), (196, 196), (0, 210), (-196, 196),
                (-214, 60)),
        "long": ((-180, -140), (0, -250), (180, -140), (214, 120), (226, 420), (120, 500),
                 (-120, 500), (-226, 420), (-214, 120)),
        "waves": ((-190, -150), (0, -250), (190, -150), (200, -20), (186, 50), (0, 60), (-186, 50),
                  (-200, -20)),
        "afro": ((0, -372), (170, -330), (270, -200), (282, -40), (216, 96), (0, 130), (-216, 96),
                 (-282, -40), (-270, -200), (-170, -330)),
        "veil": ((0, -200), (160, -100), (165, 60), (120, 190), (0, 225), (-120, 190), (-165, 60),
                 (-160, -100)),
        "bun": ((0, -366), (78, -336), (98, -270), (60, -210), (-60, -210), (-98, -270),
                (-78, -336)),
    }
    if style in shapes:
        shape = smooth(path(*shapes[style]))
        c.fill(shape, hair if style in ("bun", "afro") else dark)
        c.shade(shape, dark, "bottom", 0.7, 0.9)
    if style == "braids":
        for way in (-1, 1):
            for i in range(11):
                (x, y), = path((way * (186 + 8 * (i % 2) + i * 3), -20 + i * 46))
                c.oval(x, y, 40, 34, hair if i % 2 else dark)


def before(
    c: Canvas, style: str, path: Path, hair: Colour, ink: Colour, face: list[Point]
) -> None:
    """Hair over the brow, or what covers the head."""
    p = c.palette
    dark, gleam = mix(hair, p.ink, 0.4), mix(hair, p.paper, 0.16)
    if style == "veil":
        cloth = mix(ink, p.paper, 0.25)
        rim = smooth(path((0, -172), (104, -140), (146, -60), (150, 50), (116, 150), (0, 214),
                          (-116, 150), (-150, 50), (-146, -60), (-104, -140)))
        outer = smooth(path((0, -284), (150, -236), (214, -90), (214, 90), (232, 250), (330, 420),
                            (0, 520), (-330, 420), (-232, 250), (-214, 90), (-214, -90),
                            (-150, -236)))
        _around(c, outer, rim, cloth)
        for way, deep in ((1, 0.2), (-1, 0.4)):
            c.line(smooth(path((way * 150, 120), (way * 90, 210), (-way * 60, 300),
                               (-way * 190, 360)),
                          closed=False), 15, mix(cloth, p.ink, deep))
        c.line(smooth(path((-170, -120), (-120, -200), (0, -232)), closed=False), 9,
               mix(cloth, p.ink, 0.3))
        return
    if style == "turban":
        cloth = mix(ink, p.second, 0.2)
        wrap = smooth(path((-186, -60), (-226, -190), (-130, -320), (20, -356), (160, -310),
                           (226, -180), (186, -60), (110, -118), (0, -176), (-110, -118)))
        c.fill(wrap, cloth)
        with c.inside(wrap):
            for i in range(5):
                c.line(smooth(path((-240, -60 - 62 * i), (-60, -170 - 40 * i), (10, -176 - 10 * i)),
                              closed=False), 9, mix(cloth, p.ink, 0.35))
                c.line(smooth(path((240, -60 - 62 * i), (90, -150 - 44 * i), (-10, -176 - 26 * i)),
                              closed=False), 9, mix(cloth, p.ink, 0.25))
        c.shade(wrap, mix(cloth, p.ink, 0.5), "left" if c.light > 0 else "right", 0.6, 0.8)
        return
    if style == "bald":
        return
    hairline = smooth(path(*LINES[style]), closed=False)
    cap = [*smooth(path(*CAP), closed=False), *hairline]
    c.fill(cap, hair)
    c.shade(cap, dark, "left" if c.light > 0 else "right", 0.75, 0.9)
    if style in ("bob", "long"):
        for way in (-1, 1):
            end = 190 if style == "bob" else 380
            lock = smooth(path((way * 120, -150), (way * 184, -120), (way * 206, 60),
                               (way * 196, end), (way * 140, end + 6), (way * 158, 60),
                               (way * 146, -50)))
            c.fill(lock, hair if way > 0 else dark)
    if style == "waves":
        for x, y, r in ((-150, -190, 60), (-80, -242, 66), (10, -258, 70), (96, -236, 66),
                        (158, -176, 56), (184, -96, 44), (-186, -110, 46)):
            (a, b), = path((x, y))
            c.oval(a, b, r, r * 0.86, dark if x < -60 else hair)
    if style == "braids":
        with c.inside(cap):
            for i in range(-5, 6):
                c.line(path((i * 10, -280), (i * 34, -100)), 5, gleam)
    if style == "kippah":
        dome = smooth(path((-118, -232), (-70, -276), (0, -290), (70, -276), (118, -232),
                           (0, -246)))
        c.fill(dome, p.third if ink != p.third else p.accent)
        c.line(smooth(path((-118, -232), (0, -248), (118, -232)), closed=False), 8, p.second)


def _around(c: Canvas, outer: list[Point], inner: list[Point], cloth: Colour) -> None:
    """A ring of cloth: the outer shape without the inner one."""
    top_out = min(range(len(outer)), key=lambda i: outer[i][1])
    top_in = min(range(len(inner)), key=lambda i: inner[i][1])
    around = outer[top_out:] + outer[: top_out + 1]
    hole = inner[top_in:] + inner[: top_in + 1]
    ring = [*around, *reversed(hole)]
    c.fill(ring, cloth)
    c.shade(ring, mix(cloth, c.palette.ink, 0.45), "left" if c.light > 0 else "right", 0.6, 0.9)


def clothes(c: Canvas, kind: str, path: Path, ink: Colour, skin: Colour) -> None:
    """Shoulders and the main garment."""
    p = c.palette
    body = smooth(path((-90, 236), (-250, 296), (-380, 380), (-440, 640), (-450, 760), (450, 760),
                       (440, 640), (380, 380), (250, 296), (90, 236)), 8)
    main = ink if kind != "suit" else mix(p.ink, p.third, 0.2)
    if kind == "open":
        main = mix(p.paper, ink, 0.25)
    c.fill(body, main)
    with c.inside(body):
        c.fill(path((-500, 200), (-150, 240), (-210, 420), (-180, 800), (-500, 800)),
               mix(main, p.ink, 0.2))
        for way in (-1, 1):
            c.line(smooth(path((way * 300, 760), (way * 292, 600), (way * 262, 500)), closed=False),
                   8, mix(main, p.ink, 0.4))
    c.shade(body, mix(main, p.ink, 0.55), "left" if c.light > 0 else "right", 0.55, 0.9)


def neckline(c: Canvas, kind: str, path: Path, ink: Colour) -> None:
    """Collar, lapels, tie: what lies over the neck."""
    p = c.palette
    main = mix(p.ink, p.third, 0.2) if kind == "suit" else ink
    if kind == "roll":
        roll = smooth(path((-106, 190), (0, 222), (106, 190), (120, 286), (0, 340), (-120, 286)), 6)
        c.fill(roll, mix(ink, p.paper, 0.14))
        c.shade(roll, mix(ink, p.ink, 0.4), "left" if c.light > 0 else "right", 0.7, 0.9)
        return
    if kind in ("suit", "blazer"):
        shirt = mix(p.paper, p.land[1], 0.12) if kind == "suit" else mix(p.second, p.paper, 0.6)
        c.fill(path((-96, 226), (0, 330), (96, 226), (150, 300), (40, 760), (-40, 760),
                    (-150, 300)),
               shirt)
        if kind == "suit":
            tie = p.accent
            c.fill(path((-26, 326), (26, 326), (34, 366), (56, 760), (-56, 760), (-34, 366)), tie)
            c.fill(path((-34, 312), (34, 312), (22, 366), (-22, 366)), mix(tie, p.ink, 0.3))
        else:
            c.fill(path((-84, 232), (84, 232), (0, 460)), mix(p.paper, shirt, 0.4))
        for way in (-1, 1):
            c.fill(path((way * 96, 216), (way * 128, 262), (way * 66, 380), (0, 316)),
                   mix(shirt, p.paper, 0.5) if way > 0 else mix(shirt, p.land[2], 0.25))
            c.fill(path((way * 112, 244), (way * 236, 300), (way * 222, 430), (way * 176, 436),
                        (way * 196, 478), (way * 20, 760), (way * 8, 740), (way * 150, 360)),
                   mix(main, p.paper, 0.12) if way > 0 else mix(main, p.ink, 0.32))
        return
    if kind == "coat":
        scarf = mix(p.second, p.paper, 0.15) if ink != p.second else p.accent
        c.fill(smooth(path((-130, 206), (0, 270), (130, 206), (176, 300), (60, 390), (-80, 390),
                           (-180, 300)), 6), scarf)
        c.fill(smooth(path((20, 340), (100, 350), (130, 560), (120, 700), (30, 700), (40, 520)), 6),
               mix(scarf, p.ink, 0.18))
        for i in range(3):
            c.line(smooth(path((-140, 250 + 36 * i), (0, 316 + 26 * i), (150, 256 + 30 * i)),
                          closed=False), 6, mix(scarf, p.ink, 0.25))
        return
    cloth = mix(p.paper, ink, 0.25) if kind == "open" else mix(ink, p.paper, 0.75)
    if kind == "open":
        c.line(path((0, 420), (0, 760)), 7, mix(cloth, p.ink, 0.3))
        for y in (480, 580):
            (x, b), = path((16, y))
            c.oval(x, b, 8, colour=mix(cloth, p.ink, 0.45))
    for way in (-1, 1):
        c.fill(smooth(path((way * 86, 206), (way * 120, 236), (way * 150, 330), (way * 96, 400),
                           (way * 6, 396 if kind == "open" else 336), (way * 50, 290)), 4),
               mix(cloth, p.paper, 0.5) if way > 0 else mix(cloth, p.ink, 0.2))
