"""What a feed says, whatever the format: a document and its entries."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.encoding import iri_to_uri

from articles.structured_data import absolute
from newsroom.media.models import Picture

# Entries of a feed.
ITEMS = 30
# What a feed says that has never had an entry: "now" would claim news at every visit.
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Person:
    """Who wrote an entry; `url` leads to the author's page."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Image:
    """A picture by its one file that every program can show."""

    url: str
    media_type: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""

    @classmethod
    def of(cls, picture: Picture, size: str = "share") -> "Image":
        """Arithmetic, no look-up; how many bytes the file has is therefore not known."""
        width, height = picture.dimensions(size)
        return cls(
            address_of(picture.rendition_url(size)),
            "image/png" if picture.extension == Picture.Extension.PNG else "image/jpeg",
            width,
            height,
            picture.alt_text,
            picture.credit,
        )


@dataclass(frozen=True)
class Entry:
    """One item; `key` is its name for ever ("article-12"), whatever else of it changes.

    `summary` is plain text, `html` the whole text where the feed may carry it. `updated` is what
    readers are told.
    """

    key: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str = ""
    html: str = ""
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    image: Image | None = None


@dataclass(frozen=True)
class Document:
    """A feed, in the paper's language. `page` is the path of the list it is the feed of, `key` the
    feed's own name for ever, `changed` when that list last really changed. Its formats stand below
    the page, unless `below` says where."""

    key: str
    title: str
    about: str
    page: str
    changed: datetime | None
    entries: tuple[Entry, ...]
    below: str = ""

    @property
    def built(self) -> datetime:
        """What `lastBuildDate` and `updated` say. A release that noted no changes may have
        published the newest entry."""
        times = [entry.updated for entry in self.entries]
        return max([self.changed or NEVER, *times])


def address_of(path: str) -> str:
    """The whole address, in letters that every program takes; begins with SITE_URL whatever host
    the request named, for feeds are cached."""
    return str(iri_to_uri(absolute(path)))
