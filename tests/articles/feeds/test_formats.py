"""Every list has a feed in three formats, each by its published rules, and all say the same."""

import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles.models import Article, Author, PublishedArticle, Topic
from articles.models.kinds import ChangeKind
from articles.publishing import publish
from articles.revisions import revise
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings
from tests.articles.feeds.conftest import FORMATS, LISTS, MORNING
from tests.articles.feeds.rules import ATOM, CHECKS, TYPES

Ask = Callable[..., Any]
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"


@pytest.mark.parametrize("form", FORMATS)
def test_every_list_has_a_feed_in_every_format_by_its_rules(
    client: Client, story: PublishedArticle, form: str
) -> None:
    for page in LISTS:
        response = client.get(f"{page}feed/{form}")
        assert response["Content-Type"] == TYPES[form]
        CHECKS[form](response.content)
        assert b"Trams &amp; &lt;" in response.content or b"Trams & <" in response.content


@pytest.mark.parametrize("form", ["", "atom/"])
def test_feedparser_reads_every_feed_without_complaint(
    client: Client, story: PublishedArticle, form: str
) -> None:
    for page in LISTS:
        response = client.get(f"{page}feed/{form}")
        read = feedparser.parse(
            response.content, response_headers={"content-type": response["Content-Type"]}
        )
        assert not read.bozo, (page, read.get("bozo_exception"))
        assert read.version == ("atom10" if form else "rss20")
        (entry,) = read.entries
        assert "Trams" in entry.title
        assert entry.link.startswith(settings.SITE_URL)


def test_rss_says_who_wrote_it_where_it_belongs_and_shows_its_picture(
    ask: Ask, story: PublishedArticle, picture: Picture
) -> None:
    item = ET.fromstring(ask("/")).find("channel/item")
    assert item is not None
    assert item.findtext("title") == "Tracks: Trams & <trains>"
    assert item.findtext("link") == f"{settings.SITE_URL}{story.get_absolute_url()}"
    assert item.findtext("description") == "What &lt;b&gt;rails&lt;/b&gt; do &amp; don’t."
    assert [each.text for each in item.findall(f"{DC}creator")] == ["Rami Reporter"]
    assert [each.text for each in item.findall("category")] == [
        "City", "Opinion", "Trams", "Harbour"
    ]  # fmt: skip
    assert item.findtext("pubDate") == "Mon, 04 May 2026 06:30:00 +0000"
    assert item.findtext(f"{ATOM}updated") == "2026-05-04T09:30:00+00:00"
    media = item.find(f"{MEDIA}content")
    assert media is not None
    assert media.get("url") == picture.rendition_url("share")
    assert (media.get("width"), media.get("height")) == ("1200", "630")
    assert media.get("type") == "image/jpeg"
    assert media.findtext(f"{MEDIA}credit") == "Pia/Wire"
    assert media.findtext(f"{MEDIA}description") == "A yellow tram"


def test_atom_says_the_same(ask: Ask, story: PublishedArticle, picture: Picture) -> None:
    root = ET.fromstring(ask("/", "atom/"))
    assert root.findtext(f"{ATOM}subtitle") == "News at five"
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Tracks: Trams & <trains>"
    assert entry.findtext(f"{ATOM}summary") == "What <b>rails</b> do & don’t."
    author = entry.find(f"{ATOM}author")
    assert author is not None
    assert author.findtext(f"{ATOM}uri") == f"{settings.SITE_URL}/author/rami-reporter/"
    terms = [each.get("term") for each in entry.findall(f"{ATOM}category")]
    assert terms == ["City", "Opinion", "Trams", "Harbour"]
    (shown,) = (x for x in entry.findall(f"{ATOM}link") if x.get("rel") == "enclosure")
    assert shown.get("href") == picture.rendition_url("share")
    assert shown.get("type") == "image/jpeg"


def test_json_says_the_same(ask: Ask, story: PublishedArticle, picture: Picture) -> None:
    feed = ask("/", "json/")
    assert feed["feed_url"] == f"{settings.SITE_URL}/feed/json/"
    assert feed["home_page_url"] == f"{settings.SITE_URL}/"
    (item,) = feed["items"]
    assert item == {
        "id": f"tag:post.example,2026-05-04:article-{story.pk}",
        "url": f"{settings.SITE_URL}{story.get_absolute_url()}",
        "title": "Tracks: Trams & <trains>",
        "content_text": "What <b>rails</b> do & don’t.",
        "image": picture.rendition_url("share"),
        "date_published": "2026-05-04T06:30:00+00:00",
        "date_modified": "2026-05-04T09:30:00+00:00",
        "authors": [{"name": "Rami Reporter", "url": f"{settings.SITE_URL}/author/rami-reporter/"}],
        "tags": ["City", "Opinion", "Trams", "Harbour"],
    }


