"""What is typed into a post becomes HTML: paragraphs, quotations, lists and links, nothing else.

Written for thumbs: an empty line begins a paragraph, `>` a quotation, `-` a line of a list, and an
address becomes a link by itself. All of it ends in the project's one filter.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape

from newsroom.lib.html import clean_html

SOURCE_LENGTH = 10_000
SHOWN = 60
# Mobile keyboards make bullets and dashes of hyphens.
_ITEM = re.compile(r"[-*•–] +")
_QUOTE = re.compile(r"> ?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?…’”'»"
_PAIRS = {")": "(", "]": "["}


def to_html(source: str) -> str:
    """The post's text, safe to put on a page. Linear in the length of the source."""
    lines = source.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = groupby((line.strip() for line in lines), key=_kind)
    return clean_html("".join(_block(kind, list(group)) for kind, group in blocks))


def _kind(line: str) -> str:
    if not line:
        return ""
    if _QUOTE.match(line):
        return "quote"
    return "list" if _ITEM.match(line) else "text"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "quote":
        words = [_QUOTE.sub("", line, count=1) for line in lines]
        paragraphs = [list(group) for full, group in groupby(words, key=bool) if full]
        return f"<blockquote>{''.join(map(_paragraph, paragraphs))}</blockquote>"
    if kind == "list":
        items = (f"<li>{_linked(_ITEM.sub('', line, count=1))}</li>" for line in lines)
        return f"<ul>{''.join(items)}</ul>"
    return _paragraph(lines) if kind else ""


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(_linked(line) for line in lines)}</p>"


def _linked(text: str) -> str:
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Escaped text, with a link for each address; what ends a sentence is no part of one."""
    end = 0
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found[0])
        if len(address) <= len("https://"):
            continue
        yield escape(text[end : found.start()])
        yield f'<a href="{escape(address)}">{escape(_shown(address))}</a>'
        end = found.start() + len(address)
    yield escape(text[end:])


def _trimmed(address: str) -> str:
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _AFTER and (not opening or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def _shown(address: str) -> str:
    """An address as one reads it: without its scheme, cut when it is long."""
    words = re.sub(r"^https?://(www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
