"""Small people in full length, as they stand, walk or sit in a scene. Faces live in `portrait`."""

# Points read better side by side than one to a line.
# fmt: off
from dataclasses import dataclass

from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.palettes import Colour, hexed, mix
from newsroom.media.demo.shapes import Point, oval, smooth

SKINS = tuple(map(hexed, "F2CFB2 E5B08C CC9067 A66B45 7D4C30 573522".split()))
INDOORS = ("short", "long", "bun", "round", "scarf", "bald")
YOUNG = ("short", "long", "bun", "round", "scarf", "short")
HAIRS = tuple(map(hexed, "1E1A1C 2E211D 4A2F22 7A4B2B B07A3E C9C3BA 8A8782".split()))
STYLES = ("short", "long", "bun", "round", "hat", "scarf", "cap", "bald")


@dataclass(frozen=True)
class Look:
    """What one person wears and looks like."""

    skin: Colour
    hair: Colour
    style: str
    coat: Colour
    legs: Colour
    long: bool  # a coat to the knee, or a jacket
    skirt: bool


def someone(
    c: Canvas,
    coat: Colour | None = None,
    styles: tuple[str, ...] = STYLES,
    *,
    young: bool = False,
) -> Look:
    """A passer-by, drawn by lot."""
    p, rng = c.palette, c.rng
    coats = (p.accent, p.second, p.third, p.ink, p.paper, p.land[3], p.land[2],
             mix(p.accent, p.ink, 0.4), mix(p.third, p.paper, 0.45))
    chosen = coat or rng.choice(coats)
    style = rng.choice(styles)
    legs = rng.choice((p.ink, mix(p.ink, p.land[3], 0.5), mix(p.third, p.ink, 0.55)))
    if legs == chosen:
        legs = mix(legs, p.land[1], 0.35)
    return Look(
        skin=p.tinted(rng.choice(SKINS)),
        hair=p.tinted(rng.choice(HAIRS[:5] if young else HAIRS)),
        style=style,
        coat=chosen,
        legs=legs,
        long=rng.random() < 0.6,
        skirt=style in ("long", "bun", "scarf") and rng.random() < 0.5,
    )


