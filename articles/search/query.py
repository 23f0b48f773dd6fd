"""What somebody typed into the search box: words, "phrases", -exclusions. All else is literal.

Nothing typed is ever an error, and nothing typed reaches a database: an index is asked for terms
(articles/search/words.py), which hold letters and digits.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from articles.search.reach import by_prefix
from articles.search.words import languages, readings, term, words
from newsroom.lib.text import tidy

LONGEST, MOST_WORDS = 200, 10
# A quotation mark between Hebrew letters is part of an abbreviation.
_INSIDE = r"(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea])"
_PART = re.compile(rf"(?P<less>-?)(?:\"(?P<phrase>(?:[^\"]|{_INSIDE})*)\"?|(?P<plain>\S+))")

# Terms one after another; and the ways in which one thing that was asked for may stand in a text.
Way = tuple[str, ...]
Choice = tuple[Way, ...]


@dataclass(frozen=True)
class Part:
    """A word or phrase that was asked for or excluded."""

    written: tuple[str, ...]
    excluded: bool = False

    @cached_property
    def ways(self) -> Choice:
        """What it may be in the index; a phrase keeps to one language."""
        if len(self.written) == 1:
            found = (form for reading in readings(self.written[0]) for form in by_prefix(reading))
            return tuple((form,) for form in found)
        codes = ("", *languages())
        return tuple(dict.fromkeys(tuple(term(w, code) for w in self.written) for code in codes))


@dataclass(frozen=True)
class Query:
    """The parts of what was typed, and the text as it is shown again."""

    text: str = ""
    parts: tuple[Part, ...] = ()
    # Something was left out, and the page says so.
    cut: bool = False

    @property
    def wanted(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.excluded)

    @property
    def excluded(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.excluded)


@dataclass(frozen=True)
class Expression:
    """What an index is asked: each of `every` in one of its ways, and nothing of `none`."""

    every: tuple[Choice, ...]
    none: tuple[Choice, ...] = ()


def parse(typed: str) -> Query:
    """At most 200 characters and 10 words of it; never an error. Linear in its length."""
    text = tidy(typed)
    cut = len(text) > LONGEST
    if cut:
        head, space, _half = text[: LONGEST + 1].rpartition(" ")
        text = head if space else text[:LONGEST]
    left, parts = MOST_WORDS, []
    for match in _PART.finditer(text):
        found = words(match["phrase"] or match["plain"] or "")
        # Signs that are letters to Unicode and nothing once folded.
        written = [each for each in found if term(each, "")]
        cut = cut or len(written) > left
        if written := written[:left]:
            parts.append(Part(tuple(written), excluded=bool(match["less"])))
            left -= len(written)
    return Query(text, tuple(dict.fromkeys(parts)), cut)


def any_mark(marks: Iterable[str]) -> Choice:
    """One of these marks."""
    return tuple((mark,) for mark in marks)
