"""What the comments of the block editor say and its HTML does not."""

import json
import re
from html import escape

from articles.exchange.wxr.notes import Notes

_NEXT_PAGE = re.compile(r"<!--nextpage-->", re.IGNORECASE)
# Possessive and bounded, so that a comment that never closes costs one look.
_LIVE = re.compile(r"<!--\s{1,9}wp:([a-z][\w/-]{0,60}+)(?:[^<>/]|/(?!-->)){0,3000}+/-->")
_COVER = re.compile(r"<!--\s{1,9}wp:cover\s{1,9}(\{(?:[^<>-]|-(?!->)){0,3000}+)-->")


def prepare(content: str, notes: Notes) -> str:
    """Page breaks as rules and the background of a cover as a picture.

    Blocks that the old site filled anew at each visit ("latest posts") are noted and vanish.
    """
    notes.blocks.update(match[1] for match in _LIVE.finditer(content))
    content = _NEXT_PAGE.sub("\n\n<hr>\n\n", content.replace("\r\n", "\n"))
    return _COVER.sub(_cover, content)


def _cover(match: re.Match[str]) -> str:
    try:
        block = json.loads(match[1])
    except (ValueError, RecursionError):
        return ""
    if not isinstance(block, dict) or block.get("backgroundType") == "video":
        return ""
    source, number = str(block.get("url", "")), str(block.get("id", ""))
    return f'<figure><img src="{escape(source)}" data-id="{escape(number)}"></figure>'
