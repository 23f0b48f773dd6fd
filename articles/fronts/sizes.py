"""How large a story stands in a slot: by the slot's place on the page, unless an editor says."""

from articles.fronts.content import Block
from articles.fronts.models import Front

# Of every kind of block, the slots in turn; the last size is that of all further slots.
USUAL = {
    "lead": ("lead", "small"),
    "related": ("text",),
    "seconds": ("small", "text"),
    "opinion": ("small",),
    "hot": ("small",),
    "latest": ("text",),
}
LAYOUTS = {"four": ("small",), "one-three": ("large", "small"), "list": ("text",)}
# These are words alone, whatever is asked for.
FIXED = ("related", "latest", "opinion", "hot")


def size_of(front: Front, block: Block, place: int, asked: str = "") -> str:
    """`place` counts from 0. One of "lead", "large", "small", "text"."""
    if block.kind == "seconds" and front.kind == Front.Kind.SECTION:
        usual: tuple[str, ...] = ("small",)
    else:
        usual = USUAL.get(block.kind) or LAYOUTS[block.layout]
    size = usual[min(place, len(usual) - 1)]
    if not asked or block.kind in FIXED:
        return size
    return size if (size, asked) == ("lead", "large") else asked
