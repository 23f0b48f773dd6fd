"""Plain text: folding for comparison, tidying what people type, counting words."""

import re
import unicodedata

# Characters that change how neighbours are shown and are no letters themselves: zero width,
# bidirectional embeddings, overrides and isolates, byte order mark, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)


def tidy(text: str) -> str:
    """One line of text as typed, without control and invisible characters, spaces squeezed.

    Zero-width joiners stay: Arabic-script and Indic words need them.
    """
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cs")
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, case folded, spaces squeezed."""
    folded = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).replace("\u200c", "").split())


def without_accents(text: str) -> str:
    """Letters only, accents and vowel points dropped; to find near-twins, never to store."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(c)
    )


def word_count(text: str) -> int:
    """Words as an editor counts them: runs between white space that hold a letter or a digit."""
    return sum(1 for word in text.split() if any(c.isalnum() for c in word))


def excerpt(text: str, length: int) -> str:
    """At most `length` characters, cut between words, with an ellipsis when cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:–—-") + "…"
