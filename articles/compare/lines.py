"""What a page shows of one field's difference: lines of pieces, the unchanged shortened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from django.utils.translation import ngettext

from articles.compare.words import Piece, word_changes

# Characters of unchanged text that stay on either side of a change.
CONTEXT = 160
# Characters shown of one field; the rest is left out with a sentence.
LONGEST_SHOWN = 200_000


class Shown(NamedTuple):
    """A piece as a template shows it; "gap" stands for unchanged words that are left out."""

    op: Literal["same", "removed", "added", "gap"]
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph, an item of a list, or a whole short field.

    `op`: "same" (`count` of them, not shown), "changed", "formatting", "added", "removed",
    "moved_from", "moved_to", "cut" (the rest is too long to show).
    """

    op: str
    pieces: list[Piece] = field(default_factory=list)
    kind: str = ""
    notes: list[str] = field(default_factory=list)
    count: int = 1

    @property
    def shown(self) -> list[Shown]:
        """The pieces with long unchanged runs shortened."""
        last = len(self.pieces) - 1
        return [
            part
            for number, piece in enumerate(self.pieces)
            for part in _shortened(piece, first=number == 0, last=number == last)
        ]


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: its name in the snapshot, what the form calls it, and how."""

    name: str
    label: str
    lines: list[Line]

    @property
    def only_formatting(self) -> bool:
        """No word of it changed."""
        return all(line.op in {"same", "formatting"} for line in self.lines)


def text_line(before: str, after: str) -> Line:
    """A short field's difference in one line."""
    return Line("changed", word_changes(before, after))


def item_line(op: Literal["same", "removed", "added"], text: str) -> Line:
    """One item of a list, whole."""
    return Line("changed" if op == "same" else op, [Piece(op, text)])


def within_limit(lines: Iterable[Line]) -> list[Line]:
    """Lines up to `LONGEST_SHOWN` characters, then one that says that more is left out."""
    kept: list[Line] = []
    length = 0
    for line in lines:
        length += sum(len(part.text) for part in line.shown)
        if length > LONGEST_SHOWN:
            return [*kept, Line("cut")]
        kept.append(line)
    return kept


def _shortened(piece: Piece, *, first: bool, last: bool) -> list[Shown]:
    text = piece.shown
    if piece.op != "same" or (first and last) or len(text) <= 3 * CONTEXT:
        return [Shown(piece.op, text)]
    head = "" if first else text[:CONTEXT].rpartition(" ")[0] or text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:].partition(" ")[2] or text[-CONTEXT:]
    left_out = len(text[len(head) : len(text) - len(tail)].split())
    words = ngettext("… %(count)d word …", "… %(count)d words …", left_out) % {"count": left_out}
    parts = [Shown("same", head), Shown("gap", words), Shown("same", tail)]
    return [part for part in parts if part.text]
