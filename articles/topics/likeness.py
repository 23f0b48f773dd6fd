"""Whether two names may mean one topic, and why; nothing here asks the database."""

import difflib
import re
import unicodedata
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from newsroom.lib.latin import in_script, same_sound, singular, words
from newsroom.lib.text import fold, tidy, without_accents

# Strongest first; the report is in this order.
REASONS = {
    "letters": _("differ only in capitals, spaces or signs"),
    "accents": _("differ only in accents"),
    "script": _("the same name in another script"),
    "plural": _("one is the plural of the other"),
    "order": _("the same words in another order"),
    "sound": _("two ways to write the same sound"),
    "slip": _("differ in a letter or two"),
    "words": _("one name is part of the other"),
}
ALIKE, SHORTEST = 0.9, 6
_DIGITS = re.compile(r"\d+")


class Spelling:
    """A name taken apart, for many comparisons."""

    def __init__(self, name: str) -> None:
        self.name = tidy(name)[:200]
        self.words = words(self.name)
        self.stems = [singular(word) for word in self.words]
        self.bare = "".join(c for c in without_accents(self.name) if c.isalnum())

    @cached_property
    def letters(self) -> str:
        """As typed, without case, spaces and signs."""
        kept = (c for c in fold(self.name) if c.isalnum() or unicodedata.category(c) == "Mn")
        return "".join(kept)

    @cached_property
    def digits(self) -> list[str]:
        return _DIGITS.findall(self.bare)

    @cached_property
    def joined(self) -> str:
        return "".join(self.stems)


def reason(one: Spelling, other: Spelling) -> str | None:
    """The key in REASONS of what makes the two alike; None if they are not."""
    if not one.stems or not other.stems:  # signs alone: "C++" has a letter, "+++" has none
        return None
    if one.letters == other.letters:
        return "letters" if one.letters else None
    if one.bare == other.bare:
        return "accents"
    if "".join(one.words) == "".join(other.words):
        return "script"
    if one.joined == other.joined:
        return "plural"
    if sorted(one.stems) == sorted(other.stems):
        return "order"
    if one.digits == other.digits:
        if found := _by_sound(one, other):
            return found
        if _slip(one.joined, other.joined):
            return "slip"
    return "words" if part_of(one, other) or part_of(other, one) else None


def part_of(one: Spelling, other: Spelling) -> bool:
    """Whether `other` has every word of `one` and a further one; a year is no further word."""
    if len(one.stems) >= len(other.stems):
        return False
    left = list(zip(other.words, other.stems, strict=True))
    for word, stem in zip(one.words, one.stems, strict=True):
        met = next((p for p in left if p[1] == stem or _crosswise(word, p[0])), None)
        if met is None:
            return False
        left.remove(met)
    return any(not word.isdigit() for word, _stem in left)


def rest_of(one: Spelling, other: Spelling) -> str:
    """What `other` says beside `one`, as it is written there: "Netanyahu" of "Netanyahu Putin"."""
    left = other.name.split()
    for word, stem in zip(one.words, one.stems, strict=True):
        for place, written in enumerate(left):
            found = words(written)
            if any(singular(f) == stem or _crosswise(word, f) for f in found):
                del left[place]
                break
    return " ".join(left).strip(" -–—&+/,")


def _crosswise(one: str, other: str) -> bool:
    return in_script(one) != in_script(other) and same_sound(one, other)


def _by_sound(one: Spelling, other: Spelling) -> str | None:
    if len(one.words) != len(other.words):
        return None
    across = one.bare.isascii() != other.bare.isascii()
    for a, b in zip(one.words, other.words, strict=True):
        if singular(a) == singular(b):
            continue
        if not same_sound(a, b):
            return None
        if in_script(a) != in_script(b):
            across = True
        elif min(len(a), len(b)) < 4 or difflib.SequenceMatcher(None, a, b).ratio() < 0.75:
            return None
    return "script" if across else "sound"


def _slip(a: str, b: str) -> bool:
    """A letter or two in a long name; never two short ones."""
    if min(len(a), len(b)) < SHORTEST or abs(len(a) - len(b)) > 3:
        return False
    likeness = difflib.SequenceMatcher(None, a, b)
    return likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE


def nearly_the_same(one: str, other: str) -> bool:
    """A plural, a hyphen, a slip, another script; never two years or one name within another."""
    return reason(Spelling(one), Spelling(other)) not in {None, "words"}
