"""Vessels and a microscope."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo.canvas import Canvas
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import Point, oval, smooth


def flask(c: Canvas, x: float, y: float, h: float, kind: str, ink: Colour, wall: Colour) -> None:
    """A vessel of `kind` cone, round, beaker or tube that stands on `y`, half full of `ink`."""
    p = c.palette
    if kind == "cone":
        shape = [(x - h * 0.08, y - h), (x + h * 0.08, y - h), (x + h * 0.08, y - h * 0.62),
                 (x + h * 0.36, y - h * 0.04), (x + h * 0.34, y), (x - h * 0.34, y),
                 (x - h * 0.36, y - h * 0.04), (x - h * 0.08, y - h * 0.62)]
    elif kind == "round":
        shape = [(x - h * 0.07, y - h), (x + h * 0.07, y - h), (x + h * 0.07, y - h * 0.6),
                 *oval(x, y - h * 0.31, h * 0.31, h * 0.31, -76, 256)]
    elif kind == "tube":
        shape = [(x - h * 0.08, y - h), (x + h * 0.08, y - h),
                 *oval(x, y - h * 0.08, h * 0.08, h * 0.08, 0, 180)]
    else:
        shape = [(x - h * 0.32, y - h * 0.8), (x + h * 0.32, y - h * 0.8), (x + h * 0.3, y),
                 (x - h * 0.3, y)]
    c.fill(shape, mix(wall, p.paper, 0.45))
    level = y - h * c.rng.uniform(0.3, 0.5)
    with c.inside(shape):
        c.rect(x - h, level, 2 * h, h, ink)
        c.oval(x, level, h * 0.34, h * 0.025, mix(ink, p.paper, 0.35))
        c.rect(x if c.light < 0 else x - h, level + h * 0.02, h, h, p.ink, 0.14)
        for _ in range(5):
            c.oval(x + c.rng.uniform(-0.2, 0.2) * h, level + c.rng.uniform(0.06, 0.3) * h,
                   h * c.rng.uniform(0.012, 0.028), colour=mix(ink, p.paper, 0.5))
        c.rect(x + c.light * h * 0.24 - h * 0.02, y - h, h * 0.035, h * 1.2, p.paper, 0.55)
    c.line([*shape, shape[0]], max(3, h * 0.014), mix(p.paper, wall, 0.1))
    rim = 0.34 if kind == "beaker" else 0.1
    top = y - h * (0.8 if kind == "beaker" else 1)
    c.line([(x - h * rim, top), (x + h * rim, top)], h * 0.03, p.paper)


def microscope(c: Canvas, x: float, y: float, h: float, turn: int, body: Colour) -> None:
    """A microscope on `y`; its eyepiece leans back against `turn`."""
    p = c.palette
    dim = mix(body, p.ink, 0.35)

    def at(u: float, v: float) -> Point:
        return x + u * h * turn, y - v * h

    c.fill(smooth([at(-0.3, 0), at(-0.3, 0.06), at(-0.1, 0.11), at(0.3, 0.07), at(0.32, 0)], 5),
           dim)
    arm = smooth([at(-0.13, 0.08), at(-0.3, 0.25), at(-0.3, 0.5), at(-0.12, 0.72), at(0.0, 0.72),
                  at(-0.16, 0.5), at(-0.17, 0.3), at(0.0, 0.12)])
    c.fill(arm, body)
    c.shade(arm, dim, "bottom", 0.8, 0.9)
    c.fill([at(-0.2, 0.3), at(0.22, 0.3), at(0.22, 0.26), at(-0.2, 0.26)], p.ink)
    c.fill([at(0.0, 0.315), at(0.14, 0.315), at(0.14, 0.3), at(0.0, 0.3)], p.second)
    for a, b, w, colour in ((0.0, 0.36, 0.05, dim), (0.12, 0.42, 0.075, p.ink)):
        c.fill([at(0.05 - w, 0.5), at(0.05 + w, 0.5), at(0.05 + w * 0.7, b - a * 0.2),
                at(0.05 - w * 0.7, b - a * 0.2)], colour)
    tube = [at(-0.05, 0.5), at(0.14, 0.5), at(0.1, 0.72), at(-0.14, 1.0), at(-0.24, 0.94),
            at(-0.04, 0.66)]
    c.fill(tube, body)
    c.fill([at(0.05, 0.5), at(0.14, 0.5), at(0.1, 0.72), at(-0.14, 1.0), at(-0.19, 0.97),
            at(0.04, 0.68)], dim)
    c.fill([at(-0.12, 1.02), at(-0.27, 0.925), at(-0.31, 0.98), at(-0.16, 1.075)], p.ink)
    c.oval(*at(-0.2, 0.42), h * 0.055, colour=p.second)
    c.oval(*at(-0.2, 0.42), h * 0.025, colour=dim)
