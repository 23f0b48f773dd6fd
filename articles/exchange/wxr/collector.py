"""Gathers the elements of an export file into records, one at a time."""

from collections import deque
from collections.abc import Callable

from articles.exchange.wxr.records import Author, BrokenFile, Category, Item, Record, Site, Term

MAX_ITEM = 20_000_000  # characters in one item: a library of books
MAX_DEPTH = 40

_RECORDS = {"item", "author", "category"}
_FIELDS = frozenset(
    """
    title link guid pubDate creator content excerpt post_id post_date post_date_gmt
    post_modified_gmt post_name status post_parent post_type post_password attachment_url
    author_login author_display_name category_nicename cat_name category_parent term_id
    """.split()
)
_META = {"_thumbnail_id", "_wp_attachment_image_alt", "_yoast_wpseo_primary_category"}
_SITE = {"wxr_version", "base_site_url", "base_blog_url", "link", "language"}


def _name(tag: str) -> str:
    """`{namespace}local` as one word: every version of the format has namespaces of its own."""
    namespace, _, local = tag.rpartition("}")
    if local == "encoded":
        return "excerpt" if "/excerpt" in namespace else "content"
    return local


class Collector:
    """The parser's target: gathers the record that is open and queues it when it closes."""

    def __init__(self) -> None:
        self.ready: deque[Record] = deque()
        self.path: list[str] = []
        self.line: Callable[[], int] = lambda: 0  # where the parser is
        self.site = Site()
        self.announced = False
        self._text: list[str] | None = None
        self._size = 0
        self._new(0)

    def _new(self, line: int) -> None:
        self._fields: dict[str, str] = {}
        self._item = Item(line, self._fields)
        self._attributes: dict[str, str] = {}
        self._meta_key = ""
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, depth = _name(tag), len(self.path)
        if depth >= MAX_DEPTH:
            raise BrokenFile(f"elements are nested more than {MAX_DEPTH} deep")
        if (depth == 0 and name != "rss") or (depth == 1 and name != "channel"):
            raise BrokenFile(f"<{name}> stands where an export file of WordPress has another")
        self.path.append(name)
        if depth == 2 and name in _RECORDS:
            if not self.announced:
                self._announce()
            self._new(self.line())
        elif depth == 3 and name == "category":
            self._attributes = attributes
        elif depth == 3 and name == "comment":
            self._item.comments += 1
        if self._wanted():
            self._text = []

    def _wanted(self) -> bool:
        match self.path[2:]:
            case [name]:
                return name in _SITE
            case ["item", "category"]:
                return True
            case ["item" | "author" | "category", name]:
                return name in _FIELDS
            case ["item", "postmeta", "meta_key"]:
                return True
            case ["item", "postmeta", "meta_value"]:
                return self._meta_key in _META
        return False

    def data(self, text: str) -> None:
        if self._text is not None:
            self._size += len(text)
            if self._size > MAX_ITEM:
                raise BrokenFile(f"one item holds more than {MAX_ITEM:,} characters")
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._text is not None:
            self._store("".join(self._text))
            self._text = None
        if len(self.path) == 3 and self.path[2] in _RECORDS:
            self._finish(self.path[2])
        self.path.pop()

    def _store(self, text: str) -> None:
        match self.path[2:]:
            case [name]:
                self._size = 0
                if name == "wxr_version":
                    self.site.version = text.strip()
                elif name == "language":
                    self.site.language = text.strip()
                elif text.strip() and (name == "base_blog_url" or not self.site.url):
                    self.site.url = text.strip().rstrip("/")
            case ["item", "category"]:
                domain = self._attributes.get("domain", "category")
                nicename = self._attributes.get("nicename", "")
                self._item.terms.append(Term(domain, nicename, text))
            case [_, "postmeta", "meta_key"]:
                self._meta_key = text.strip()
            case [_, "postmeta", "meta_value"]:
                self._item.meta[self._meta_key] = text
            case [_, name]:
                self._fields[name] = text

    def _announce(self) -> None:
        if not self.site.version:
            raise BrokenFile("this is no export file of WordPress: it has no wp:wxr_version")
        self.announced = True
        self.ready.append(self.site)

    def _finish(self, name: str) -> None:
        get = self._fields.get
        if name == "item":
            self.ready.append(self._item)
        elif name == "author":
            login = get("author_login", "").strip()
            self.ready.append(Author(login, get("author_display_name", "").strip() or login))
        else:
            nicename = get("category_nicename", "").strip()
            parent, label = get("category_parent", "").strip(), get("cat_name", "").strip()
            self.ready.append(Category(nicename, label or nicename, parent, get("term_id", "")))
        self._new(0)

    def close(self) -> None:
        if not self.announced:
            self._announce()
