"""The terms of one text, in order: what both databases index, and the same in both.

    headline terms _ standfirst terms _ text terms _ ^reach of Hebrew words _marks

Fields are parted by `_`, so that no phrase runs from one into the next; marks and reach begin with
a sign that no word has.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from articles.search.reach import reach
from articles.search.words import term, words

# Stands in every entry, between its fields.
BREAK = "_"
# PostgreSQL counts places in a text up to 16,383.
MOST_WORDS = 16_000
OFTEN, MOST_OFTEN = 3, 40


def terms_of(fields: Sequence[Sequence[str]], marks: Iterable[str]) -> list[str]:
    """All terms of an entry whose fields were brought to terms already."""
    found: list[str] = []
    for field in fields:
        found += [*field, BREAK]
    del found[MOST_WORDS:]
    return [*found, BREAK, *_reached(found), *marks]


def in_terms(text: str, language: str) -> list[str]:
    """The words of a text as terms, at most `MOST_WORDS` of them."""
    found = [each for word in words(text) if (each := term(word, language))]
    return found[:MOST_WORDS]


def weight_of(headline: Sequence[str], standfirst: Sequence[str], text: Sequence[str]) -> str:
    """What decides an article's rank, a line each: the terms of headline and standfirst, and those
    that stand in the text three times or more."""
    times = Counter(text)
    often = sorted(
        (each for each in times if times[each] >= OFTEN), key=times.__getitem__, reverse=True
    )
    return "\n".join(map(_line, (headline, standfirst, often[:MOST_OFTEN])))


def _line(found: Sequence[str]) -> str:
    """With a space around every term, so that a run of terms is found as a string."""
    return f" {' '.join([*found, BREAK, *_reached(found)])} "


def _reached(found: Sequence[str]) -> list[str]:
    """What its Hebrew words are also found by; a Latin text is known at a glance to have none."""
    if all(map(str.isascii, found)):
        return []
    return sorted({form for each in set(found) for form in reach(each)})
