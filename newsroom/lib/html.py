"""The one filter for HTML that people write, whoever and wherever they are.

The vocabulary is that of the rich-text editor; the editor, importers, demo data and pages all pass
through `clean_html`. What the placeholders (`figure[data-picture]`, `aside[data-article]`) show is
decided when a page is served, not here.
"""

import re
from html.parser import HTMLParser

import nh3

BLOCKS = frozenset(
    "p h2 h3 h4 ul ol li blockquote pre hr figure figcaption aside "
    "table thead tbody tr th td".split()
)
TAGS = BLOCKS | frozenset("a strong em s sub sup br code".split())
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "figure": {"data-picture"},
    "aside": {"data-article"},
}
CLASSES = {"blockquote": {"pull-quote"}, "p": {"link-card"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_NUMBER = re.compile(r"[0-9]{1,18}\Z")
_SPAN = re.compile(r"[1-9][0-9]?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_RULES = {
    "data-picture": _NUMBER,
    "data-article": _NUMBER,
    "start": re.compile(r"-?[0-9]{1,6}\Z"),
    "colspan": _SPAN,
    "rowspan": _SPAN,
    "scope": re.compile(r"(row|col|rowgroup|colgroup)\Z"),
    "dir": re.compile(r"(ltr|rtl|auto)\Z"),
    "lang": _LANGUAGE,
}
# `//host`, `/\host` and their like look local and are not.
_LOCAL_LOOKALIKE = re.compile(r"\s*[/\\]\s*[/\\]")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value to keep, or None to drop the attribute; nh3 has checked the scheme already."""
    if rule := _RULES.get(name):
        return value if rule.match(value) else None
    if name == "href":
        value = re.sub(r"[\x00-\x20\x7f]+", "", value)
        return None if _LOCAL_LOOKALIKE.match(value) or "\\" in value else value
    return value


def clean_html(html: str) -> str:
    """The HTML with everything outside the vocabulary removed; text is kept, scripts are not.

    Linear in the length of the input. The result is safe to put on a page as it stands.
    """
    return nh3.clean(
        html.replace("\x00", ""),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


class _Text(HTMLParser):
    """Collects the text, with a line break where a block ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.hidden += 1
        elif tag in BLOCKS or tag in {"br", "div", "h1"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS or tag in {"div", "h1"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def plain_text(html: str) -> str:
    """The words of the HTML, a line for each block; for extracts, counts and search."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)
