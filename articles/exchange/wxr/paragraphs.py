"""Where a classic text begins a new paragraph (a blank line) or a new line (a line break)."""

import re
from collections.abc import Sequence

from articles.exchange.wxr.tree import Node

_BLANK_LINE = re.compile(r"\n\s*\n")


def paragraphs(nodes: Sequence[Node | str]) -> list[list[Node | str]]:
    """The nodes split at blank lines; only those between elements count, as in WordPress."""
    return _split(nodes, _BLANK_LINE)


def lines(nodes: Sequence[Node | str]) -> list[list[Node | str]]:
    """The nodes split at line breaks."""
    return _split(nodes, re.compile("\n"))


def _split(nodes: Sequence[Node | str], where: re.Pattern[str]) -> list[list[Node | str]]:
    parts: list[list[Node | str]] = [[]]
    for node in nodes:
        if isinstance(node, str):
            first, *rest = where.split(node)
            parts[-1].append(first)
            parts += [[piece] for piece in rest]
        else:
            parts[-1].append(node)
    return [part for part in parts if any(not isinstance(n, str) or n.strip() for n in part)]
