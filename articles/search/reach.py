"""What a word can also be found by: Hebrew by prefix, and headlines while they are typed.

A Hebrew word is found by itself, by its beginning, and behind letters that are attached to it
(and, the, in, as, to, from, that). Each of these forms is a term of its own in the index, set off
by a sign, so that to search for one costs no more than any word does.
"""

from collections.abc import Iterator
from functools import lru_cache

from articles.search.words import fold, is_hebrew, words

SHORTEST, SIGN = 2, "^"
# As they follow one another: "and", "that" or "when", then "from the", "in", "as", "to", "the".
ATTACHED = frozenset(
    f"{first}{second}{third}"
    for first in ("", "ו")
    for second in ("", "ש", "כש", "מש")
    for third in ("", "ב", "כ", "ל", "מ", "ה", "מה")
)
MOST_ATTACHED = max(map(len, ATTACHED))


@lru_cache(maxsize=50_000)
def reach(term: str) -> tuple[str, ...]:
    """The further terms of a Hebrew word, with their sign; none for any other."""
    if not is_hebrew(term):
        return ()
    forms = {form[:end] for form in _bare(term) for end in range(SHORTEST, len(form) + 1)}
    return tuple(f"{SIGN}{form}" for form in sorted(forms - {term}))


def beginnings(text: str) -> list[str]:
    """The further terms under which the desk finds a headline before its words are typed out."""
    folded = {fold(word) for word in words(text)}
    return sorted({f"{SIGN}{each[:end]}" for each in folded for end in range(1, len(each) + 1)})


def by_prefix(term: str) -> tuple[str, ...]:
    """What to ask for to find the word, and those that reach it."""
    return (term, f"{SIGN}{term}") if is_hebrew(term) else (term,)


def _bare(term: str) -> Iterator[str]:
    """The word as it is, and without what may be attached to it."""
    for start in range(min(MOST_ATTACHED, len(term) - SHORTEST) + 1):
        if term[:start] in ATTACHED:
            yield term[start:]
