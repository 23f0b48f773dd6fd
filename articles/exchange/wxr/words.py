"""The words of a line: emphasis, links, and pictures and players lifted out of it."""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlsplit

from articles.exchange.wxr.notes import Notes
from articles.exchange.wxr.tree import MEDIA, Node
from newsroom.lib.text import excerpt

# (address of the image file, id of the attachment or "") -> id of our picture, if we have it
FindPicture = Callable[[str, str], int | None]
Children = Sequence[Node | str]

_RENAMED = {"b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "kbd": "code",
            "samp": "code", "tt": "code", "del": "s", "strike": "s"}  # fmt: skip
_KEPT = {"strong", "em", "code", "s", "sub", "sup"}
_ID_CLASS = re.compile(r"(?:^|\s)wp-image-([0-9]{1,18})(?:\s|$)")


class Words:
    """What stands within a line; whatever is a block in itself waits in `lifted`."""

    def __init__(self, picture: FindPicture, notes: Notes, classic: bool) -> None:
        self.picture = picture
        self.notes = notes
        self.classic = classic
        self.lifted: list[str] = []

    def drain(self) -> list[str]:
        lifted, self.lifted = self.lifted, []
        return lifted

    def inline(self, nodes: Children, *, raw: bool = False) -> str:
        """Words with their emphasis and links; pictures and players are lifted."""
        return "".join(self.word(node, raw) for node in nodes)

    def word(self, node: Node | str, raw: bool) -> str:
        if isinstance(node, str):
            text = escape(node, quote=False)
            return text.replace("\n", "<br>") if self.classic and not raw else text
        if node.tag in MEDIA:
            self.lifted += self.medium(node)
            return ""
        if node.tag == "br":
            return "\n" if raw else "<br>"
        if node.has_class("wp-block-file__button"):
            return ""  # a second link to the same file
        inner = self.inline(node.children, raw=raw)
        name = _RENAMED.get(node.tag, node.tag)
        if name == "q":
            return f"“{inner}”"
        if name == "a" and node.attributes.get("href") and visible(inner):
            return f'<a href="{escape(node.attributes["href"])}">{inner}</a>'
        if name in _KEPT and visible(inner):
            return f"<{name}>{inner}</{name}>"
        return f" {inner} " if node.is_block else inner

    def medium(self, node: Node) -> list[str]:
        if node.tag == "img":
            return self.image(node)
        sources = [node, *node.find("source", "embed")]
        for source in sources:
            address = source.attributes.get("src") or source.attributes.get("data", "")
            address = f"https:{address}" if address.startswith("//") else address
            if is_address(address):
                return [self.card(address)]
        return []

    def image(self, node: Node) -> list[str]:
        source = node.attributes.get("src", "")
        by_class = _ID_CLASS.search(node.attributes.get("class", ""))
        number = node.attributes.get("data-id") or (by_class[1] if by_class else "")
        found = self.picture(source, number)
        if found is None:
            self.notes.missing_pictures.append(source or f"attachment {number}")
            return []
        return [f'<figure data-picture="{found}"></figure>']

    def card(self, address: str, title: str = "") -> str:
        self.notes.cards += 1
        parts = urlsplit(address)
        words = excerpt(f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/"), 80)
        link = f'<a href="{escape(address)}">{escape(title or words)}</a>'
        return f'<p class="link-card">{link}</p>'


def is_address(text: str) -> bool:
    """A web address and nothing else."""
    if not re.fullmatch(r"https?://[^\s<>\"]{3,2000}", text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # a bracket where a host should be
        return False


def visible(html: str) -> bool:
    return bool(re.sub(r"<[^>]*>|&nbsp;|\s", "", html))


def trim(html: str) -> str:
    html = html.strip()
    while html.startswith("<br>"):
        html = html[4:].lstrip()
    while html.endswith("<br>"):
        html = html[:-4].rstrip()
    return html


def as_paragraph(words: list[str], bare: bool, attributes: str) -> list[str]:
    text = "<br>".join(word for word in words if visible(word))
    if not visible(text):
        return []
    return [text] if bare else [f"<p{attributes}>{text}</p>"]


def kept_attributes(node: Node, *names: str) -> str:
    wanted = {"dir", "lang", "start", *names}
    return "".join(f' {k}="{escape(v)}"' for k, v in node.attributes.items() if k in wanted and v)
