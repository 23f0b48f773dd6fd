"""What a page says about itself: to readers, to machines, in its own language."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles.models import (
    Article,
    Byline,
    Column,
    ColumnAuthor,
    PublishedArticle,
    Section,
    Topic,
)
from articles.publishing import publish
from articles.revisions import revise

Live = Callable[..., PublishedArticle]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def data_of(html: str) -> list[dict[str, Any]]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(scripts) == 1
    return json.loads(scripts[0])


def test_an_article_tells_machines_what_it_tells_readers(client: Client, live: Live) -> None:
    row = live(
        "Tram line opens", topics=["Trams"], standfirst="After nine years.",
        at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    )  # fmt: skip
    html = page(client, row.get_absolute_url())
    url = f"{settings.SITE_URL}{row.get_absolute_url()}"
    assert f'<link rel="canonical" href="{url}">' in html
    assert f'<meta property="og:url" content="{url}">' in html
    assert '<meta property="og:title" name="twitter:title" content="Tram line opens">' in html
    assert 'datetime="2026-02-03T04:05:06' in html
    story, trail = data_of(html)
    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "Tram line opens"
    assert story["datePublished"] == "2026-02-03T04:05:06+00:00"
    assert story["author"][0]["name"] == "Rami Reporter"
    assert story["author"][0]["@type"] == "Person"
    assert story["keywords"] == ["Trams"]
    assert [step["name"] for step in trail["itemListElement"]][1:] == ["City", "Tram line opens"]


def test_an_opinion_piece_is_marked_as_one_and_led_by_its_column(
    client: Client, write: Callable[..., Article], author: Any
) -> None:
    column = Column.objects.create(name="Right from wrong", slug="right-from-wrong")
    ColumnAuthor.objects.create(column=column, author=author)
    article = write("Trams are good", kind="opinion", column=column)
    row = publish(article, by=None)
    assert data_of(page(client, row.get_absolute_url()))[0]["@type"] == "OpinionNewsArticle"
    for listed in ("/opinion/", "/opinion/right-from-wrong/"):
        assert "Trams are good" in page(client, listed)
    assert "Right from wrong: Trams are good" in page(client, "/city/")


def test_an_article_of_another_language_says_so_and_turns(client: Client, live: Live) -> None:
    row = live("הרכבת חזרה", language="he")
    assert row.get_absolute_url() == f"/city/הרכבת-חזרה-{row.pk}/"
    html = page(client, row.get_absolute_url())
    assert re.search(r'<article [^>]*dir="rtl"', html)
    assert re.search(r'<h1 [^>]*lang="he"', html)
    assert '<html lang="en" dir="ltr">' in html
    assert data_of(html)[0]["inLanguage"] == "he"


def test_free_text_stands_in_the_byline_without_a_link(
    client: Client, write: Callable[..., Article]
) -> None:
    article = write("Wire story")
    Byline.objects.create(article=article, text="Agencies", order=1)
    row = publish(article, by=None, revision=revise(article, by=None))
    html = page(client, row.get_absolute_url())
    assert "Agencies" in html
    assert data_of(html)[0]["author"][1] == {"@type": "Organization", "name": "Agencies"}
    assert row.byline_line == "Rami Reporter, Agencies"


@pytest.mark.parametrize("kind", ["section", "topic", "column", "author"])
def test_what_is_renamed_keeps_answering_at_its_old_address_and_never_loops(
    client: Client, live: Live, author: Any, section: Section, kind: str
) -> None:
    live("Signed story", topics=["Trams"])
    thing: Any = {
        "section": section,
        "author": author,
        "topic": Topic.objects.get(name="Trams"),
        "column": Column.objects.create(name="Tracks", slug="tracks"),
    }[kind]
    first = thing.get_absolute_url()
    for slug in ("second-name", "third-name"):
        thing.slug = slug
        thing.save()
    answer = client.get(first)
    assert (answer.status_code, answer["Location"]) == (301, thing.get_absolute_url())
    assert "no-cache" in answer["Cache-Control"]
    third = thing.get_absolute_url()
    thing.slug = first.strip("/").rpartition("/")[2]
    thing.save()
    assert client.get(first).status_code == 200
    back = client.get(third)
    assert (back.status_code, back["Location"]) == (301, first)


def test_the_feeds_are_well_formed_and_newest_first(client: Client, live: Live) -> None:
    live("Older & <wiser>", at=datetime(2026, 1, 1, tzinfo=UTC))
    live("Newer", at=datetime(2026, 1, 2, tzinfo=UTC), standfirst="What happened.")
    for address in ("/feed/", "/city/feed/"):
        response = client.get(address)
        assert response["Content-Type"].startswith("application/rss+xml")
        channel = ET.fromstring(response.content).find("channel")
        assert channel is not None
        items = channel.findall("item")
        assert [item.findtext("title") for item in items] == ["Newer", "Older & <wiser>"]
        assert items[0].findtext("description") == "What happened."
        assert "It opened." not in response.content.decode()
    assert client.get("/nowhere/feed/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/feed/", "/breaking/feed/", "/corrections/feed/"])
def test_a_feed_without_items_does_not_claim_to_be_new(client: Client, address: str) -> None:
    first = client.get(address)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        later = client.get(address)
    assert later.content == first.content
    assert later["Last-Modified"] == first["Last-Modified"]


def test_a_page_key_leads_on_where_the_page_before_ended(client: Client, live: Live) -> None:
    for number in range(23):
        live(f"Story {number:02}", at=datetime(2026, 1, 1, 12, number, tzinfo=UTC))
    first = client.get("/city/")
    older = first.context["older"]
    assert older == f"?before=20260101T120300Z-{first.context['cards'][-1].pk}"
    second = client.get(f"/city/{older}")
    assert [card.headline for card in second.context["cards"]] == [
        "Story 02",
        "Story 01",
        "Story 00",
    ]
    assert second.context["pager"].older == ""
