"""The stored text as its blocks: what is compared and merged one by one."""

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>")
_VOID = frozenset({"br", "hr", "img", "wbr"})


def split_blocks(html: str) -> list[str]:
    """The top-level elements of cleaned HTML, in order; text between them stands by itself.

    White space between blocks is dropped, so joining with a line break gives the same text.
    Linear in the length of the input.
    """
    blocks: list[str] = []
    depth, start = 0, 0

    def take(end: int) -> None:
        nonlocal start
        if block := html[start:end].strip():
            blocks.append(block)
        start = end

    for tag in _TAG.finditer(html):
        closing, name, self_closing = tag[1], tag[2].lower(), tag[3]
        alone = name in _VOID or self_closing
        if closing:
            depth = max(0, depth - 1)
            if depth == 0:
                take(tag.end())
        elif alone:
            if depth == 0 and name == "hr":
                take(tag.start())
                take(tag.end())
        else:
            if depth == 0 and name not in _INLINE:
                take(tag.start())
            depth += 1
    take(len(html))
    return blocks


# Text that stands loose at the top may begin with one of these; it is one block with what follows.
_INLINE = frozenset({"a", "strong", "em", "s", "sub", "sup", "code"})
