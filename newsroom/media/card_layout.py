"""Where everything stands on a share card of 1200 by 630 pixels: the paper's look, in numbers.

Words stand on paper and never on the picture, so they can be read whatever it shows. Right-to-left
cards are the same, mirrored. Runs in the darkroom, so no Django here. Whoever changes what is drawn
raises DESIGN in share_cards.py, so that cards that were drawn before are drawn anew.
"""

from dataclasses import dataclass, replace
from typing import Any

from newsroom.media.typesetting import LABELS, SERIF, Face, Lines, Setting, face_of, fitted

WIDTH, HEIGHT = 1200, 630
# As in static/css/tokens.css.
PAPER, TINT, INK, SOFT, ACCENT = "#fdfcfa", "#f6eee2", "#171614", "#5a5752", "#a3161f"
EDGE = {PAPER: "#d8d4cc", TINT: "#dccdb5"}
# Networks round the corners and cut the edges: words keep away from both.
MARGIN, GAP, RULE = 60, 48, 6
# Widths of the picture; opinion has a narrower one, with a face in it.
BESIDE = {"story": 530, "opinion": 440}
# Sizes: of the line above and below the headline, of the paper's name, of headlines at the most
# (beside a picture, alone) and at the least.
LABEL, NAME, PICTURED, ALONE, LEAST = 28, 34, 128, 144, 38

Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Block:
    """A text in the box it may fill."""

    left: int
    top: int
    width: int
    height: int
    text: Lines
    colour: str


@dataclass(frozen=True)
class Layout:
    """Everything on a card; of the picture, the box that it fills."""

    ground: str
    blocks: tuple[Block, ...]
    rules: tuple[Box, ...]
    picture: Box | None = None
    centred: bool = False
    rtl: bool = False


def layout(card: dict[str, Any], *, pictured: bool) -> Layout:
    """The layout of a card (share_cards.ShareCard as a dictionary), with a picture or without."""
    plan = _paper(card) if card["kind"] == "paper" else _story(card, pictured=pictured)
    return _mirrored(plan) if card["rtl"] else plan


def _story(card: dict[str, Any], *, pictured: bool) -> Layout:
    """A heavy rule, the label in the accent, the headline as large as fits, the paper's name."""
    rtl, opinion = card["rtl"], card["kind"] == "opinion"
    edge = WIDTH - BESIDE[card["kind"]] if pictured else WIDTH
    width = edge - MARGIN - (GAP if pictured else MARGIN)
    label = _line(card["label"], LABELS, LABEL, 640, width, rtl)
    name = _line(card["paper"], SERIF, NAME, 700, width, rtl)
    above, foot = MARGIN + RULE + 18, HEIGHT - MARGIN - name.height
    blocks = [
        Block(MARGIN, above, width, label.height, label, ACCENT),
        Block(MARGIN, foot, width, name.height, name, INK),
    ]
    start, end = above + label.height + 12, foot - 24
    byline = _line(card["byline"], LABELS, LABEL, 500, width, rtl) if card["byline"] else None
    if byline:
        end -= byline.height + 12
    face = face_of(card["headline"], SERIF)
    headline = fitted(
        card["headline"],
        lambda size: Setting(face, size, 460 if opinion else 640, rtl),
        range(PICTURED if pictured else ALONE, LEAST - 1, -2),
        (width, end - start),
        leading=1.08,
    )
    blocks.append(Block(MARGIN, start, width, end - start, headline, INK))
    if byline:
        below = start + headline.height + 12
        blocks.append(Block(MARGIN, below, width, byline.height, byline, SOFT))
    return Layout(
        ground=TINT if opinion else PAPER,
        blocks=tuple(blocks),
        rules=((MARGIN, MARGIN, MARGIN + width, MARGIN + RULE),),
        picture=(edge, 0, WIDTH, HEIGHT) if pictured else None,
        rtl=rtl,
    )


def _paper(card: dict[str, Any]) -> Layout:
    """The paper's own card: its name between two rules, as over a front page."""
    rtl, width = card["rtl"], WIDTH - 2 * MARGIN
    face = face_of(card["paper"], SERIF)
    name = fitted(
        card["paper"],
        lambda size: Setting(face, size, 700, rtl),
        range(ALONE, LEAST - 1, -2),
        (width - MARGIN, round(ALONE * 1.4)),
        leading=1.08,
    )
    line = _line(card["headline"], SERIF, LABEL + 8, 400, width, rtl) if card["headline"] else None
    height = name.height + (24 + line.height if line else 0)
    top = (HEIGHT - height) // 2
    blocks = [Block(MARGIN, top, width, name.height, name, INK)]
    if line:
        blocks.append(Block(MARGIN, top + name.height + 24, width, line.height, line, SOFT))
    heads = (MARGIN, HEIGHT - MARGIN - RULE)
    rules = tuple((MARGIN, y, WIDTH - MARGIN, y + RULE) for y in heads)
    return Layout(PAPER, tuple(blocks), rules, centred=True, rtl=rtl)


def _line(text: str, latin: Face, size: int, weight: int, width: int, rtl: bool) -> Lines:
    """One line, cut where it is too long."""
    face = face_of(text, latin)
    size = round(size * face.large)
    return fitted(
        text,
        lambda size: Setting(face, size, weight, rtl),
        range(size, size - 1, -1),
        (width, round(size * 1.3)),
        leading=1.3 / face.loose,
    )


def _mirrored(plan: Layout) -> Layout:
    def across(box: Box) -> Box:
        left, top, right, bottom = box
        return WIDTH - right, top, WIDTH - left, bottom

    return replace(
        plan,
        blocks=tuple(replace(b, left=WIDTH - b.left - b.width) for b in plan.blocks),
        rules=tuple(map(across, plan.rules)),
        picture=across(plan.picture) if plan.picture else None,
    )