def test_in_a_column_s_own_feed_its_name_does_not_lead_the_headlines(
    ask: Ask, story: PublishedArticle
) -> None:
    assert ask("/opinion/tracks/", "json/")["items"][0]["title"] == "Trams & <trains>"
    assert ask("/opinion/", "json/")["items"][0]["title"].startswith("Tracks: ")


def test_a_story_of_another_language_says_so(
    ask: Ask, site: SiteSettings, live: Callable[..., object]
) -> None:
    live("הרכבת חזרה", language="he")
    (item,) = ask("/", "json/")["items"]
    assert item["language"] == "he"
    assert item["url"].isascii()
    assert b"<dc:language>he</dc:language>" in ask("/")
    assert b'<entry xml:lang="he">' in ask("/", "atom/")


def test_a_story_of_the_paper_s_language_does_not_repeat_it(
    ask: Ask, site: SiteSettings, live: Callable[..., object]
) -> None:
    live("Tram line opens", language="en")
    assert "language" not in ask("/", "json/")["items"][0]
    assert b"dc:language>" not in ask("/")


@pytest.mark.parametrize("form", FORMATS)
def test_ids_stay_whatever_is_renamed_and_whichever_host_answers(
    client: Client, story: PublishedArticle, form: str, settings: Any
) -> None:
    def ids() -> list[str]:
        response = client.get(f"/feed/{form}")
        read = CHECKS[form](response.content)
        if form == "json/":
            return [item["id"] for item in read["items"]]
        of = f"{ATOM}entry/{ATOM}id" if form else "item/guid"
        own = [read.findtext(f"{ATOM}id")] if form else []
        return [*own, *(each.text for each in read.findall(of))]

    before = ids()
    article = story.article
    article.headline, article.slug = "Another headline", "another"
    article.save()
    author = Author.objects.get()
    author.name = "R. Reporter"
    author.save()
    publish(article, by=None, revision=revise(article, by=None))
    settings.SITE_URL = "https://elsewhere.example"
    SiteSettings.load().save()
    assert b"another-" in client.get(f"/feed/{form}").content
    assert b"https://elsewhere.example/" in client.get(f"/feed/{form}").content
    assert ids() == before
    if not form:
        assert before == [f"article-{story.pk}"]


def test_a_topic_s_feed_keeps_its_id_under_another_name(ask: Ask, story: PublishedArticle) -> None:
    def own() -> str | None:
        return ET.fromstring(
            ask(Topic.objects.get(pk=topic.pk).get_absolute_url(), "atom/")
        ).findtext(f"{ATOM}id")

    topic = Topic.objects.get(name="Trams")
    before = own()
    topic.name, topic.slug = "Light rail", "light-rail"
    topic.save()
    assert own() == before == f"tag:post.example,2026-05-04:feed-topic-{topic.pk}"


def test_an_upgrade_coins_ids_under_the_host_of_that_day(site: SiteSettings) -> None:
    SiteSettings.objects.update(tag_authority="")
    coin = importlib.import_module("newsroom.pages.migrations.0004_feeds").coin
    coin(apps, None)
    found = SiteSettings.load().tag_authority
    assert found == f"127.0.0.1,{timezone.now():%Y-%m-%d}"


def test_updated_moves_only_as_readers_are_told(
    ask: Ask, live: Callable[..., PublishedArticle], site: SiteSettings
) -> None:
    row = live("Tram line opens", at=MORNING)

    def update(change: ChangeKind, hours: int) -> str:
        article = Article.objects.get(pk=row.pk)
        article.body = f"<p>Version {hours}.</p>"
        article.save()
        revision = revise(article, by=None)
        publish(
            article, by=None, revision=revision, change=change,
            at=MORNING + timedelta(hours=hours), text="It was a bus.",
        )  # fmt: skip
        return str(ask("/", "json/")["items"][0]["date_modified"])

    assert update(ChangeKind.SILENT, 1) == MORNING.isoformat()
    assert update(ChangeKind.UPDATE, 2) == (MORNING + timedelta(hours=2)).isoformat()
    assert update(ChangeKind.SILENT, 3) == (MORNING + timedelta(hours=2)).isoformat()
    assert update(ChangeKind.CORRECTION, 4) == (MORNING + timedelta(hours=4)).isoformat()
    assert ask("/", "json/")["items"][0]["date_published"] == MORNING.isoformat()


def test_a_feed_holds_the_newest_thirty(
    ask: Ask, site: SiteSettings, live: Callable[..., PublishedArticle]
) -> None:
    for number in range(32):
        live(f"Story {number}", at=MORNING + timedelta(minutes=number))
    titles = [item["title"] for item in ask("/city/", "json/")["items"]]
    assert titles == [f"Story {number}" for number in range(31, 1, -1)]
