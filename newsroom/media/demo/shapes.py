"""Outlines as lists of points: boxes, ellipses, soft curves. Painting them is `canvas`."""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Points = Sequence[Point]


def box(x: float, y: float, w: float, h: float) -> list[Point]:
    """The corners of an upright rectangle."""
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def oval(
    x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360
) -> list[Point]:
    """Points along an ellipse, in degrees clockwise from the right."""
    steps = max(12, round((end - start) / 6))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def smooth(points: Points, steps: int = 8, closed: bool = True) -> list[Point]:
    """A soft curve through the points (Catmull-Rom)."""
    n = len(points)
    found: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + j - 1) % n] for j in range(4))
        else:
            p0, p1, p2, p3 = (points[min(max(i + j - 1, 0), n - 1)] for j in range(4))
        for s in range(steps):
            t = s / steps
            found.append(
                (_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t))
            )
    return found if closed else [*found, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t * t * t
    )
