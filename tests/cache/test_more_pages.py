"""Stored pages that programs and open pages ask for: asking again costs nothing, dates are true."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.test import Client
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries

from articles.breaking.announcing import announce
from articles.breaking.models import BreakingItem
from articles.live.closing import coverage_of
from articles.live.posting import post
from articles.live.words import Words
from articles.models import ArchivePeriod, Article, PublishedArticle, Section
from articles.models.kinds import Kind
from articles.publishing import publish, unpublish
from articles.revisions import revise
from newsroom.pages.models import RootFile
from tests.cache.browser import Browser

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FEEDS = ("/feed/", "/feed/atom/", "/city/feed/json/")


@pytest.fixture
def story(live: Callable[..., PublishedArticle]) -> PublishedArticle:
    with time_machine.travel(NOON, tick=False):
        return live("Tram line opens")


@pytest.mark.parametrize("path", FEEDS)
def test_a_program_that_has_a_feed_gets_a_304_by_its_tag_and_by_its_date_without_a_query(
    browser: Browser, story: PublishedArticle, path: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    said = browser.get(path).headers
    assert said["last-modified"] == http_date(NOON.timestamp())
    # Whoever has had the feed of the site itself, without its stored pages, knows it by that tag.
    own = browser.fresh(path).headers["etag"]
    asked = (
        {"HTTP_IF_NONE_MATCH": said["etag"]},
        {"HTTP_IF_NONE_MATCH": own},
        {"HTTP_IF_MODIFIED_SINCE": said["last-modified"]},
        {"HTTP_IF_MODIFIED_SINCE": http_date(NOON.timestamp() + 99)},
        {"HTTP_IF_NONE_MATCH": said["etag"], "HTTP_IF_MODIFIED_SINCE": http_date(0)},
    )
    with django_assert_num_queries(0):
        answers = [browser.get(path, **headers) for headers in asked]
    assert [(each.status, each.body) for each in answers] == [(304, b"")] * len(asked)
    whole = (
        {"HTTP_IF_MODIFIED_SINCE": http_date(NOON.timestamp() - 1)},
        {"HTTP_IF_MODIFIED_SINCE": "some day"},
        # A tag counts before a date.
        {"HTTP_IF_NONE_MATCH": '"another"', "HTTP_IF_MODIFIED_SINCE": said["last-modified"]},
    )
    assert [browser.get(path, **headers).status for headers in whole] == [200] * len(whole)


def test_the_date_of_a_stored_feed_moves_with_every_change_of_its_list(
    browser: Browser, live: Callable[..., PublishedArticle], story: PublishedArticle
) -> None:
    before = {path: browser.get(path) for path in FEEDS}
    changed = NOON + timedelta(hours=1)
    with time_machine.travel(changed, tick=False):
        live("Ferry sails")
        browser.front.log.catch_up()
        browser.wait(2)
        # In the very second of a change no date is named: another may follow in it.
        new = {path: browser.get(path) for path in FEEDS}
        assert all("last-modified" not in answer.headers for answer in new.values())
        assert all(b"Ferry sails" in answer.body for answer in new.values())
    with time_machine.travel(changed + timedelta(seconds=10), tick=False):
        for path in FEEDS:
            since = before[path].headers["last-modified"]
            again = browser.get(path, HTTP_IF_MODIFIED_SINCE=since)
            assert (again.status, again.body) == (200, new[path].body)
            assert again.headers["last-modified"] == http_date(changed.timestamp())


def test_open_pages_that_ask_whether_news_breaks_are_answered_from_memory_until_it_does(
    browser: Browser, section: Section, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = "/breaking/now/"
    assert browser.get(path).body == b""
    own = browser.fresh(path).headers["etag"]  # open pages have this tag in their HTML
    with django_assert_num_queries(0):
        assert browser.get(path, HTTP_IF_NONE_MATCH=own).status == 304
    item = announce("The bridge is open", place=BreakingItem.Place.BANNER, by=None)
    browser.front.log.catch_up()
    browser.wait(2)
    now = browser.get(path, HTTP_IF_NONE_MATCH=own)
    assert (now.status, b"The bridge is open" in now.body) == (200, True)
    assert browser.page(path).until == item.ends_at.timestamp()


def test_an_open_page_of_a_live_coverage_is_told_every_post(
    browser: Browser, live: Callable[..., PublishedArticle]
) -> None:
    coverage = coverage_of(live("Storm", kind=Kind.LIVE).article)
    path = f"/live/{coverage.article_id}/since/0/"
    for word in ("First", "Second", "Third"):
        post(coverage, by=None, words=Words(text=word))
        browser.front.log.catch_up()
        browser.wait(2)
        assert word.encode() in browser.get(path).body
        assert browser.get(path).headers["cache-control"] == "public, max-age=2"
    assert (browser.front.made, browser.front.hits) == (3, 3)


def test_the_lite_edition_is_stored_packed_tightly_and_a_picture_is_for_who_asks_for_it(
    browser: Browser, story: PublishedArticle, client: Client
) -> None:
    path = f"/lite{story.get_absolute_url()}"
    browser.get(path)
    stored = browser.get(path, HTTP_ACCEPT_ENCODING="gzip, br")
    alone = client.get(path, headers={"accept-encoding": "br", "host": "localhost"})
    assert (browser.front.made, browser.front.hits) == (1, 1)
    assert brotli.decompress(stored.body) == brotli.decompress(alone.content)
    assert len(stored.body) == len(alone.content)
    for query in ("picture=1", "picture=1&picture=2", "before=nonsense&picture=1"):
        browser.get(path, query)
    assert (browser.front.made, browser.front.hits) == (1, 1)
    assert list(browser.front.memory.pages) == [("localhost", path, "")]


def test_the_archive_leads_to_a_typed_day_and_only_its_own_page_is_stored(
    browser: Browser, story: PublishedArticle
) -> None:
    assert browser.get("/archive/").status == 200
    assert browser.get("/archive/", "day=2026-05-04").headers["location"] == "/archive/2026/05/04/"
    assert browser.get("/archive/", "day=2026-05-05").status == 404
    assert [key[1:] for key in browser.front.memory.pages] == [("/archive/", "")]


def test_robots_are_told_the_rules_also_while_the_database_is_away(
    browser: Browser, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = browser.get("/robots.txt")
    monkeypatch.setattr(browser.front.log, "_failed", True)
    assert browser.get("/robots.txt") == rules
    monkeypatch.setattr(browser.front.log, "_failed", False)
    RootFile.objects.create(name=RootFile.Name.ROBOTS, text="User-agent: *\nDisallow: /x/")
    browser.front.log.catch_up()
    browser.wait(2)
    assert b"Disallow: /x/" in browser.get("/robots.txt").body


def test_what_is_large_or_without_end_or_of_one_reader_is_not_stored(
    browser: Browser, story: PublishedArticle
) -> None:
    for path in (
        "/sitemap.xml", "/news-sitemap.xml", "/sitemap-2026-05.xml", "/feeds/", "/feeds/opml/",
        "/search/", "/contact/", "/newsletter/", "/nowhere/", "/lite/nowhere/", "/archive/1999/",
        "/topic/nothing/feed/", "/accounts/login/", "/favicon.ico",
    ):  # fmt: skip
        browser.get(path)
    assert browser.front.memory.pages == {}


def moved(article: Article, at: datetime) -> None:
    """Its first day is another one now."""
    Article.objects.filter(pk=article.pk).update(first_published_at=at)
    article.refresh_from_db()
    publish(article, by=None, revision=revise(article, by=None))


@pytest.mark.parametrize("what", ["between", "before all", "another day", "gone", "another month"])
def test_of_the_archive_exactly_those_periods_are_out_of_date_whose_page_is_another_one(
    browser: Browser, live: Callable[..., PublishedArticle], what: str
) -> None:
    days = [datetime(*day, 12, tzinfo=UTC) for day in (
        (2023, 2, 1), (2024, 3, 4), (2024, 3, 9), (2024, 3, 20), (2024, 8, 1), (2025, 1, 1),
    )]  # fmt: skip
    rows = [live(f"Story {number}", at=day) for number, day in enumerate([*days, days[1]])]
    article = rows[1].article
    periods = ArchivePeriod.objects.all()
    paths = ["/archive/", *(period.get_absolute_url() for period in periods)]
    before = {path: browser.get(path).body for path in paths}
    if what in ("between", "before all"):
        live("One more", at=days[1] + timedelta(days=40 if what == "between" else -2000))
    elif what == "gone":
        unpublish(rows[2].article, by=None)
    else:
        moved(article, days[3] if what == "another day" else days[4])
    browser.front.log.catch_up()
    others = {path for path in paths if browser.fresh(path).body != before[path]}
    touched = {path for path in paths if browser.is_out_of_date(path)}
    assert others
    assert sorted(others - touched) == [], "shown as it was before"
    assert sorted(touched - others - {"/archive/"}) == [], "for nothing"
