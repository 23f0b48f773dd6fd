"""The readable part of an address, in any script, and the URL converters that match it."""

import unicodedata

from django.urls.converters import StringConverter

from newsroom.lib.text import tidy

MAX_LENGTH = 80


def slugify(text: str, fallback: str = "article") -> str:
    """Lower-case letters, marks and digits of any script (NFKC) joined by hyphens.

    At most 80 characters; `fallback` when nothing is left ("!!!", emoji).
    """
    text = unicodedata.normalize("NFKC", tidy(text)).lower()
    text = unicodedata.normalize("NFKC", text).replace("’", "").replace("'", "")
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in text)
    words = "".join(kept).split()
    slug = "-".join(words)
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug or fallback


class SlugConverter(StringConverter):
    """One path segment without dots or control characters; what it names is looked up."""

    regex = r"[^/.\x00-\x20\x7f]{1,200}"


class DigestConverter(StringConverter):
    """96 bits, by which an address names what it shows."""

    regex = r"[0-9a-f]{24}"


class IdConverter:
    """1 to 18 digits, so that every match fits the database's 64-bit integer."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
