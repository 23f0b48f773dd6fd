"""The words in square brackets of WordPress (`[caption]`, `[gallery ids="1,2"]`) turned into HTML.

What is not known here stays as text and is noted, because only a person can say what it was for.
Linear in the length of the text, whatever it holds.
"""

import re
from collections.abc import Sequence
from html import escape, unescape

from articles.exchange.wxr.notes import Notes

# Possessive and bounded: a bracket that never closes costs one look.
_CODE = re.compile(r"\[(\[?)(/?)([a-zA-Z][\w-]{0,40}+)([^\[\]]{0,2000}+)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]{1,40}+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_URL = re.compile(r"https?://[^\s\"'<>\]]+")
_CAPTIONS = {"caption", "wp_caption"}
_PLAYERS = {"audio", "video", "embed"}
_SOURCES = ("src", "mp4", "mp3", "m4a", "m4v", "webm", "ogg", "ogv", "wav", "mov", "url")


def expand(text: str, *, gallery: Sequence[str], notes: Notes) -> str:
    """The text with every known shortcode as HTML; `gallery`: what a bare `[gallery]` shows."""
    found = list(_CODE.finditer(text))
    closings = _closings(found)
    closers = set(closings.values())
    parts: list[str] = []
    end, skip_to = 0, -1
    for index, match in enumerate(found):
        if index <= skip_to:
            continue
        before, closing, name, rest, after = match.groups()
        name, last = name.lower(), closings.get(index)
        parts.append(text[end : match.start()])
        end = match.end()
        if before and after:  # [[code]] is how WordPress writes about a shortcode
            parts.append(match[0][1:-1])
        elif name in _CAPTIONS and not closing and last is not None:
            parts.append(f"\n\n<figure>{_caption(rest)}")
        elif name in _CAPTIONS and closing and index in closers:
            parts.append("</figure>\n\n")
        elif name == "gallery" and not closing:
            ids = _attributes(rest).get("ids", "")
            wanted = [part.strip() for part in ids.split(",") if part.strip()] or list(gallery)
            images = "".join(f'<img data-id="{escape(i)}">' for i in wanted)
            parts.append(f"\n\n<div>{images}</div>\n\n")
        elif name in _PLAYERS and not closing:
            inner = ""
            if last is not None:
                inner, end, skip_to = text[end : found[last].start()], found[last].end(), last
            url = _address(rest, inner)
            parts.append(f"\n\n<p>{escape(url)}</p>\n\n" if url else match[0])
        else:
            if closing or "=" in rest or "_" in name or "-" in name or _URL.search(rest):
                notes.shortcodes[f"[{name}]"] += not closing
            parts.append(match[0])
    parts.append(text[end:])
    return "".join(parts)


def _closings(found: list[re.Match[str]]) -> dict[int, int]:
    """Which opening is closed by which; one that never closes must not swallow the text."""
    pairs: dict[int, int] = {}
    opened: dict[str, int] = {}
    for index, match in enumerate(found):
        name = match[3].lower()
        if not match[2]:
            opened[name] = index
        elif name in opened:
            pairs[opened.pop(name)] = index
    return pairs


def _attributes(rest: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(rest)
    }


def _caption(rest: str) -> str:
    """Old exports kept the words in an attribute instead of between the brackets."""
    caption = _attributes(rest).get("caption", "")
    return f"<figcaption>{escape(caption)}</figcaption>" if caption else ""


def _address(rest: str, inner: str) -> str:
    attributes = _attributes(rest)
    for name in _SOURCES:
        if _URL.match(attributes.get(name, "")):
            return attributes[name]
    found = _URL.search(unescape(inner)) or _URL.search(unescape(rest))
    return found[0] if found else ""
