"""Names across scripts: Hebrew, Arabic and Cyrillic in Latin letters, and how a name sounds.

A name is compared by its consonants, for vowels are written in one script and left out in another:
"Netanyahu", "Netanyahou" and "נתניהו" all sound `ntn`. That finds candidates; `same_sound` then
asks whether the vowels that are written fit. Nothing here is meant to be read by people.
"""

from functools import lru_cache
from itertools import islice, product

from newsroom.lib.text import without_accents

LONGEST = 300
MOST_READINGS = 12
WEAK = frozenset("ywh")

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяєіїґўђјљњћџ",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya "
        "ye i yi g u dj j lj nj c dz".split(),
        strict=True,
    )
)
_LATIN = {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i",
          "ß": "ss"}  # fmt: skip
_SPELT = {letter: value.strip("-") for letter, value in {**_CYRILLIC, **_LATIN}.items()}

# Letters of another script in a Latin word: a slip or a trick, and read as what they look like.
_LOOKS = dict(zip("аеорсухіѕјкмтвнοανρτικ", "aeopcyxisjkmtbhoavptik", strict=True))

# What a letter may stand for, as sounds: p is also b, k every k and hard ch, S is sh, c is ts;
# y and w are vowels as well as consonants. An empty reading: it is not heard.
_HEBREW: dict[str, tuple[str, ...]] = {
    "א": ("",), "ב": ("p", "w"), "ג": ("g",), "ד": ("d",), "ה": ("h",), "ו": ("w",), "ז": ("z",),
    "ח": ("k", "h"), "ט": ("t",), "י": ("y",), "כ": ("k",), "ך": ("k",), "ל": ("l",), "מ": ("m",),
    "ם": ("m",), "נ": ("n",), "ן": ("n",), "ס": ("s",), "ע": ("",), "פ": ("p", "f"), "ף": ("f",),
    "צ": ("c", "z"), "ץ": ("c", "z"), "ק": ("k",), "ר": ("r",), "ש": ("S", "s"), "ת": ("t",),
}  # fmt: skip
_ARABIC: dict[str, tuple[str, ...]] = {
    letter: (reading.strip("-"),)
    for letter, reading in zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهةويىءپچژگکی",
        "- p t t g h k d d r z s S s d t z - g f k k l m n h - w y - - p k z g k y".split(),
        strict=True,
    )
}
_SEMITIC = {**_HEBREW, **_ARABIC}
# Longest first.
_DIGRAPHS = {"sch": "S", "tch": "k", "sh": "S", "tz": "c", "ts": "c", "ph": "f", "th": "t",
             "kh": "k", "ch": "k", "gh": "g", "dh": "d", "zh": "z", "dj": "g", "ck": "k",
             "ce": "s", "ci": "sy", "cy": "sy"}  # fmt: skip
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "- p k d - f g h y g k l m n w p k r s t w w w ks y z".split(),
        strict=True,
    )
)


def latin(text: str) -> str:
    """Folded, without accents, Cyrillic and odd Latin letters spelt; other scripts as they are."""
    return " ".join(_spelt(word) for word in without_accents(text).split(" "))


def _spelt(word: str) -> str:
    if word.isascii():
        return word
    if any("a" <= c <= "z" for c in word):
        word = "".join(_LOOKS.get(c, c) for c in word)
    return "".join(_SPELT.get(c, c) for c in word)


def words(text: str) -> list[str]:
    """The words of `latin`: runs of letters and digits; an apostrophe is no gap."""
    bare = latin(text).translate(dict.fromkeys(map(ord, "'’ʼ`׳״\"")))
    return "".join(c if c.isalnum() else " " for c in bare).split()


def singular(word: str) -> str:
    """Without the ending of an English plural: "parties" and "party" give the same."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """How one word of `words` may sound, weak letters included; at most 12 ways, "" for none."""
    if any(c in _SEMITIC for c in word):
        choices = [_SEMITIC.get(c, (c,)) for c in word]
        ways = ["".join(way) for way in islice(product(*choices), MOST_READINGS)]
    else:
        bare = singular(word)
        ways = [_heard(bare)]
        if "kh" in bare:  # Cyrillic has one letter for both
            ways.append(_heard(bare.replace("kh", "h")))
    return tuple(dict.fromkeys(_squeezed(way) for way in ways))


def _heard(word: str) -> str:
    heard, at = [], 0
    while at < len(word):
        for length in (3, 2):
            if sound := _DIGRAPHS.get(word[at : at + length]):
                heard.append(sound)
                at += length
                break
        else:
            heard.append(_LETTERS.get(word[at], word[at]).strip("-"))
            at += 1
    return "".join(heard)


def _squeezed(way: str) -> str:
    """Doubled sounds once; an h at the end is not heard."""
    kept = "".join(c for at, c in enumerate(way) if at == 0 or way[at - 1] != c)
    return kept.removesuffix("h")


def keys(word: str) -> set[str]:
    """The consonants of each reading: words that may be one name share a key."""
    ways = {_squeezed("".join(c for c in way if c not in WEAK)) for way in readings(word)}
    return ways - {""}


def sounds(text: str) -> str:
    """All keys of a name between spaces, for a column: " ldmr ptn "; at most 300 characters."""
    found = dict.fromkeys(key for word in words(text) for key in sorted(keys(word)))
    line = " "
    for key in found:
        if len(line) + len(key) + 1 > LONGEST:
            break
        line += f"{key} "
    return line if found else ""


def in_script(word: str) -> str:
    """ "abc" for what `latin` can spell, "semitic" for Hebrew and Arabic, "" for the rest."""
    if any(c in _SEMITIC for c in word):
        return "semitic"
    return "abc" if word.isascii() else ""


def same_sound(one: str, other: str) -> bool:
    """Whether two words of `words`, in the same script or not, may be one name."""
    scripts = in_script(one), in_script(other)
    if "" in scripts:
        return False
    if scripts == ("semitic", "abc"):
        return any(_fits(s, t) for s in readings(one) for t in readings(other))
    if scripts == ("abc", "semitic"):
        return same_sound(other, one)
    shared = set(readings(one)) & set(readings(other))
    return any(sum(c not in WEAK for c in way) >= 2 for way in shared)


def _fits(written: str, heard: str) -> bool:
    """Whether `written`, a script that leaves vowels out, may spell `heard`.

    Unwritten vowels may be missing, though not the last; one more may be written than is heard.
    """
    if not written or not heard:
        return False
    if (written[-1] in WEAK or heard[-1] in WEAK) and written[-1] != heard[-1]:
        return False
    strong = sum(c not in WEAK for c in heard)
    spare, at = (1 if strong >= 3 else 0), 0
    for sound in written:
        ahead = at
        while ahead < len(heard) and heard[ahead] != sound and heard[ahead] in WEAK:
            ahead += 1
        if ahead < len(heard) and heard[ahead] == sound:
            at = ahead + 1
        elif sound in WEAK and spare:
            spare -= 1
        else:
            return False
    return strong > 0 and all(c in WEAK for c in heard[at:])
