"""The published rules of sitemaps, as a reader of them checks a file.

https://www.sitemaps.org/protocol.html with its two schemas, Google's pages on pictures and news.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.conf import settings

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MOST, LARGEST, MOST_NEWS, LONGEST = 50_000, 50 * 1024 * 1024, 1_000, 2_048
# W3C's format of a moment with its distance from UTC.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}\Z|zh-(cn|tw)\Z")


def entries(body: bytes, root: str = "urlset", item: str = "url") -> list[Element]:
    """The items of a file that keeps the rules of every sitemap."""
    assert len(body) <= LARGEST
    body.decode("utf-8")
    document = fromstring(body)
    assert document.tag == SITEMAP + root
    assert not (document.text or "").strip()
    items = list(document)
    assert len(items) <= MOST
    assert [each.tag for each in items] == [SITEMAP + item] * len(items)
    for each in items:
        loc = each[0]
        assert loc.tag == SITEMAP + "loc"
        _address(loc)
        for changed in each.findall(f"{SITEMAP}lastmod"):
            _moment(changed)
    places = [loc_of(each) for each in items]
    assert len(places) == len(set(places))
    return items


def index(body: bytes) -> dict[str, datetime | None]:
    """The files of an index by their paths, with their last change."""
    items = entries(body, "sitemapindex", "sitemap")
    for each in items:
        assert tags(each) in (["loc"], ["loc", "lastmod"])
    return {path_of(each): changed(each) for each in items}


def places(body: bytes) -> dict[str, datetime | None]:
    """The pages of a file by their paths; of pictures only what is not deprecated."""
    items = entries(body)
    for each in items:
        assert tags(each) in (
            ["loc"], ["loc", "lastmod"], ["loc", "lastmod", "image"], ["loc", "image"],
        )  # fmt: skip
        for picture in each.findall(f"{IMAGE}image"):
            assert [part.tag for part in picture] == [f"{IMAGE}loc"]
            _address(picture[0])
    return {path_of(each): changed(each) for each in items}


def news(body: bytes, now: datetime) -> list[str]:
    """The paths of a news sitemap, whose stories are of the last two days."""
    items = entries(body)
    assert len(items) <= MOST_NEWS
    for each in items:
        assert [part.tag for part in each] == [f"{SITEMAP}loc", f"{NEWS}news"]
        publication, date, title = list(each[1])
        assert [publication.tag, date.tag, title.tag] == [
            f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title",
        ]  # fmt: skip
        name, language = list(publication)
        assert [name.tag, language.tag] == [f"{NEWS}name", f"{NEWS}language"]
        assert name.text
        assert title.text
        assert LANGUAGE.match(language.text or "")
        age = now - _moment(date)
        assert 0 <= age.total_seconds() < 48 * 3600
    return [path_of(each) for each in items]


def tags(item: Element) -> list[str]:
    return [part.tag.partition("}")[2] for part in item]


def loc_of(item: Element) -> str:
    return item[0].text or ""


def path_of(item: Element) -> str:
    return loc_of(item).removeprefix(settings.SITE_URL)


def changed(item: Element) -> datetime | None:
    found = item.find(f"{SITEMAP}lastmod")
    return None if found is None else _moment(found)


def _moment(element: Element) -> datetime:
    assert MOMENT.match(element.text or ""), element.text
    return datetime.fromisoformat((element.text or "").replace("Z", "+00:00"))


def _address(element: Element) -> None:
    """Absolute, of this host, escaped, and not too long."""
    text = element.text or ""
    assert text.startswith(f"{settings.SITE_URL}/")
    assert text.isascii()
    assert " " not in text
    assert len(text) < LONGEST
    assert not urlsplit(text).fragment
    assert not list(element)
