"""One block of a text as it is compared: what it is, its words, and how they are set."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_KINDS = {
    "p": gettext_lazy("Paragraph"), "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Smaller heading"), "h4": gettext_lazy("Smallest heading"),
    "ul": gettext_lazy("List"), "ol": gettext_lazy("Numbered list"),
    "blockquote": gettext_lazy("Quotation"), "pre": gettext_lazy("Code"),
    "hr": gettext_lazy("Line across"), "figure": gettext_lazy("Picture"),
    "aside": gettext_lazy("Related article"), "table": gettext_lazy("Table"),
}  # fmt: skip
_CLASSES = {"pull-quote": gettext_lazy("Pull quote"), "link-card": gettext_lazy("Link card")}
_MARKS = {
    "strong": gettext_lazy("Bold"), "em": gettext_lazy("Italics"),
    "s": gettext_lazy("Struck out"), "sub": gettext_lazy("Lowered"),
    "sup": gettext_lazy("Raised"), "code": gettext_lazy("Code"), "a": gettext_lazy("Link"),
}  # fmt: skip
# Where one of them ends, a line ends; a cell ends with a bar.
_LINES = frozenset({"p", "li", "tr", "br", "figcaption", "h2", "h3", "h4", "blockquote"})
_CELLS = frozenset({"td", "th"})
_FIRST = re.compile(r"<([a-z][a-z0-9]*)([^>]*)>")
_NUMBER = re.compile(r'data-(picture|article)="([0-9]{1,18})"')


class Mark(NamedTuple):
    """Words set in some way: bold, a link to `detail`."""

    tag: str
    detail: str
    text: str

    def told(self, template: str) -> str:
        shown = Truncator(self.text).words(12)
        what = str(_MARKS.get(self.tag, self.tag))
        if self.tag == "a":
            what = f"{what} ({self.detail})"
        return template % {"what": what, "words": shown}


class Block(NamedTuple):
    """A top-level element. `shows` names the picture or article it stands for: ("picture", 12)."""

    html: str
    kind: str
    shows: tuple[str, int] | None
    text: str
    marks: tuple[Mark, ...]
    frame: tuple[str, ...]  # the inner elements with their attributes, inline ones left out


def read(html: str) -> Block:
    """The block of this HTML, which `clean_html` has passed. Linear in its length."""
    parser = _Reader()
    parser.feed(html)
    parser.close()
    number = _NUMBER.search(html[:200])
    return Block(
        html=html,
        kind=kind_of(html),
        shows=(number[1], int(number[2])) if number else None,
        text="".join(parser.parts).strip(),
        marks=tuple(parser.marks),
        frame=tuple(parser.frame),
    )


def kind_of(html: str) -> str:
    """What an editor calls the block."""
    first = _FIRST.match(html)
    if first is None:
        return str(_KINDS["p"])
    for name, label in _CLASSES.items():
        if name in first[2]:
            return str(label)
    return str(_KINDS.get(first[1], _KINDS["p"]))


def setting_changes(before: Block, after: Block) -> list[str]:
    """Sentences for what differs besides the words: links, bold, heading for paragraph.

    Where the words differ too, only what is set is compared and not which words it is on.
    """
    told: list[str] = []
    if before.kind != after.kind:
        told.append(
            _("%(before)s became %(after)s.") % {"before": before.kind, "after": after.kind}
        )
    elif before.frame != after.frame:
        told.append(_("The layout changed."))
    same_words = before.text == after.text
    gone, come = _without_common(before.marks, after.marks, same_words)
    for mark in list(gone):
        new = next((m for m in come if m.tag == mark.tag == "a" and m.text == mark.text), None)
        if new is not None:
            gone.remove(mark)
            come.remove(new)
            told.append(
                _("Link on “%(words)s” changed from %(before)s to %(after)s.")
                % {
                    "words": Truncator(mark.text).words(12),
                    "before": mark.detail,
                    "after": new.detail,
                }
            )
    told += [mark.told(_("%(what)s taken off “%(words)s”.")) for mark in gone]
    told += [mark.told(_("%(what)s put on “%(words)s”.")) for mark in come]
    if not told and same_words and before.shows == after.shows:
        told.append(_("The formatting changed."))
    return told


def _without_common(
    before: tuple[Mark, ...], after: tuple[Mark, ...], same_words: bool
) -> tuple[list[Mark], list[Mark]]:
    def keys(marks: tuple[Mark, ...]) -> Iterator[tuple[str, ...]]:
        return ((*mark[:2], mark.text if same_words else "") for mark in marks)

    gone, come = Counter(keys(before)), Counter(keys(after))
    common = gone & come
    return _rest(before, keys(before), common), _rest(after, keys(after), common)


def _rest(
    marks: tuple[Mark, ...], keys: Iterator[tuple[str, ...]], common: "Counter[tuple[str, ...]]"
) -> list[Mark]:
    left, rest = Counter(common), []
    for mark, key in zip(marks, keys, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            rest.append(mark)
    return rest


class _Reader(HTMLParser):
    """Collects text, marks and frame."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.frame: list[str] = []
        self.open: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _MARKS:
            self.open.append((tag, told.get("href", ""), len(self.parts)))
        else:
            rest = [f"{k}={v}" for k, v in sorted(told.items()) if not k.startswith("data-")]
            self.frame.append(" ".join([tag, *rest]))
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            for place in range(len(self.open) - 1, -1, -1):
                if self.open[place][0] == tag:
                    _tag, detail, start = self.open.pop(place)
                    self.marks.append(Mark(tag, detail, "".join(self.parts[start:])))
                    break
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" | ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
