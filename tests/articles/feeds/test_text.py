"""Extract or whole text: staff decide, one place obeys, and a text abroad is safe and complete."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from articles.feeds import text
from articles.models import PublishedArticle
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings
from newsroom.pages.models.identity import FeedText
from tests.articles.feeds.conftest import FORMATS, LISTS

Ask = Callable[..., Any]
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Parts(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def full(site: SiteSettings) -> None:
    site.feed_text = FeedText.FULL
    site.save()


def test_a_feed_carries_an_extract_unless_staff_say_otherwise(
    client: Client, story: PublishedArticle
) -> None:
    for page in LISTS:
        for form in FORMATS:
            content = client.get(f"{page}feed/{form}").content.decode()
            assert "rail.example" not in content, (page, form)
            assert "content:encoded>" not in content
            assert "<content" not in content


def test_a_chief_editor_chooses_the_whole_text_in_the_site_s_identity(
    client_for: Callable[[User], Client], chief: User, story: PublishedArticle, ask: Ask
) -> None:
    desk = client_for(chief)
    address = "/admin/pages/sitesettings/1/change/"
    form = {
        "name": "The Evening Post", "language": "en", "time_zone": "UTC", "feed_text": "full"
    }  # fmt: skip
    assert "feed_text" in desk.get(address).content.decode()
    assert desk.post(address, form).status_code == 302
    assert "rail.example" in ask("/", "json/")["items"][0]["content_html"]


@pytest.mark.usefixtures("full")
def test_the_whole_text_is_the_same_in_every_format(ask: Ask, story: PublishedArticle) -> None:
    (item,) = ask("/city/", "json/")["items"]
    html = item["content_html"]
    assert "content_text" not in item
    assert item["summary"] == story.standfirst
    assert ET.fromstring(ask("/city/")).findtext(f"channel/item/{ENCODED}") == html
    atom = ET.fromstring(ask("/city/", "atom/"))
    content = atom.find("{*}entry/{*}content")
    assert content is not None
    assert (content.text, content.get("type")) == (html, "html")


@pytest.mark.usefixtures("full")
def test_the_whole_text_has_pictures_with_credit_disclaimer_and_corrections(
    ask: Ask, story: PublishedArticle, picture: Picture
) -> None:
    html = ask("/", "json/")["items"][0]["content_html"]
    images = [attributes for tag, attributes in Parts(html).tags if tag == "img"]
    assert [image["src"] for image in images] == [picture.rendition_url("wide")] * 2
    assert images[0]["alt"] == "A yellow tram"
    assert html.count("<bdi>Pia/Wire</bdi>") == 2
    for words in ("What &lt;b&gt;rails", "His own view.", "It was a bus.", "Correction"):
        assert words in html


@pytest.mark.usefixtures("full")
def test_nothing_in_the_whole_text_runs_or_depends_on_this_site_s_pages(
    ask: Ask, story: PublishedArticle
) -> None:
    html = ask("/", "json/")["items"][0]["content_html"]
    for tag, attributes in Parts(html).tags:
        assert tag not in {"script", "style", "iframe", "object", "aside", "source", "link"}
        assert not {name for name in attributes if name.startswith(("on", "data-", "style"))}
        for name in ("href", "src"):
            assert str(attributes.get(name, "https://")).startswith(("https://", "http://"))
    assert f'<a href="{settings.SITE_URL}/city/">here</a>' in html
    assert "<table>" in html
    assert 'class="table"' not in html


@pytest.mark.usefixtures("full")
def test_a_withdrawn_picture_or_story_leaves_nothing_in_another_s_text(
    ask: Ask, live: Callable[..., PublishedArticle]
) -> None:
    live(
        "Box", body='<p>One.</p><aside data-article="1"></aside><figure data-picture="9"></figure>'
    )
    assert ask("/", "json/")["items"][0]["content_html"] == "<p>One.</p>"


@pytest.mark.usefixtures("full")
def test_a_text_from_right_to_left_stays_so(
    ask: Ask, live: Callable[..., PublishedArticle]
) -> None:
    live("הרכבת חזרה", language="he", body="<p>הרכבת.</p>")
    html = ask("/", "json/")["items"][0]["content_html"]
    assert html.startswith('<div dir="rtl">')
    assert html.endswith("</div>")


@pytest.mark.usefixtures("full")
def test_a_link_within_the_text_leads_to_the_story_s_page() -> None:
    html = '<p><a href="#note">1</a> <a href="/x/">2</a> <a href="mailto:a@b.example">3</a></p>'
    assert text.abroad(html, "https://post.example/s/") == (
        '<p><a href="https://post.example/s/#note">1</a> '
        f'<a href="{settings.SITE_URL}/x/">2</a> <a href="mailto:a@b.example">3</a></p>'
    )


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("form", FORMATS)
def test_what_may_not_be_carried_is_in_no_feed_whatever_staff_chose(
    client: Client, story: PublishedArticle, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "carries_text", lambda article: article.pk != story.pk)
    for page in LISTS:
        assert "rail.example" not in client.get(f"{page}feed/{form}").content.decode()


@pytest.mark.usefixtures("full")
def test_feedparser_finds_the_whole_text(ask: Ask, story: PublishedArticle) -> None:
    for form in ("", "atom/"):
        read = feedparser.parse(ask("/", form))
        assert not read.bozo
        assert "rail.example" in read.entries[0].content[0].value
