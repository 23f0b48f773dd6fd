"""Sitemaps as XML, in the order of elements that the schemas ask for.

https://www.sitemaps.org/protocol.html, and Google's for pictures and news.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.utils.encoding import iri_to_uri

from articles.feeds.legal import legal
from newsroom.lib.json_ld import absolute

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
PICTURES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# Addresses a file. The rules allow 50,000 and 50 MB; at the longest address and picture we can
# make, in letters of three bytes, this many stay below both.
PART = 25_000
# Entries sent at once.
CHUNK = 500


@dataclass(frozen=True)
class Entry:
    """An address, when what stands there last changed for readers, and its picture."""

    path: str
    changed_at: datetime | None = None
    picture: str = ""


@dataclass(frozen=True)
class NewsEntry:
    """A story of the last days."""

    path: str
    paper: str
    language: str
    published_at: datetime
    title: str


def index(entries: Iterable[Entry]) -> Iterator[str]:
    """The list of sitemaps."""
    return _document("sitemapindex", "", (_element("sitemap", _where(each)) for each in entries))


def places(entries: Iterable[Entry]) -> Iterator[str]:
    """Addresses with their pictures."""
    elements = (_element("url", _where(each) + _picture(each)) for each in entries)
    return _document("urlset", f' xmlns:image="{PICTURES}"', elements)


def news(entries: Iterable[NewsEntry]) -> Iterator[str]:
    """Stories as news programs ask for them."""
    return _document("urlset", f' xmlns:news="{NEWS}"', map(_story, entries))


def _document(root: str, spaces: str, elements: Iterator[str]) -> Iterator[str]:
    """Written and sent in pieces, so that no file is ever whole in memory."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SCHEMA}"{spaces}>\n'
    while piece := "".join(islice(elements, CHUNK)):
        yield piece
    yield f"</{root}>\n"


def _where(entry: Entry) -> str:
    changed = _element("lastmod", stamp(entry.changed_at)) if entry.changed_at else ""
    return _element("loc", _address(entry.path)) + changed


def _picture(entry: Entry) -> str:
    if not entry.picture:
        return ""
    return _element("image:image", _element("image:loc", _address(entry.picture)))


def _story(entry: NewsEntry) -> str:
    paper = _element("news:name", _text(entry.paper)) + _element("news:language", entry.language)
    told = (
        _element("news:publication", paper)
        + _element("news:publication_date", stamp(entry.published_at))
        + _element("news:title", _text(entry.title))
    )
    return _element("url", _element("loc", _address(entry.path)) + _element("news:news", told))


def stamp(moment: datetime) -> str:
    """A moment in W3C's format, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _address(path: str) -> str:
    return _text(iri_to_uri(absolute(path)))


def _text(text: str) -> str:
    return escape(str(legal(text)))


def _element(name: str, inside: str) -> str:
    end = "\n" if name in ("url", "sitemap") else ""
    return f"<{name}>{inside}</{name}>{end}"
