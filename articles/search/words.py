"""Words as the index knows them: found in a text, folded, brought to their stem.

All of it happens here and in Python, so that SQLite and PostgreSQL hold the same terms and answer
alike. A stem carries the code of its language unless that is English: two languages never mix.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer
from django.conf import settings

# Languages with a stemmer, and the script whose words it understands. Hebrew has none.
STEMMERS = {
    "en": ("english", "a-z"),
    "fr": ("french", "a-z"),
    "de": ("german", "a-z"),
    "es": ("spanish", "a-z"),
    "ar": ("arabic", "\u0621-\u064a"),
}
LONGEST = 40
# Accents, vowel points and joiners: part of the word they stand in, gone once it is folded.
_MARKS = "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_SIGNS = "'’ʼ`´׳״"
_RUN = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
# A plain quotation mark is part of a Hebrew abbreviation.
_WORD = re.compile(rf"{_RUN}(?:(?:[{_SIGNS}]|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea])){_RUN})*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=.)")
_FINAL_LETTERS = str.maketrans("ךםןףץ", "כמנפצ")
_HEBREW = re.compile(r"[\u05d0-\u05ea]+\Z")


def words(text: str) -> list[str]:
    """The words of a text in order; linear in its length. A hyphen parts words."""
    return _WORD.findall(text)


def standing(text: str) -> list[re.Match[str]]:
    """The words of a text in order, each with where it stands."""
    return list(_WORD.finditer(text))


@lru_cache(maxsize=50_000)
def fold(written: str) -> str:
    """Without case, accents, vowel points and apostrophes; Hebrew final letters as the others."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", written).casefold())
    return "".join(c for c in bare if c.isalnum()).translate(_FINAL_LETTERS)[:LONGEST]


@lru_cache(maxsize=50_000)
def term(written: str, language: str) -> str:
    """What stands for the word in the index; empty for what holds no letter or digit.

    `language` is a code such as "en" or "pt-br". A word in another script than the language's, and
    one with a digit, is only folded.
    """
    code = language.partition("-")[0]
    if code == "en":
        written = _POSSESSIVE.sub("", written)
    elif code == "fr":
        written = _ELISION.sub("", written.casefold())
    folded = fold(written)
    if code not in STEMMERS or not _script(code).match(folded):
        return folded
    stem = _stem(folded, code)
    return stem if code == "en" else f"{stem}_{code}"


@lru_cache(maxsize=2_000)
def readings(written: str) -> tuple[str, ...]:
    """Every term that may stand for a word somebody asks for: as it is written, and in each
    language. At most one for each stemmer and one more."""
    found = (term(written, code) for code in ("", *languages()))
    return tuple(dict.fromkeys(filter(None, found)))


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages of articles that have a stemmer."""
    codes = (code.partition("-")[0] for code, _name in settings.LANGUAGES)
    return tuple(dict.fromkeys(code for code in codes if code in STEMMERS))


def is_hebrew(folded: str) -> bool:
    return _HEBREW.match(folded) is not None


@lru_cache
def _script(code: str) -> re.Pattern[str]:
    return re.compile(f"[{STEMMERS[code][1]}]+\\Z")


# A stemmer keeps the word it works on in itself.
_one_at_a_time = threading.Lock()


@lru_cache
def _stemmer(code: str) -> Any:
    return snowballstemmer.stemmer(STEMMERS[code][0])


def _stem(folded: str, code: str) -> str:
    with _one_at_a_time:
        return str(_stemmer(code).stemWord(folded))
