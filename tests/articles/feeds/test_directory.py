"""Readers find every feed on one page, and programs take them all in by one file."""

import re
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.feeds import directory
from articles.models import Article, ListChange, PublishedArticle, Section
from articles.publishing import withdraw
from tests.articles.feeds.conftest import FORMATS, LISTS


@pytest.fixture
def busy(story: PublishedArticle, live: Callable[..., PublishedArticle]) -> PublishedArticle:
    """Two stories more on one of the topics."""
    for number in range(2):
        live(f"Story {number}", topics=["Trams", "Once"])
    return story


def feeds_on(html: str) -> list[str]:
    return re.findall(r'<a href="([^"]*feed/[^"]*)"', html)


def test_the_page_lists_every_feed_in_every_format_and_none_is_dead(
    client: Client, busy: PublishedArticle
) -> None:
    html = client.get("/feeds/").content.decode()
    listed = feeds_on(html)
    for page in (*LISTS, "/breaking/"):
        for form in FORMATS:
            assert f"{page}feed/{form}" in listed
    assert len(set(listed)) == len(listed)
    for address in listed:
        assert client.get(address).status_code == 200, address
    Section.objects.create(name="Opinion", slug="opinion")
    assert feeds_on(client.get("/feeds/").content.decode()) == listed
    assert "feed reader" in html
    assert 'href="/feeds/opml/"' in html


def test_a_topic_is_listed_from_its_third_story_on_and_not_by_drafts(
    client: Client, busy: PublishedArticle, write: Callable[..., Article]
) -> None:
    for _number in range(3):
        write("Not yet", topics=["Secret", "Harbour"])
    html = client.get("/feeds/").content.decode()
    assert "/topic/trams/feed/" in html
    for topic in ("harbour", "once", "secret"):
        assert f"/topic/{topic}/feed/" not in html


def test_what_lost_its_last_story_is_listed_no_more(client: Client, busy: PublishedArticle) -> None:
    withdraw(busy.article, by=None, reason="It was wrong.")
    html = client.get("/feeds/").content.decode()
    assert "/topic/trams/feed/" not in html
    assert "/series/lines/feed/" not in html


def test_of_many_topics_those_with_the_newest_stories_are_listed_and_the_page_says_so(
    client: Client, busy: PublishedArticle, live: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(directory, "MOST", 2)
    monkeypatch.setattr(directory, "ENOUGH", 1)
    note = "Those with the newest stories."
    now = timezone.now()
    rows = ListChange.objects.filter(kind="topic").order_by("pk")
    for age, row in enumerate(rows):
        row.changed_at = now - timedelta(days=age)
        row.save()
    html = client.get("/feeds/").content.decode()
    assert note in html
    assert re.findall(r"/topic/([a-z]+)/feed/\"", html) == ["harbour", "trams"]


def test_the_page_costs_the_same_however_many_feeds_there_are(
    client: Client, busy: PublishedArticle, live: Callable[..., object]
) -> None:
    def cost() -> int:
        client.get("/feeds/")
        with CaptureQueriesContext(connection) as caught:
            client.get("/feeds/")
        return len(caught)

    before = cost()
    for number in range(4):
        live(f"More {number}", topics=[f"T{n}" for n in range(8)])
    assert before == cost() <= 8


def test_the_opml_file_is_valid_grouped_and_names_the_same_feeds(
    client: Client, busy: PublishedArticle
) -> None:
    response = client.get("/feeds/opml/")
    assert response["Content-Type"] == "text/x-opml; charset=utf-8"
    assert "feeds.opml" in response["Content-Disposition"]
    root = ET.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [part.tag for part in root] == ["head", "body"]
    assert root.findtext("head/title") == "Feeds of The Evening Post"
    groups = root.findall("body/outline")
    assert [group.get("text") for group in groups] == [
        "The whole paper", "Sections", "Columns", "Series", "Topics", "Authors"
    ]  # fmt: skip
    feeds = root.findall("body/outline/outline")
    for feed in feeds:
        assert feed.get("type") == "rss"
        assert feed.get("text")
        assert str(feed.get("htmlUrl")).startswith(f"{settings.SITE_URL}/")
    on_page = feeds_on(client.get("/feeds/").content.decode())
    rss = [f"{settings.SITE_URL}{path}" for path in on_page if path.endswith("/feed/")]
    assert [feed.get("xmlUrl") for feed in feeds] == rss
    again = client.get("/feeds/opml/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_a_new_paper_has_a_page_of_feeds_and_a_link_to_it(client: Client, db: None) -> None:
    assert client.get("/feeds/").status_code == 200
    assert ET.fromstring(client.get("/feeds/opml/").content).tag == "opml"
