"""Feeds stand below the page of their list, follow it when it is renamed, and end with it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Article, Author, Column, PublishedArticle, Section, Series, Topic
from articles.topics.merging import merge, split
from tests.articles.feeds.conftest import FORMATS, LISTS


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("model", [Section, Topic, Author, Column, Series])
def test_the_old_address_of_what_was_renamed_leads_once_to_the_same_format(
    client: Client, story: PublishedArticle, model: Any, form: str
) -> None:
    thing = model.objects.order_by("-pk").first()
    old = thing.get_absolute_url()
    for slug in ("second-name", "third-name"):
        thing.slug = slug
        thing.save()
    answer = client.get(f"{old}feed/{form}")
    assert answer.status_code == 301
    assert answer["Location"] == f"{thing.get_absolute_url()}feed/{form}"
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
def test_the_feed_of_a_merged_topic_leads_to_what_stands_for_it(
    client: Client, story: PublishedArticle, form: str
) -> None:
    trams, harbour = Topic.objects.get(name="Trams"), Topic.objects.get(name="Harbour")
    merge(trams, harbour, by=None)
    answer = client.get(f"/topic/trams/feed/{form}")
    assert (answer.status_code, answer["Location"]) == (301, f"/topic/harbour/feed/{form}")
    split(Topic.objects.get(name="Harbour"), ["Port", "Sea"], by=None)
    answer = client.get(f"/topic/trams/feed/{form}")
    assert (answer.status_code, answer["Location"]) == (301, f"/topic/port/feed/{form}")


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_without_a_live_story_has_a_feed_when_it_has_a_page(
    client: Client, write: Callable[..., Article], form: str
) -> None:
    write("Not yet", topics=["Secret"])
    Series.objects.create(name="Plans", slug="plans")
    Column.objects.create(name="Tracks", slug="tracks")
    for page in (*LISTS[1:2], "/author/rami-reporter/", "/opinion/", "/opinion/tracks/",
                 "/topic/secret/", "/series/plans/", "/corrections/", "/breaking/"):  # fmt: skip
        code = client.get(page).status_code
        assert client.get(f"{page}feed/{form}").status_code == code
    assert client.get("/topic/secret/feed/").status_code == 404


@pytest.mark.parametrize("form", ["rss/", "rdf/", "xml/", "atom", "ATOM/", "json/x/", "%00/", "1/"])
def test_what_is_no_format_is_a_404(client: Client, story: PublishedArticle, form: str) -> None:
    for page in LISTS:
        answer = client.get(f"{page}feed/{form}")
        if answer.status_code == 301:  # the slash is added
            assert form == "atom"
            assert answer["Location"] == f"{page}feed/atom/"
        else:
            assert answer.status_code == 404


@pytest.mark.parametrize(
    "slug", ["%00", "%FF%FE", quote("﷽"), "a" * 190, "-", "x-1", quote("‮abc"), quote("א" * 60)]
)
def test_an_odd_name_is_a_404(client: Client, story: PublishedArticle, slug: str) -> None:
    for page in ("/{}/", "/topic/{}/", "/author/{}/", "/opinion/{}/", "/series/{}/"):
        for form in FORMATS:
            assert client.get(f"{page.format(slug)}feed/{form}").status_code == 404


def test_every_list_s_page_names_its_feeds_in_its_head(
    client: Client, story: PublishedArticle
) -> None:
    for page in (*LISTS, "/breaking/"):
        head = client.get(page).content.decode().partition("</head>")[0]
        for form in FORMATS:
            assert head.count(f'href="{page}feed/{form}"') == 1, (page, form)
        assert 'type="application/atom+xml"' in head
        assert 'type="application/feed+json"' in head
        assert 'href="/feed/"' in head
