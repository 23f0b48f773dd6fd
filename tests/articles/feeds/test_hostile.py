"""What cannot stand in XML, and what would be markup, takes no feed away."""

from collections.abc import Callable

import feedparser
import pytest
from django.test import Client

from articles.feeds.legal import legal
from articles.models import Author, PublishedArticle, Topic
from newsroom.pages.models import SiteSettings
from tests.articles.feeds.conftest import FORMATS
from tests.articles.feeds.rules import CHECKS

# U+0000 and surrogates are no words that a column of PostgreSQL could hold.
NASTY = "A\x08B\x0b\x1b\ufffe]]>&lt;<script>alert(1)</script>\u202e\u2028\U0001f600"
LISTS = ("/", "/city/", "/topic/trams/", "/author/rami-reporter/")


@pytest.fixture
def nasty(
    site: SiteSettings, live: Callable[..., PublishedArticle], author: Author
) -> PublishedArticle:
    row = live("Plain", topics=["Trams"])
    words = {"headline": NASTY, "standfirst": NASTY, "byline_line": NASTY}
    PublishedArticle.objects.update(body=f"<p>{NASTY[:7]} ]]&gt; text</p>", **words)
    Topic.objects.update(name=NASTY)
    Author.objects.update(name=NASTY)
    SiteSettings.objects.update(name=NASTY, tagline=NASTY)
    return row


@pytest.mark.parametrize("text", ["extract", "full"])
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_leave_every_feed_whole(
    client: Client, nasty: PublishedArticle, form: str, text: str
) -> None:
    SiteSettings.objects.update(feed_text=text)
    for page in LISTS:
        content = client.get(f"{page}feed/{form}").content
        CHECKS[form](content)
        assert b"\x08" not in content
        assert "\ufffe".encode() not in content
        assert b"\\u0008" not in content
        if form != "json/":
            read = feedparser.parse(content)
            assert not read.bozo
            assert "alert(1)" in read.entries[0].title or "AB" in read.entries[0].title
            # Atom says that its summary is plain text; RSS's is read as HTML.
            detail = read.entries[0].summary_detail
            assert detail.type == "text/plain" if form else "<script" not in detail.value


def test_a_lone_surrogate_is_dropped_wherever_it_stands() -> None:
    assert legal({"a": ["b\ud800c\x00", 1, ("\udfff",)]}) == {"a": ["bc", 1, [""]]}
