"""The published rules of the three formats, as checks of a feed's bytes."""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
_URL = re.compile(r"https?://[!-~]+\Z")
_TAG = re.compile(r"tag:[a-z0-9.:\[\]-]+,\d{4}(-\d\d(-\d\d)?)?:[!-~]+\Z")


def check_rss(content: bytes) -> ET.Element:
    """The RSS 2.0 specification and the Advisory Board's profile."""
    root = ET.fromstring(content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert channel.findtext(name), name
    assert _URL.match(str(channel.findtext("link")))
    assert parsedate_to_datetime(str(channel.findtext("lastBuildDate"))).tzinfo is UTC
    (own,) = (link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert _URL.match(str(own.get("href")))
    assert own.get("type") == "application/rss+xml"
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    assert None not in guids
    assert len(set(guids)) == len(guids)
    for item in items:
        assert item.findtext("title")
        assert _URL.match(str(item.findtext("link")))
        assert parsedate_to_datetime(str(item.findtext("pubDate")))
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        for name in ("title", "link", "description", "guid", "pubDate"):
            assert len(item.findall(name)) == 1, name
        for media in item.findall("{http://search.yahoo.com/mrss/}content"):
            assert _URL.match(str(media.get("url")))
            assert media.get("medium") == "image"
            assert int(str(media.get("width"))) > 0
            assert int(str(media.get("height"))) > 0
    return channel


def check_atom(content: bytes) -> ET.Element:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    root = ET.fromstring(content)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    rels = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    assert rels.count("self") == rels.count("alternate") == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [str(root.findtext(f"{ATOM}id"))]
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        ids.append(str(entry.findtext(f"{ATOM}id")))
        links = entry.findall(f"{ATOM}link")
        assert [link.get("rel") for link in links].count("alternate") == 1
        for link in links:
            assert _URL.match(str(link.get("href")))
        for author in entry.findall(f"{ATOM}author"):
            assert author.findtext(f"{ATOM}name")
        for category in entry.findall(f"{ATOM}category"):
            assert category.get("term")
        for name in ("content", "summary", "rights", "subtitle"):
            assert len(entry.findall(f"{ATOM}{name}")) <= 1, name
        dates = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
        assert all(datetime.fromisoformat(str(date)).tzinfo for date in dates)
    assert all(_TAG.match(each) for each in ids), ids
    assert len(set(ids)) == len(ids)
    assert datetime.fromisoformat(str(root.findtext(f"{ATOM}updated"))).tzinfo
    return root


def check_json(content: bytes) -> dict[str, Any]:
    """JSON Feed 1.1: what is required, and the form of what is there."""
    feed: dict[str, Any] = json.loads(content.decode("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert isinstance(feed["items"], list)
    for name in ("home_page_url", "feed_url"):
        assert _URL.match(feed[name])
    for hub in feed.get("hubs", []):
        assert hub["type"]
        assert hub["url"]
    ids = [item["id"] for item in feed["items"]]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert item.get("content_html") or item.get("content_text")
        for name in ("url", "image"):
            assert name not in item or _URL.match(item[name])
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo
        for author in [*item.get("authors", []), *feed.get("authors", [])]:
            assert author["name"]
            assert "url" not in author or _URL.match(author["url"])
        assert all(isinstance(tag, str) and tag for tag in item.get("tags", []))
        known = {
            "id", "url", "title", "content_html", "content_text", "summary", "image",
            "date_published", "date_modified", "authors", "tags", "language",
        }  # fmt: skip
        assert set(item) <= known
    return feed


CHECKS = {"": check_rss, "atom/": check_atom, "json/": check_json}
TYPES = {
    "": "application/rss+xml; charset=utf-8",
    "atom/": "application/atom+xml; charset=utf-8",
    "json/": "application/feed+json; charset=utf-8",
}
