"""The words that differ between two texts, in reading order."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from articles.compare.align import matches
from articles.compare.visible import visible

Op = Literal["same", "removed", "added"]


class Piece(NamedTuple):
    """A run of text. Joined, "same" and "removed" are the text before; "same" and "added" after."""

    op: Op
    text: str

    @property
    def shown(self) -> str:
        """For a page: nothing invisible, no endless word. Still to be escaped, as any text."""
        return visible(self.text, changed=self.op != "same")


# Each stands by itself; everything else between spaces is a word. Not \w, which tears combining
# marks (Hebrew points, Indic vowels) from their letters.
_MARKS = (
    r"!-/:-@\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u05be\u05c0\u05c3\u060c\u061b\u061f"
    r"\u2010-\u2027\u2030-\u205e\u3000-\u3003\u3008-\u3011"
)
# Written without spaces between words: each sign is a word.
_SIGNS = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\s{_MARKS}{_SIGNS}]+"
# With the spaces after it, which belong to no word: "3,500.50", "don't" and "well-known" are one.
_TOKEN = re.compile(
    rf"((?:{_LETTERS}(?:['’.,\-:/]{_LETTERS})*|[{_SIGNS}]|(?P<mark>\S)(?P=mark)*)?)(\s*)"
)

# A word or two alike within a passage that was rewritten are chance; shown so, nobody can read it.
CHANCE = 2
# Characters: some 60,000 words, several times what a newspaper prints. Beyond it only the ends are
# compared, so that nobody can keep the server busy.
LONGEST = 400_000


class _Token(NamedTuple):
    word: str
    space: str


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces of both texts, removed before added. Two texts of 10,000 words: 0.2 s at most."""
    if before == after:
        return [Piece("same", before)] if before else []
    if max(len(before), len(after)) > LONGEST:
        return _joined(_roughly(before, after))
    return _joined(_pieces(_tokens(before), _tokens(after)))


def words(text: str) -> list[str]:
    """The words and marks of a text, without spaces."""
    return [token.word for token in _tokens(text) if token.word]


def _tokens(text: str) -> list[_Token]:
    return [_Token(found[1], found[3]) for found in _TOKEN.finditer(text) if found[0]]


def _pieces(ours: Sequence[_Token], theirs: Sequence[_Token]) -> Iterator[Piece]:
    at = other = 0
    for a, b, size in [*_readable(ours, theirs), (len(ours), len(theirs), 0)]:
        yield Piece("removed", _text(ours[at:a]))
        yield Piece("added", _text(theirs[other:b]))
        for old, new in zip(ours[a : a + size], theirs[b : b + size], strict=True):
            yield Piece("same", old.word)
            if old.space == new.space:
                yield Piece("same", old.space)
            else:
                yield Piece("removed", old.space)
                yield Piece("added", new.space)
        at, other = a + size, b + size


def _roughly(before: str, after: str) -> Iterator[Piece]:
    """One change from the first to the last letter that differs."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    yield Piece("same", before[:start])
    yield Piece("removed", before[start : len(before) - end])
    yield Piece("added", after[start : len(after) - end])
    yield Piece("same", before[len(before) - end :])


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _readable(ours: Sequence[_Token], theirs: Sequence[_Token]) -> Iterator[tuple[int, int, int]]:
    """The matches without those that are chance: short ones with more change on either side."""
    found = matches([token.word for token in ours], [token.word for token in theirs])
    at = other = 0
    for number, (a, b, size) in enumerate(found):
        follows = found[number + 1] if number + 1 < len(found) else None
        next_a, next_b = (follows.a, follows.b) if follows else (len(ours), len(theirs))
        gap_before = max(a - at, b - other)
        gap_after = max(next_a - a - size, next_b - b - size)
        if size <= CHANCE and min(gap_before, gap_after) > 2 * size + 1:
            continue  # `at` and `other` stay: this match is part of the change
        yield a, b, size
        at, other = a + size, b + size


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.word + token.space for token in tokens)


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; between two same pieces removed stands before added."""
    joined: list[Piece] = []
    removed: list[str] = []
    added: list[str] = []
    same: list[str] = []

    def close_same() -> None:
        if same:
            joined.append(Piece("same", "".join(same)))
            same.clear()

    def close_change() -> None:
        for op, parts in (("removed", removed), ("added", added)):
            if parts:
                joined.append(Piece(op, "".join(parts)))  # type: ignore[arg-type]
                parts.clear()

    for piece in pieces:
        if not piece.text:
            continue
        if piece.op == "same":
            close_change()
            same.append(piece.text)
        else:
            close_same()
            (removed if piece.op == "removed" else added).append(piece.text)
    close_same()
    close_change()
    return joined
