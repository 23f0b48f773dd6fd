"""Asking again costs little: true dates, 304 without a body, three queries at most."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from articles.models import Article, ListChange, PublishedArticle
from articles.publishing import publish, schedule, unpublish, withdraw
from articles.publishing.due import run_due
from articles.revisions import revise
from newsroom.pages.models import SiteSettings
from newsroom.pages.models.identity import FeedText
from tests.articles.feeds.conftest import FORMATS, LISTS, MORNING

BEFORE = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def quiet(story: PublishedArticle) -> PublishedArticle:
    """The story, a while after it was published."""
    ListChange.objects.update(changed_at=BEFORE)
    return story


def built(client: Client, page: str = "/") -> datetime:
    rss, atom = (client.get(f"{page}feed/{form}").content for form in ("", "atom/"))
    said = parsedate_to_datetime(str(ET.fromstring(rss).findtext("channel/lastBuildDate")))
    assert ET.fromstring(atom).findtext("{*}updated") == said.isoformat()
    return said


def test_the_date_of_a_feed_is_that_of_the_last_change_of_its_list(
    client: Client, quiet: PublishedArticle
) -> None:
    for page in LISTS:
        assert built(client, page) == BEFORE
        assert client.get(f"{page}feed/")["Last-Modified"] == http_date(BEFORE.timestamp())


@pytest.mark.parametrize("verb", ["unpublish", "withdraw"])
def test_a_story_that_is_taken_away_moves_the_date(
    client: Client, quiet: PublishedArticle, verb: str
) -> None:
    taken = {
        "unpublish": lambda: unpublish(quiet.article, by=None),
        "withdraw": lambda: withdraw(quiet.article, by=None, reason="It was wrong."),
    }
    taken[verb]()
    gone = {"/topic/trams/", "/series/lines/"}
    for page in set(LISTS) - gone:
        assert built(client, page) > BEFORE
        assert b"Trams &amp;" not in client.get(f"{page}feed/").content
    for page in gone:
        assert client.get(f"{page}feed/").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_no_byte_changes_by_a_draft_a_plan_or_time(
    client: Client, quiet: PublishedArticle, write: Callable[..., Article], form: str
) -> None:
    def answers() -> list[Any]:
        found = [client.get(f"{page}feed/{form}") for page in LISTS]
        return [(each.content, sorted(each.items())) for each in found]

    before = answers()
    draft = write("Not yet", topics=["Trams"])
    minute = timezone.now().replace(microsecond=0) + timedelta(hours=8)
    schedule(draft, by=None, publish_at=minute)
    article = quiet.article
    article.headline = "Another headline"
    article.save()
    revise(article, by=None)
    with time_machine.travel(minute - timedelta(seconds=1)):
        run_due(timezone.now())
        assert answers() == before
    with time_machine.travel(minute + timedelta(seconds=1)):
        run_due(timezone.now())
        assert b"Not yet" in client.get(f"/topic/trams/feed/{form}").content


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("header", ["if-none-match", "if-modified-since"])
def test_who_has_it_gets_304_without_a_body(
    client: Client, quiet: PublishedArticle, form: str, header: str
) -> None:
    first = client.get(f"/city/feed/{form}")
    assert first["ETag"].startswith('"')
    assert first["Cache-Control"] == "public, max-age=60"
    known = first["ETag"] if header == "if-none-match" else first["Last-Modified"]
    again = client.get(f"/city/feed/{form}", headers={header: known})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    publish_another(quiet)
    fresh = client.get(f"/city/feed/{form}", headers={header: known})
    assert fresh.status_code == 200
    assert fresh["ETag"] != first["ETag"]


def publish_another(row: PublishedArticle) -> None:
    article = row.article
    article.headline = "Another headline"
    article.save()
    publish(article, by=None, revision=revise(article, by=None))


def test_head_says_what_get_would(client: Client, quiet: PublishedArticle) -> None:
    got, asked = client.get("/feed/"), client.head("/feed/")
    assert asked.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control", "Content-Length"):
        assert asked[name] == got[name]
    assert client.head("/feed/", headers={"if-none-match": got["ETag"]}).status_code == 304
    assert client.post("/feed/").status_code == 405


def test_two_changes_in_one_second_are_both_seen_by_who_goes_by_the_date(
    client: Client, live: Callable[..., PublishedArticle], site: SiteSettings
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        live("First")
        first = client.get("/feed/")
        assert not first.has_header("Last-Modified")
        live("Second")
    with time_machine.travel(BEFORE + timedelta(minutes=1), tick=False):
        again = client.get("/feed/", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 200
        assert again["Last-Modified"] == http_date(BEFORE.timestamp())


def test_a_caption_that_is_mended_changes_the_fingerprint(
    client: Client, quiet: PublishedArticle
) -> None:
    first = client.get("/feed/")
    picture = quiet.lead_picture
    assert picture is not None
    picture.alt_text = "A red tram"
    picture.save()
    known = {"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]}
    assert client.get("/feed/", headers=known).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", FeedText.values)
def test_a_feed_costs_three_queries_at_most_beside_the_stored_chrome(
    client: Client, quiet: PublishedArticle, site: SiteSettings, form: str, text: str,
    live: Callable[..., PublishedArticle],
) -> None:  # fmt: skip
    site.feed_text = text
    site.save()
    for number in range(5):
        live(f"Story {number}", topics=["Trams", f"T{number}"], at=MORNING)
    client.get("/contact/")
    for page in (*LISTS, "/breaking/"):
        for known in ({}, {"if-none-match": client.get(f"{page}feed/{form}")["ETag"]}):
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(f"{page}feed/{form}", headers=known)
            assert answer.status_code == (304 if known else 200)
            asked = [q["sql"] for q in caught if "cache_generation" not in q["sql"]]
            assert len(caught) - len(asked) == 1
            assert len(asked) <= 3, (page, asked)
