"""An old text as a body of ours: the editor's vocabulary and nothing else.

Texts come in two habits. Classic ones leave paragraphs as blank lines and line breaks as they are
typed; block ones are complete HTML between comments. Nothing named in a text is fetched.
"""

import re
from collections.abc import Sequence
from html import escape

from articles.exchange.wxr.blocks import prepare
from articles.exchange.wxr.frames import Frames
from articles.exchange.wxr.notes import Notes
from articles.exchange.wxr.paragraphs import lines, paragraphs
from articles.exchange.wxr.shortcodes import expand
from articles.exchange.wxr.tree import Node, tree
from articles.exchange.wxr.words import (
    Children,
    FindPicture,
    as_paragraph,
    is_address,
    kept_attributes,
    trim,
)
from newsroom.lib.html import clean_html

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


MAX_TEXT = 1_000_000  # characters; a book of 400 pages
MAX_NESTING = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that legally stay open, or close themselves.
_UNCOUNTED = frozenset("p li td th tr dt dd br hr img input source embed col thead tbody".split())


class UnfitText(ValueError):
    """No text that anybody wrote: the message says why."""


def body_html(
    content: str, *, picture: FindPicture, gallery: Sequence[str] = (), notes: Notes
) -> str:
    """The text in the body vocabulary, cleaned by the one filter; what is lost goes to `notes`.

    Raises UnfitText for what would take the parser minutes.
    """
    if len(content) > MAX_TEXT:
        raise UnfitText(f"its text has more than {MAX_TEXT:,} characters")
    if _nesting(content) > MAX_NESTING:
        raise UnfitText(f"its elements are nested more than {MAX_NESTING} deep")
    classic = "<!-- wp:" not in content
    root = tree(expand(prepare(content, notes), gallery=gallery, notes=notes))
    return clean_html("\n".join(_Writer(picture, notes, classic).blocks(root.children)))


def _nesting(content: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(content):
        if match[2].lower() not in _UNCOUNTED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Writer(Frames):
    """Writes a tree block by block."""

    def blocks(self, children: Children, *, wrap: bool = True) -> list[str]:
        """Blocks one by one; words between them become paragraphs, or stay bare without `wrap`."""
        out: list[str] = []
        run: list[Node | str] = []
        for child in children:
            if isinstance(child, str) or not child.is_block:
                run.append(child)
                continue
            out += self.run(run, wrap=wrap)
            run = []
            out += self.block(child)
        return out + self.run(run, wrap=wrap)

    def run(self, nodes: Children, *, wrap: bool = True, attributes: str = "") -> list[str]:
        out: list[str] = []
        split = paragraphs(nodes) if self.classic else [list(nodes)]
        bare = not wrap and len(split) == 1
        for paragraph in split:
            words: list[str] = []
            for line in lines(paragraph) if self.classic else [paragraph]:
                text = "".join(n if isinstance(n, str) else n.text for n in line).strip()
                if is_address(text):
                    out += as_paragraph(words, bare, attributes)
                    words = []
                    out.append(self.card(text))
                    continue
                words.append(trim(self.inline(line)))
                out += self.drain()
            out += as_paragraph(words, bare, attributes)
        return out

    def block(self, node: Node) -> list[str]:
        tag, attributes = node.tag, kept_attributes(node)
        if tag == "p" and not node.holds_block:
            return self.run(node.children, attributes=attributes)
        if tag in _HEADINGS:
            words = trim(self.inline(node.children))
            name = _HEADINGS[tag]
            return [*self.drain(), *([f"<{name}{attributes}>{words}</{name}>"] if words else [])]
        if tag in {"ul", "ol"}:
            return self.listing(node)
        if tag == "blockquote":
            return self.quotation(node, pulled=node.has_class("is-style-pullquote"))
        if tag == "pre":
            return [f"<pre{attributes}>{self.inline(node.children, raw=True)}</pre>", *self.drain()]
        if tag == "table":
            return self.table(node)
        if tag == "figure":
            return self.figure(node)
        if tag == "hr":
            return ["<hr>"]
        if tag == "dt":
            words = self.inline(node.children).strip()
            return [*self.drain(), *([f"<p><strong>{words}</strong></p>"] if words else [])]
        return self.blocks(node.children)

    def listing(self, node: Node) -> list[str]:
        entries = [c for c in node.children if isinstance(c, Node)]
        if entries and all(entry.find("figure") and not entry.words for entry in entries):
            return [b for entry in entries for f in entry.find("figure") for b in self.figure(f)]
        out = []
        for child in node.children:
            if isinstance(child, str):
                inner = escape(child.strip(), quote=False)
            elif child.tag == "li":
                inner = "".join(self.blocks(child.children, wrap=False))
            else:
                inner = "".join(self.blocks([child], wrap=False))
            if inner:
                out.append(f"<li>{inner}</li>")
        return [f"<{node.tag}{kept_attributes(node)}>{''.join(out)}</{node.tag}>"] if out else []

    def quotation(self, node: Node, *, pulled: bool) -> list[str]:
        """Who said it becomes a paragraph of its own, as the vocabulary has no `cite`."""
        said = [c for c in node.children if not (isinstance(c, Node) and c.tag == "cite")]
        inner = "".join(self.blocks(said))
        for child in node.children:
            if isinstance(child, Node) and child.tag == "cite" and child.text.strip():
                inner += f"<p>— {trim(self.inline(child.children))}</p>"
        name = ' class="pull-quote"' if pulled else ""
        return [f"<blockquote{name}{kept_attributes(node)}>{inner}</blockquote>"] if inner else []
