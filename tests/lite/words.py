"""The words of an article as a page shows them, for comparing the two editions.

What counts is the article element, from its kicker to its topics and the link that reports an
error. Left out, as around the words and not of them:
in the full edition what is picked beside the story (related stories) and the ways to share and
subscribe; in the lite edition the link that opens a picture. Buttons do nothing without script.
"""

from html.parser import HTMLParser

AROUND = {"related-stories", "share", "letter-box"}
OPENER = "picture"
VOID = {"img", "br", "hr", "input", "source", "wbr", "meta", "link"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []  # element, and whether its words count
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID or (not self.open and (tag != "article" or self.found)):
            return
        classes = set((dict(attrs).get("class") or "").split())
        around = bool(classes & AROUND) or tag in {"button", "script"}
        opener = tag == "a" and OPENER in classes
        self.open.append((tag, not (around or opener or (self.open and not self.open[-1][1]))))

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in VOID:
            opened, _counts = self.open.pop()
            assert opened == tag, f"<{opened}> ends as </{tag}>"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1]:
            self.found += data.split()


def words(html: str) -> list[str]:
    """In the order of the page; the page's first article element alone."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    assert parser.found
    return parser.found
