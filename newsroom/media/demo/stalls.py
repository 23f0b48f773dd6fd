"""What a stall is made of: awning, crates, lamps."""

# Points read better side by side than one to a line.
# fmt: off
from newsroom.media.demo.canvas import Canvas, W
from newsroom.media.demo.palettes import Colour, mix
from newsroom.media.demo.shapes import oval


def awning(c: Canvas, x: float, y: float, w: float, h: float, ink: Colour, n: int = 8) -> None:
    """A striped awning with a scalloped edge; `y` is its upper edge."""
    p = c.palette
    out, step = w * 0.06, (w * 1.12) / n
    for i in range(n):
        colour = ink if i % 2 == 0 else p.paper
        a0, a1 = x + w * i / n, x + w * (i + 1) / n
        b0, b1 = x - out + step * i, x - out + step * (i + 1)
        c.fill([(a0, y), (a1, y), (b1, y + h), (b0, y + h)], colour)
        flap = [(b0, y + h - 1), (b1, y + h - 1), (b1, y + h * 1.16),
                *oval((b0 + b1) / 2, y + h * 1.16, step / 2, h * 0.13, 0, 180), (b0, y + h * 1.16)]
        c.fill(flap, mix(colour, p.ink, 0.14))
    whole = [(x, y), (x + w, y), (x + w + out, y + h), (x - out, y + h)]
    c.shade(whole, mix(ink, p.ink, 0.5), "right" if c.light < 0 else "left", 0.5, 0.55)


def crate(c: Canvas, x: float, y: float, w: float, h: float, ink: Colour, r: float) -> None:
    """A crate whose front stands on `y`, heaped with round fruit."""
    p, rng = c.palette, c.rng
    for row in range(3):
        n = max(2, int(w / (r * 1.7)) - row)
        for i in range(n):
            fx = x + w / 2 + (i - (n - 1) / 2) * r * 1.75 + rng.uniform(-2, 2)
            fy = y - h - r * 0.3 - row * r * 0.95
            tint = mix(ink, p.second if i % 3 else p.ink, 0.12)
            c.oval(fx, fy, r, r * 0.96, tint)
            with c.inside(oval(fx, fy, r, r * 0.96)):
                c.oval(fx - c.light * r * 1.2, fy + r * 0.5, r, r * 1.1, mix(tint, p.ink, 0.28))
            c.oval(fx + c.light * r * 0.35, fy - r * 0.4, r * 0.16, colour=mix(tint, p.paper, 0.6))
    wood = mix(p.second, p.land[4], 0.35)
    c.rect(x, y - h, w, h, mix(wood, p.ink, 0.35))
    for i in range(2):
        c.rect(x, y - h + i * h * 0.52, w, h * 0.42, mix(wood, p.paper, 0.14 * i))
    tag = x + w * 0.36
    c.rect(tag, y - h * 1.05, w * 0.28, h * 0.6, p.paper)
    c.rect(tag + w * 0.05, y - h * 0.86, w * 0.18, h * 0.1, p.ink)


def wares(c: Canvas) -> tuple[Colour, ...]:
    p = c.palette
    return (p.accent, p.second, mix(p.land[2], p.second, 0.45), mix(p.accent, p.second, 0.55),
            mix(p.third, p.ink, 0.2), mix(p.accent, p.ink, 0.4))


def bulbs(c: Canvas, y: float, sag: float, spans: int) -> None:
    p = c.palette
    for i in range(spans):
        x0, w = i * W / spans, W / spans
        wire = [(x0 + w * t / 10, y + sag * 4 * (t / 10) * (1 - t / 10)) for t in range(11)]
        c.line(wire, 3.5, p.ink)
        for bx, by in wire[::2]:
            if p.dark:
                c.oval(bx, by + 16, 40, colour=p.second, alpha=0.2)
            c.oval(bx, by + 16, 13, colour=mix(p.second, p.paper, 0.3))
