"""A text's HTML as a small tree: repaired as a browser would, scripts and styling gone."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

MAX_DEPTH = 60
BLOCKS = frozenset(
    """p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre figure figcaption table caption thead tbody tfoot
    tr th td hr dl dt dd div section article main header footer aside nav form fieldset center
    details summary address""".split()
)
MEDIA = frozenset({"img", "iframe", "embed", "object", "audio", "video"})
INLINE = frozenset(
    """a b strong i em cite dfn var code kbd samp tt s del strike sub sup q br span""".split()
)
_VOID = {"br", "hr", "img", "embed", "source"}
_ATTRIBUTES = {
    "*": {"class", "dir", "lang"},
    "a": {"href"},
    "img": {"src", "data-id"},
    "iframe": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "audio": {"src"},
    "video": {"src"},
    "source": {"src"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    holds_block: bool = False

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS or self.holds_block

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def find(self, *tags: str) -> list["Node"]:
        """Every element of these kinds below, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    found.append(child)
                found.extend(child.find(*tags))
        return found

    @property
    def words(self) -> str:
        """The text outside figures."""
        parts = (c if isinstance(c, str) else c.words for c in self.children)
        return "" if self.tag == "figure" else "".join(parts).strip()

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


class _Builder(HTMLParser):
    """nh3's output is well nested, so a stack is enough; what is too deep joins its parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.stack = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID and len(self.stack) >= MAX_DEPTH:
            self.too_deep += 1
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in _VOID:
            self.stack.append(node)
        elif tag == "hr":
            self.stack[-1].holds_block = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.stack) > 1:
            node = self.stack.pop()
            self.stack[-1].holds_block |= node.is_block

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def tree(html: str) -> Node:
    """The HTML as a tree of known elements, MAX_DEPTH deep; other elements leave their text."""
    repaired = nh3.clean(
        html.replace("\x00", ""),
        tags=set(BLOCKS | MEDIA | INLINE | {"source"}),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags={"script", "style", "noscript", "template"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    builder = _Builder()
    builder.feed(repaired)
    builder.close()
    return builder.root
