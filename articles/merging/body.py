"""The text, merged block by block: paragraphs, headings, lists, pictures, boxes."""

import re
from collections.abc import Iterable

from articles.body.blocks import split_blocks
from articles.merging.sequences import Piece, compare_sequences, merge_sequences

# More questions than these nobody answers one by one; what is between them becomes one question.
MOST_CONFLICTS = 40

_ELEMENT = re.compile(r"<(?:p|h[1-6]|ul|ol|blockquote|pre|hr|figure|aside|table)\b")
_AROUND_TAGS = re.compile(
    r"\s*(</?(?:p|h[1-6]|ul|ol|li|blockquote|hr|figure|figcaption|aside|table|thead|tbody|tr|th|td)"
    r"\b[^>]*>)\s*"
)
_SPANS_ONE = re.compile(r' (?:colspan|rowspan)="1"')
_FIRST_PARAGRAPH = re.compile(r"(<(?:li|td|th)\b[^>]*>)<p>")
_LAST_PARAGRAPH = re.compile(r"</p>(?=</(?:li|td|th)>|<(?:ul|ol)\b)")


def block_key(block: str) -> str:
    """The block without what the editor writes in its own way: spaces, paragraphs in lists.

    Otherwise a text that came from elsewhere would count as changed by whoever saves it first.
    """
    if block.startswith("<pre"):
        return block
    block = _AROUND_TAGS.sub(r"\1", " ".join(block.split()))
    block = _FIRST_PARAGRAPH.sub(r"\1", _SPANS_ONE.sub("", block))
    return _LAST_PARAGRAPH.sub("", block)


def same_body(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but the way they are written down."""
    return one == other or [*map(block_key, split_blocks(one))] == [
        *map(block_key, split_blocks(other))
    ]


def merge_body(base: str | None, mine: str, theirs: str) -> list[Piece]:
    """The pieces of the text; `base` is None where it is not known. At most 40 conflicts."""
    sides = split_blocks(mine), split_blocks(theirs)
    if base is None:
        return _fewer(compare_sequences(*sides, key=block_key))
    return _fewer(merge_sequences(split_blocks(base), *sides, key=block_key))


def join_blocks(blocks: Iterable[str]) -> str:
    """One text of the blocks, as the editor writes it; loose text keeps its distance."""
    text = ""
    loose = False
    for block in blocks:
        is_loose = _ELEMENT.match(block) is None
        text += "\n" + block if text and (loose or is_loose) else block
        loose = is_loose
    return text


def _fewer(pieces: list[Piece]) -> list[Piece]:
    """All from the first conflict to the last as one, if there are too many."""
    at = [n for n, piece in enumerate(pieces) if piece.result is None]
    if len(at) <= MOST_CONFLICTS:
        return pieces
    middle = pieces[at[0] : at[-1] + 1]
    whole = Piece(
        tuple(block for piece in middle for block in piece.base),
        tuple(block for piece in middle for block in piece.mine),
        tuple(block for piece in middle for block in piece.theirs),
        None,
    )
    return [*pieces[: at[0]], whole, *pieces[at[-1] + 1 :]]