def figure(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    look: Look,
    *,
    pose: str = "stand",
    turn: int = 1,
    shadow: Colour | None = None,
    back: bool = False,
    hand: tuple[float, float] | None = None,
) -> Point:
    """Someone `h` tall with feet at `y`; `turn` 1 faces right. Returns where the near hand is.

    `pose` is stand, walk, run or sit (then `y` is where the feet are and the seat is at 0.27 h).
    `hand` puts the near hand elsewhere, in heights forward of and above the feet.
    """

    def at(u: float, v: float) -> Point:
        return x + u * h * turn, y - v * h

    def limb(a: Point, b: Point, wide: float, thin: float, colour: Colour) -> None:
        (ax, ay), (bx, by) = at(*a), at(*b)
        long = max(1.0, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
        nx, ny = (by - ay) / long, (ax - bx) / long
        w, t = wide * h / 2, thin * h / 2
        c.fill([(ax + nx * w, ay + ny * w), (bx + nx * t, by + ny * t),
                (bx - nx * t, by - ny * t), (ax - nx * w, ay - ny * w)], colour)
        c.oval(bx, by, t, colour=colour)

    if shadow:
        away = -c.light
        c.fill([(x - 0.06 * h, y), (x + 0.06 * h, y), (x + 0.06 * h + away * 0.5 * h, y + 0.17 * h),
                (x - 0.02 * h + away * 0.5 * h, y + 0.17 * h)], shadow, 0.5)
    shoe = mix(look.legs, c.palette.ink, 0.6)
    dim = mix(look.coat, c.palette.ink, 0.3)
    sit = 0.2 if pose == "sit" else 0.0
    hips = 0.47 - sit
    feet: list[tuple[Point, Point]] = {
        "walk": [((-0.09, 0.25), (-0.16, 0.05)), ((0.07, 0.26), (0.13, 0.03))],
        "run": [((-0.1, 0.28), (-0.3, 0.24)), ((0.15, 0.34), (0.13, 0.06))],
        "sit": [((0.2, 0.27), (0.19, 0.03)), ((0.22, 0.26), (0.24, 0.03))],
    }.get(pose, [((-0.03, 0.25), (-0.035, 0.02)), ((0.035, 0.25), (0.045, 0.02))])
    for i, (knee, foot) in enumerate(feet):
        colour = mix(look.legs, c.palette.ink, 0.25) if i == 0 else look.legs
        start = (-0.025 if i == 0 else 0.03, hips + 0.02)
        limb(start, knee, 0.1, 0.07, colour)
        limb(knee, foot, 0.07, 0.04, look.skin if look.skirt and pose != "sit" else colour)
        fx, fy = foot
        c.fill([at(fx - 0.025, fy - 0.02), at(fx - 0.025, fy + 0.02), at(fx + 0.02, fy + 0.02),
                at(fx + 0.075, fy - 0.005), at(fx + 0.075, fy - 0.02)], shoe)
    lean = 0.05 if pose == "run" else 0.015 if pose == "walk" else 0.0
    if pose in ("walk", "run"):
        swing = 0.12 if pose == "run" else 0.05
        limb((0.03 + lean, 0.78), (0.12 + swing, 0.64), 0.055, 0.045, dim)
        limb((0.12 + swing, 0.64), (0.17 + swing * 1.6, 0.7 if pose == "run" else 0.52),
             0.045, 0.035, dim)
    hem = 0.3 if look.long or look.skirt else 0.44
    hem = hips - 0.03 if pose in ("run", "sit") else hem
    flare = 0.115 if look.long or look.skirt else 0.085
    coat = [
        *smooth([at(-0.035 + lean, 0.86 - sit), at(-0.085 + lean, 0.82 - sit),
                 at(-0.098 + lean / 2, 0.7 - sit), at(-0.078, 0.58 - sit), at(-flare, hem)],
                closed=False),
        *smooth([at(flare, hem), at(0.075, 0.58 - sit), at(0.094 + lean / 2, 0.7 - sit),
                 at(0.085 + lean, 0.82 - sit), at(0.035 + lean, 0.86 - sit)], closed=False),
    ]
    c.fill(coat, look.coat)
    with c.inside(coat):
        away = -c.light * turn
        c.fill([at(away * 0.035, 0.9), at(away * 0.3, 0.9), at(away * 0.3, 0.1),
                at(away * 0.02, 0.1)], dim)
    c.fill([at(-0.028 + lean, 0.89 - sit), at(0.03 + lean, 0.89 - sit),
            at(0.028 + lean, 0.835 - sit), at(-0.03 + lean, 0.835 - sit)],
           mix(look.skin, c.palette.ink, 0.18))
    _head(c, *at(lean * 1.6 + 0.006, 0.925 - sit), h, look, turn, back)
    elbow, wrist = (-0.115, 0.64 - sit), (-0.085, 0.48 - sit)
    if pose == "run":
        elbow, wrist = (-0.16, 0.68), (-0.06, 0.56)
    elif pose == "sit":
        elbow, wrist = (-0.02, 0.42), (0.16, 0.38)
    if hand:
        wrist = hand
        elbow = ((hand[0] - 0.06) / 2, (hand[1] + 0.72 - sit) / 2 - 0.06)
    sleeve = mix(look.coat, c.palette.ink, 0.14)
    limb((-0.055 + lean, 0.79 - sit), elbow, 0.07, 0.052, sleeve)
    c.oval(*at(-0.055 + lean, 0.79 - sit), 0.034 * h, colour=sleeve)
    limb(elbow, wrist, 0.052, 0.038, sleeve)
    c.oval(*at(wrist[0] + 0.004, wrist[1] - 0.012), 0.022 * h, colour=look.skin)
    return at(*wrist)


def _head(
    c: Canvas, x: float, y: float, h: float, look: Look, turn: int, back: bool
) -> None:
    rx, ry = 0.05 * h, 0.064 * h
    if look.style == "long" and not back:
        c.fill(smooth([(x - turn * rx * 1.3, y + ry * 1.3), (x - turn * rx * 1.35, y - ry * 0.5),
                       (x, y - ry * 1.2), (x + turn * rx * 0.7, y - ry * 0.6),
                       (x, y + ry * 1.2)]), look.hair)
    c.oval(x, y, rx, ry, look.skin)
    if not back:
        c.oval(x + turn * rx * 0.95, y + ry * 0.15, rx * 0.22, colour=look.skin)
    if look.style == "scarf":
        cloth = mix(look.coat, c.palette.paper, 0.35)
        c.fill(smooth([(x + turn * rx * 0.75, y - ry * 0.75), (x, y - ry * 1.2),
                       (x - turn * rx * 1.2, y - ry * 0.5), (x - turn * rx * 1.5, y + ry * 1.4),
                       (x + turn * rx * 0.9, y + ry * 1.5), (x + turn * rx * 0.35, y + ry * 0.7),
                       (x + turn * rx * 0.3, y - ry * 0.2)]), cloth)
        if back:
            c.oval(x, y, rx * 1.1, ry * 1.1, cloth)
        return
    if look.style == "bald":
        return
    if back:
        c.oval(x, y - ry * 0.1, rx * 1.06, ry * 1.0, look.hair)
        if look.style == "long":
            c.fill(smooth([(x - rx * 1.1, y - ry * 0.3), (x + rx * 1.1, y - ry * 0.3),
                           (x + rx * 1.2, y + ry * 1.7), (x - rx * 1.2, y + ry * 1.7)]), look.hair)
    else:
        cut = oval(x, y, rx * 1.08, ry * 1.08, 180, 360)
        with c.inside([*cut, (x + rx * 1.1, y - ry * 0.15), (x - rx * 1.1, y - ry * 0.15)]):
            c.oval(x, y, rx * 1.06, ry * 1.06, look.hair)
            c.oval(x + turn * rx * 0.75, y + ry * 0.1, rx * 0.65, ry * 0.55, look.skin)
        c.fill([(x - turn * rx * 1.06, y - ry * 0.25), (x - turn * rx * 0.1, y - ry * 0.25),
                (x - turn * rx * 0.25, y + ry * 0.35), (x - turn * rx * 0.9, y + ry * 0.5)],
               look.hair)
    if look.style == "bun":
        c.oval(x - (0 if back else turn * rx * 0.8), y - ry * 1.1, rx * 0.5, colour=look.hair)
    if look.style == "round":
        c.oval(x - (0 if back else turn * rx * 0.3), y - ry * 0.45, rx * 1.4, ry * 1.05, look.hair)
        if not back:
            c.oval(x + turn * rx * 0.35, y + ry * 0.15, rx * 0.72, ry * 0.75, look.skin)
    if look.style in ("hat", "cap"):
        felt = mix(look.coat, c.palette.ink, 0.55)
        c.fill([*oval(x, y - ry * 0.45, rx * 1.02, ry * 0.8, 180, 360)], felt)
        brim = (-1.6, 1.7) if look.style == "hat" else (-1.0, 1.7)
        c.line([(x + turn * rx * brim[0], y - ry * 0.42), (x + turn * rx * brim[1], y - ry * 0.38)],
               0.016 * h, felt)
