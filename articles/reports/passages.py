"""Finding the words a reader quoted in a version of the article."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from newsroom.lib.html import plain_text
from newsroom.lib.text import tidy

AROUND = 160  # characters shown on either side


class Place(NamedTuple):
    """The quoted words and what stands around them."""

    before: str
    words: str
    after: str


def place_of(passage: str, snapshot: Mapping[str, Any]) -> Place | None:
    """Where the passage stands in this version; None when it is not there word for word.

    White space and invisible characters are no difference: what a browser hands over as selected
    has line ends of its own.
    """
    wanted = tidy(passage)
    if not wanted:
        return None
    parts = (snapshot["headline"], snapshot["standfirst"], plain_text(snapshot["body"]))
    text = tidy("\n".join(parts))
    start = text.find(wanted)
    if start < 0:
        return None
    end = start + len(wanted)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Place(before, wanted, after)
