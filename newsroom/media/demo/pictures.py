"""Which motifs there are, and drawing one of them. How each looks is in the module of its name."""

from collections.abc import Callable

from PIL import Image

from newsroom.media.demo import (
    classroom,
    fields,
    harbour,
    kitchen,
    laboratory,
    library,
    market,
    mountains,
    parliament,
    portrait,
    railway,
    skyline,
    solar,
    stadium,
    stage,
    storm,
)
from newsroom.media.demo.canvas import Canvas, H, W
from newsroom.media.demo.palettes import PALETTES

_MOTIFS: dict[str, tuple[Callable[[Canvas, int], None], tuple[str, ...]]] = {
    module.__name__.rpartition(".")[2]: (module.draw, module.PALETTES)
    for module in (
        harbour,
        skyline,
        mountains,
        parliament,
        market,
        laboratory,
        stadium,
        classroom,
        railway,
        fields,
        portrait,
        stage,
        storm,
        solar,
        library,
        kitchen,
    )
}
MOTIFS = tuple(_MOTIFS)


def draw(motif: str, variant: int, *, width: int = W, height: int = H) -> Image.Image:
    """Draw a motif of `MOTIFS`: the same pixels every time for the same four values.

    The variant, any number from 0, chooses composition, palette and weather; scenes repeat their
    composition every third, portraits their sitter every sixteenth. Other ratios than 3:2 are cut
    from the middle. Raises KeyError for an unknown motif and ValueError for a negative variant.
    Cost at 1800 x 1200: about 0.1 s of one core, at most 0.3 s, and some 100 MB while it draws.
    """
    paint, palettes = _MOTIFS[motif]
    if variant < 0:
        raise ValueError("A variant is a number from 0.")
    palette = PALETTES[palettes[variant % len(palettes)]]
    canvas = Canvas(f"{motif}:{variant}", palette, width, height)
    paint(canvas, variant)
    return canvas.finished()
