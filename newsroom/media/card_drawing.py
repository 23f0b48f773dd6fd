"""Drawing a share card: ground, rules, picture, words. Runs in the darkroom, so no Django here."""

from typing import Any

from PIL import Image, ImageDraw

from newsroom.media.card_layout import EDGE, HEIGHT, INK, WIDTH, Block, Layout, layout
from newsroom.media.shapes import box


def draw(card: dict[str, Any], picture: Image.Image | None) -> Image.Image:
    """The card (share_cards.ShareCard as a dictionary); `picture` is a whole master."""
    plan = layout(card, pictured=picture is not None)
    drawn = Image.new("RGB", (WIDTH, HEIGHT), plan.ground)
    pen = ImageDraw.Draw(drawn)
    if picture is not None and plan.picture:
        left, top, right, bottom = plan.picture
        part = _part(picture, (right - left, bottom - top), card["focus"])
        drawn.paste(part, (left, top), part if part.mode == "RGBA" else None)
        # Where the picture is as bright as the paper, this line parts them.
        side = right if plan.rtl else left
        pen.rectangle((side - 1, top, side, bottom), fill=EDGE[plan.ground])
    for left, top, right, bottom in plan.rules:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=INK)
    for block in plan.blocks:
        _write(pen, block, plan)
    return drawn


def _write(pen: ImageDraw.ImageDraw, block: Block, plan: Layout) -> None:
    setting = block.text.setting
    for line, left, base in placed(block, plan):
        pen.text(
            (left, base), line, font=setting.font, fill=block.colour, anchor="ls",
            direction=setting.direction,
        )  # fmt: skip


def placed(block: Block, plan: Layout) -> list[tuple[str, float, int]]:
    """Each line with the left end of its baseline."""
    found = []
    for number, line in enumerate(block.text.lines):
        room = block.width - block.text.setting.width(line)
        left = block.left + (room / 2 if plan.centred else room if plan.rtl else 0)
        base = block.top + block.text.leading * number + round(block.text.leading * 0.77)
        found.append((line, left, base))
    return found


def _part(picture: Image.Image, size: tuple[int, int], focus: tuple[float, float]) -> Image.Image:
    """The part around the focal point, as large as the shape allows."""
    width, height = box(size[0] / size[1], *picture.size)
    left = min(max(focus[0] * picture.width - width / 2, 0), picture.width - width)
    top = min(max(focus[1] * picture.height - height / 2, 0), picture.height - height)
    part = (left, top, left + width, top + height)
    return picture.resize(size, Image.Resampling.LANCZOS, part, reducing_gap=3.0)
