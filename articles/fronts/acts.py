"""What an editor does to a front, each as a function from one content to the next; pure."""

from dataclasses import replace

from articles.fronts.content import MOST_BLOCKS, Block, Content, Placement

# Blocks that make the page what it is: they stay where they are and may be hidden.
FIXED = ("lead", "related", "seconds", "hot")


def place(content: Content, slot: str, article: int) -> Content:
    """Put a story into a slot. One that stands elsewhere by hand moves, with what differs there."""
    placed = content.slots.get(slot)
    if placed and placed.article == article:
        return content
    before = standing(content, article)
    if before and not _repeats(content, slot):
        placed = content.slots[before]
        content = content.with_slot(before, None)
    else:
        placed = Placement(article)
    return content.with_slot(slot, placed)


def standing(content: Content, article: int) -> str | None:
    """The slot in which a story stands by hand, blocks that repeat aside."""
    repeated = {key for block in content.blocks if block.repeat for key in block.slots}
    found = (k for k in content.keys if k in content.slots and k not in repeated)
    return next((key for key in found if content.slots[key].article == article), None)


def move(content: Content, slot: str, to: str, article: int) -> Content:
    """Put the story that is seen in one slot, by hand or by rule, into another.

    A story that stood there by hand takes the place that was left; the two change places.
    """
    if slot == to:
        return content
    placed, other = content.slots.get(slot), content.slots.get(to)
    if placed is None or placed.article != article:
        return place(content, to, article) if not other else _swap(content, slot, to, article)
    return content.with_slot(slot, other).with_slot(to, placed)


def _swap(content: Content, slot: str, to: str, article: int) -> Content:
    other = content.slots[to]
    return place(content, to, article).with_slot(slot, other)


def beside(content: Content, slot: str, step: int) -> str | None:
    """The slot before (-1) or after (1) on the page, hidden blocks passed over."""
    keys = [key for block in content.blocks if not block.hidden for key in block.slots]
    if slot not in keys or not 0 <= keys.index(slot) + step < len(keys):
        return None
    return keys[keys.index(slot) + step]


def shift(content: Content, block_id: str, step: int) -> Content:
    """Move a block up (-1) or down (1), past its neighbour; never past what is fixed."""
    ids = [block.id for block in content.blocks]
    n = ids.index(block_id)
    other = n + step
    if not 0 <= other < len(ids):
        return content
    if any(content.blocks[place].kind in FIXED for place in (n, other)):
        return content
    blocks = list(content.blocks)
    blocks[n], blocks[other] = blocks[other], blocks[n]
    return replace(content, blocks=tuple(blocks))


def shift_to(content: Content, block_id: str, other_id: str) -> Content:
    """Move a block to where another stands, as far as what is fixed lets it."""
    ids = [block.id for block in content.blocks]
    way = ids.index(other_id) - ids.index(block_id)
    for _step in range(abs(way)):
        content = shift(content, block_id, 1 if way > 0 else -1)
    return content


def remove(content: Content, block_id: str) -> Content:
    """Without this row; what stood in it by hand goes with it."""
    blocks = tuple(b for b in content.blocks if b.id != block_id or b.kind != "row")
    keys = {key for block in blocks for key in block.slots}
    return Content(blocks, {key: p for key, p in content.slots.items() if key in keys})


def add_row(content: Content, block: Block) -> Content:
    """A row more, below the last one. Raises ValueError when the front is full."""
    if len(content.blocks) >= MOST_BLOCKS:
        raise ValueError("a front has room for so many blocks")
    rows = [n for n, each in enumerate(content.blocks) if each.kind == "row"]
    n = rows[-1] + 1 if rows else len(content.blocks)
    return replace(content, blocks=(*content.blocks[:n], block, *content.blocks[n:]))


def _repeats(content: Content, slot: str) -> bool:
    return any(block.repeat and slot in block.slots for block in content.blocks)
