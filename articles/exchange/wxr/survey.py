"""The first pass: the whole file is read and checked, and nothing is written."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urlsplit

from articles.exchange.wxr.reader import read
from articles.exchange.wxr.records import Author, Category, Item, Site
from newsroom.lib.slugs import slugify

TAKEN = {"post", "page", "attachment"}
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}


def is_picture(address: str) -> bool:
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    return PurePosixPath(path).suffix.lower() in PICTURES


@dataclass
class Survey:
    """What is in the file, as far as one item needs to know of the others.

    Grows with the number of attachments, authors and categories, not with the texts.
    """

    site: Site = field(default_factory=Site)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    authors: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    # Public posts in a category or below it; a post counts once.
    posts: Counter[str] = field(default_factory=Counter)
    pictures: dict[str, str] = field(default_factory=dict)
    galleries: dict[str, list[str]] = field(default_factory=dict)
    comments: int = 0
    unknown_authors: dict[str, str] = field(default_factory=dict)
    doubles: list[str] = field(default_factory=list)

    def above(self, nicename: str) -> list[str]:
        """The category and those it stands under, itself first; circles end."""
        line: list[str] = []
        while nicename and nicename not in line:
            line.append(nicename)
            known = self.categories.get(nicename)
            nicename = known.parent if known else ""
        return line

    def login_of(self, creator: str) -> str:
        """The author meant by an item: odd characters around a login are slips of export tools."""
        creator = creator.strip()
        if creator in self.authors:
            return creator
        alike = [login for login in self.authors if slugify(login, "") == slugify(creator, "")]
        return alike[0] if alike else creator

    @property
    def items(self) -> int:
        return self.kinds.total()


def survey(file: IO[bytes], *, max_bytes: int) -> Survey:
    """Read the whole file; raises BrokenFile with the line of the first fault."""
    found = Survey()
    seen: set[str] = set()
    for record in read(file, max_bytes=max_bytes):
        match record:
            case Site():
                found.site = record
            case Author():
                found.authors[record.login] = record.name
            case Category():
                found.categories[record.nicename] = record
            case Item():
                found.kinds[record.kind, record.status] += 1
                if record.key not in seen:
                    seen.add(record.key)
                    _count(found, record)
                elif record.kind in TAKEN:
                    found.doubles.append(f"line {record.line}, {record.label}")
    return found


def _count(found: Survey, item: Item) -> None:
    found.comments += item.comments
    if item.kind == "attachment" and is_picture(item["attachment_url"]):
        found.pictures[item.id] = item["attachment_url"].strip()
        found.galleries.setdefault(item["post_parent"].strip(), []).append(item.id)
    if item.kind in {"post", "page"}:
        login = found.login_of(item["creator"])
        if login != item["creator"]:
            found.unknown_authors[item["creator"]] = login
        elif login and login not in found.authors:
            found.unknown_authors[login] = ""
    if item.kind == "post":
        within: set[str] = set()
        for term in item.terms_of("category"):
            bare = Category(term.nicename, term.name.strip() or term.nicename, "", "")
            found.categories.setdefault(term.nicename, bare)  # some tools leave the list out
            within.update(found.above(term.nicename))
        public = item.status == "publish" and not item["post_password"]
        found.posts.update({nicename: int(public) for nicename in within})
