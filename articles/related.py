"""Hand-picked related stories: a list of article ids in order, as snapshots and forms know it.

Ids may lead to drafts; readers see those that are live, which `articles.queries` decides.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 12
# "12", or the end of an address: /city/tram-line-opens-12/ (with what may follow it).
_NUMBER = re.compile(r"([0-9]{1,18})|\S*/[^\s/]*-([0-9]{1,18})/?(?:[?#]\S*)?")


def complete(taken: Mapping[str, Any]) -> Mapping[str, Any]:
    """The snapshot with what was not asked when it was taken: older ones know no related."""
    return taken if "related" in taken else {**taken, "related": []}


def joined(ids: Iterable[int]) -> str:
    """As one line, as the form's field has it."""
    return ", ".join(str(pk) for pk in ids)


def split(line: str) -> tuple[list[int], list[str]]:
    """The numbers of a typed line, each once, and the words that are none."""
    found: dict[int, None] = {}
    odd: list[str] = []
    for word in re.split(r"[\s,;،]+", line):
        if match := _NUMBER.fullmatch(word):
            found[int(match[1] or match[2])] = None
        elif word:
            odd.append(word)
    return list(found), odd
