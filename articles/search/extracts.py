"""Where the words stand: a headline with its matches marked, and the best piece of a text.

Found again with the stems of the index, in Python, so that both databases show the same. What
comes back is HTML: text escaped, matches in `<mark>`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.search.query import Part, Way
from articles.search.reach import reach
from articles.search.words import standing, term

# Characters of an extract, and of how much of a text it is looked for.
LENGTH, LOOKED_AT = 200, 30_000
# Matches with which an extract may begin.
MOST_TRIED = 200
# What is shown before the first match, if there is room.
BEFORE = 60


@dataclass(frozen=True)
class Hit:
    """A match in a text: `text[start:end]`, and which of the parts asked for it is."""

    start: int
    end: int
    part: int


def marked(text: str, parts: Sequence[Part], language: str) -> SafeString:
    """The whole text with every match marked."""
    return _html(text, 0, len(text), hits(text, parts, language))


def extract(text: str, parts: Sequence[Part], language: str) -> SafeString:
    """About 200 characters that hold most of what was asked for; empty if they hold none of it."""
    found = hits(text[:LOOKED_AT], parts, language)
    if not found:
        return SafeString("")
    first = max(range(min(len(found), MOST_TRIED)), key=lambda n: (*_worth(found, n), -n))
    within = _within(found, first)
    start, end = _around(text, within[0].start, within[-1].end)
    html = _html(text, start, end, [hit for hit in found if start <= hit.start and hit.end <= end])
    cut_before = start > 0 and text[start - 1] != "\n"
    return format_html("{}{}{}", "… " if cut_before else "", html, " …" if end < len(text) else "")


def hits(text: str, parts: Sequence[Part], language: str) -> list[Hit]:
    """Every match in order, none inside another. Linear in the length of the text."""
    there, asked = standing(text), _asked(tuple(parts), language)
    found: list[Hit] = []
    end, begun = 0, asked.begun
    for at, word in enumerate(there):
        if not (ways := begun[word[0]]) or word.start() < end:
            continue
        for number, way in ways:
            last = at + len(way) - 1
            if last < len(there) and all(
                form in asked.forms(there[at + n][0]) for n, form in enumerate(way)
            ):
                end = there[last].end()
                found.append(Hit(word.start(), end, number))
                break
    return found


class _Asked:
    """What is looked for in texts of a language. They have few words, each many times, and nearly
    all of them begin nothing: each is looked at once."""

    def __init__(self, parts: Sequence[Part], language: str) -> None:
        self._language = language
        self.begins: dict[str, list[tuple[int, Way]]] = {}
        for number, part in enumerate(parts):
            for way in part.ways:
                self.begins.setdefault(way[0], []).append((number, way))
        self.begun = _Begun(self)

    def forms(self, written: str) -> tuple[str, ...]:
        """The terms by which a word is found."""
        found = term(written, self._language)
        return (found, *reach(found))


class _Begun(dict[str, list[tuple[int, Way]]]):
    """What may begin with a word as it is written."""

    def __init__(self, asked: _Asked) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, written: str) -> list[tuple[int, Way]]:
        begins, forms = self._asked.begins, self._asked.forms(written)
        ways = self[written] = [way for form in forms for way in begins.get(form, ())]
        return ways


# For the texts of one page; a few searches at a time.
_asked = lru_cache(maxsize=4)(_Asked)


def _within(found: list[Hit], first: int) -> list[Hit]:
    """The matches that fit into one extract with this one as their first."""
    end = found[first].start + LENGTH
    within = [found[first]]
    for hit in found[first + 1 :]:
        if hit.end > end:
            break
        within.append(hit)
    return within


def _worth(found: list[Hit], first: int) -> tuple[int, int]:
    within = _within(found, first)
    return len({hit.part for hit in within}), len(within)


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Where to cut: between words, and not before the line in which the first match stands."""
    room = max(LENGTH - (last - first), 0)
    start = max(first - min(room // 2, BEFORE), text.rfind("\n", 0, first) + 1)
    if start and not text[start - 1].isspace():
        start = min(_next_space(text, start) + 1, first)
    end = max(start + LENGTH, last)
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start, end + 1), last)


def _next_space(text: str, start: int) -> int:
    return next((n for n in range(start, len(text)) if text[n].isspace()), len(text))


def _html(text: str, start: int, end: int, found: Iterable[Hit]) -> SafeString:
    pieces, at = [], start
    for hit in found:
        pieces += [
            escape(text[at : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>",
        ]  # fmt: skip
        at = hit.end
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308  (every piece of the text is escaped)
