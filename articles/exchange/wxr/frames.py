"""Figures and tables; WordPress frames pictures, galleries, embeds and quotations alike."""

import re
from abc import abstractmethod
from html import escape

from articles.exchange.wxr.tree import Node
from articles.exchange.wxr.words import (
    Children,
    Words,
    as_paragraph,
    is_address,
    kept_attributes,
    trim,
)

_GROUPS = {"thead": "thead", "tbody": "tbody", "tfoot": "tbody"}


class Frames(Words):
    """Figures and tables; what stands in them is written by the methods that follow."""

    @abstractmethod
    def blocks(self, children: Children, *, wrap: bool = True) -> list[str]: ...

    @abstractmethod
    def quotation(self, node: Node, *, pulled: bool) -> list[str]: ...

    def figure(self, node: Node) -> list[str]:
        """A picture, a gallery, an embed, a quotation or a table: WordPress frames them all."""
        inner = [c for c in node.children if not (isinstance(c, Node) and c.tag == "figcaption")]
        captions = [c for c in node.children if isinstance(c, Node) and c.tag == "figcaption"]
        caption = " ".join(trim(self.inline(c.children)) for c in captions).strip()
        frame = Node("div", children=list(inner))
        if quotes := frame.find("blockquote"):
            pulled = node.has_class("wp-block-pullquote")
            return [block for quote in quotes for block in self.quotation(quote, pulled=pulled)]
        if frame.find("figure", "table", "ul", "pre"):
            return [*self.blocks(inner), *as_paragraph([caption], False, "")]
        title = " ".join(" ".join(c.text for c in captions).split())
        if is_address(frame.text.strip()):
            return [self.card(frame.text.strip(), title)]
        words = trim(self.inline(inner))
        lifted, images = self.drain(), frame.find("img")
        if lifted and images:  # a caption in square brackets stands beside its picture
            ending = caption or words
            if ending:
                ending = f"<figcaption>{ending}</figcaption></figure>"
                lifted[-1] = lifted[-1].replace("</figure>", ending)
            return lifted
        if images:
            return []  # the picture is missing, and its caption says nothing without it
        if lifted and title:
            lifted[-1] = re.sub(r">[^<>]*</a>", lambda _: f">{escape(title)}</a>", lifted[-1])
            caption = ""
        return [*lifted, *as_paragraph([words, caption], False, "")]

    def table(self, node: Node) -> list[str]:
        out, before = [], []
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.tag == "caption":
                before = self.blocks(child.children)
            elif child.tag in _GROUPS:
                name = _GROUPS[child.tag]
                rows = "".join(self.row(row) for row in child.children if isinstance(row, Node))
                out.append(f"<{name}>{rows}</{name}>")
        return [*before, f"<table>{''.join(out)}</table>"]

    def row(self, node: Node) -> str:
        cells = []
        for cell in node.children:
            if isinstance(cell, Node) and cell.tag in {"td", "th"}:
                inner = "".join(self.blocks(cell.children, wrap=False))
                spans = kept_attributes(cell, "colspan", "rowspan", "scope")
                cells.append(f"<{cell.tag}{spans}>{inner}</{cell.tag}>")
        return f"<tr>{''.join(cells)}</tr>"
