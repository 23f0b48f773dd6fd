"""The page cache as a browser meets it: what is stored, for whom, and what is never stored."""

import gzip
import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import brotli
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from articles.models import PublishedArticle, Section
from newsroom.accounts import mark as mark_of_log_in
from newsroom.accounts.models import User
from newsroom.cache.front import Front
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.making import environ_of
from newsroom.cache.pages import Page as Stored
from newsroom.cache.purging import purge
from newsroom.cache.stores.files import Files
from newsroom.pages.identity import present_identity
from newsroom.pages.models import Page
from tests.cache.browser import HOST, Browser
from tests.cache.conftest import HAS_REDIS
from tests.cache.stories import mend
from tests.redises import OwnRedis


@pytest.fixture
def browser(db: None, anywhere: str) -> Browser:
    """All of it holds wherever pages are stored."""
    return Browser()


def test_a_stored_page_costs_no_query_and_is_the_same_bytes(
    browser: Browser, section: Section, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = browser.get("/city/")
    with django_assert_num_queries(0):
        second = browser.get("/city/")
    assert (first.status, second) == (200, first)
    assert (browser.front.made, browser.front.hits) == (1, 1)


def test_a_page_comes_as_brotli_gzip_or_plain_and_each_has_its_own_strong_tag(
    browser: Browser, section: Section
) -> None:
    plain = browser.get("/city/")
    packed = {
        name: browser.get("/city/", HTTP_ACCEPT_ENCODING=accepted)
        for name, accepted in {
            "br": "gzip, deflate, br", "gzip": "gzip;q=1.0, *;q=0.5", "none": "br;q=0, identity",
        }.items()
    }  # fmt: skip
    assert brotli.decompress(packed["br"].body) == plain.body
    assert gzip.decompress(packed["gzip"].body) == plain.body
    assert packed["none"] == plain
    tags = {each.headers["etag"] for each in packed.values()}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)
    assert plain.headers["vary"] == "Accept-Encoding"
    assert int(packed["br"].headers["content-length"]) == len(packed["br"].body)


def test_a_browser_that_has_the_page_gets_a_304_without_a_body_and_head_gets_the_head(
    browser: Browser, section: Section
) -> None:
    tag = browser.get("/city/", HTTP_ACCEPT_ENCODING="br").headers["etag"]
    for asked in (tag, f'"other", W/{tag}', "*"):
        again = browser.get("/city/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=asked)
        assert (again.status, again.body) == (304, b"")
        assert "content-length" not in again.headers
        assert again.headers["etag"] == tag
    # Of other bytes it has the tag of: the whole page.
    assert browser.get("/city/", HTTP_IF_NONE_MATCH=tag).status == 200
    head = browser.get("/city/", REQUEST_METHOD="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == browser.get("/city/").headers["content-length"]


def test_what_is_sent_to_an_address_whose_page_is_stored_reaches_the_site(
    browser: Browser, section: Section
) -> None:
    browser.get("/city/")
    sent = browser.get("/city/", REQUEST_METHOD="POST", CONTENT_LENGTH="0")
    assert sent.status == 403  # it has no token of a form
    assert browser.front.hits == 0


HEADERS = {
    f"HTTP_{name}": "evil.example/<b>"
    for name in (
        "X_FORWARDED_HOST X_FORWARDED_FOR X_FORWARDED_PROTO X_FORWARDED_PORT X_FORWARDED_PREFIX "
        "X_FORWARDED_SCHEME X_FORWARDED_SERVER X_HOST X_ORIGINAL_URL X_ORIGINAL_HOST X_REWRITE_URL "
        "X_HTTP_METHOD_OVERRIDE X_METHOD_OVERRIDE FORWARDED ORIGIN REFERER ACCEPT_LANGUAGE "
        "USER_AGENT ACCEPT COOKIE AUTHORIZATION TRUE_CLIENT_IP CF_CONNECTING_IP VIA RANGE "
        "X_REQUESTED_WITH SAVE_DATA"
    ).split()
}


def test_nothing_that_a_reader_sends_reaches_the_page_of_the_next(
    browser: Browser, story: PublishedArticle
) -> None:
    for path in ("/", "/city/", story.get_absolute_url()):
        clean = browser.fresh(path)
        poisoned = browser.get(path, "utm_source=evil.example&x=%3Cb%3E", **HEADERS)
        assert poisoned.body == clean.body
        assert browser.get(path).body == clean.body
        assert "set-cookie" not in poisoned.headers
    assert len(HEADERS) == 27
    assert len(browser.front.memory.pages) == 3


@pytest.mark.urls("tests.cache.echo")
def test_a_view_that_repeats_all_it_is_told_can_repeat_its_address_alone(browser: Browser) -> None:
    answer = browser.get("/echo/", "before=1&utm_source=evil.example", **HEADERS)
    assert b"'HTTP_HOST': 'localhost'" in answer.body
    assert b"/echo/?before=1'" in answer.body
    assert b"evil" not in answer.body
    assert browser.get("/echo/", "before=1") == answer


def test_only_the_parts_of_a_query_that_a_page_knows_make_another_page(
    browser: Browser, story: PublishedArticle
) -> None:
    plain = browser.get("/city/", "utm_source=x&fbclid=1")
    assert browser.get("/city/", "a=1&b=2") == plain
    assert browser.get("/city/", "before=nonsense").status == 404
    assert list(browser.front.memory.pages) == [("localhost", "/city/", "")]
    # A question mark within a path is none before a query.
    assert browser.get("/city/?x=1").status in {301, 404}


def test_what_is_not_one_page_for_all_is_never_stored(
    browser: Browser, story: PublishedArticle, chief: User
) -> None:
    for path, status in {
        "/admin/": 302, "/accounts/login/": 200, "/newsletter/": 200, "/contact/": 200,
        "/nowhere/": 404, "/search/": 200, "/preview/forged/": 404, "/admin/x.css": 302,
        f"{story.get_absolute_url()}x.css": 404, "/city/..%2fadmin/": 404,
    }.items():  # fmt: skip
        assert browser.get(path).status in {status, 301, 302, 404}, path
    assert browser.get("/city/", HTTP_HOST="evil.example").status == 400
    assert browser.get("/city/", REQUEST_METHOD="POST").status in {403, 405}
    assert {key[1] for key in browser.front.memory.pages} <= {"/city/"}
    assert browser.front.memory.pages == {}


def test_after_an_edit_the_old_page_is_shown_for_a_second_at_most(
    browser: Browser, story: PublishedArticle
) -> None:
    path = story.get_absolute_url()
    old = browser.get(path)
    mend(story, "Tram line opens late")
    assert browser.get(path) == old  # this process has not heard of it
    browser.front.log.catch_up()
    assert browser.get(path) == old
    assert browser.front.stale == 1
    browser.wait(1.1)
    new = browser.get(story.article.published.get_absolute_url())
    assert b"Tram line opens late" in browser.get("/city/").body
    assert new.body != old.body


def test_a_page_that_is_made_anew_is_at_hand_until_it_may_not_be_shown_any_more(
    browser: Browser, story: PublishedArticle
) -> None:
    asked, front = environ_of((HOST, "/city/", "")), browser.front
    browser.get("/city/")
    mend(story, "Tram line opens late")
    front.log.catch_up()
    assert front.at_hand(asked) is None  # it has not been held against the news
    browser.get("/city/")
    assert front.at_hand(asked) is browser.page("/city/")
    assert (front.stale, front.hits) == (2, 0)
    browser.wait(1.1)
    assert front.at_hand(asked) is None
    assert b"opens late" in browser.get("/city/").body
    browser.get("/city/")
    assert front.at_hand(asked) is browser.page("/city/")
    assert (front.stale, front.hits) == (2, 2)


def test_what_is_heard_while_a_page_is_looked_at_is_not_missed(
    browser: Browser, story: PublishedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get("/city/")
    purge("of-another-page")
    front = browser.front
    front.log.catch_up()
    held = front.log.stale_since

    def hear_meanwhile(page: Stored) -> float:
        since = held(page)
        mend(story, "Tram line opens late")
        front.log.catch_up()
        return since

    with monkeypatch.context() as slow:
        slow.setattr(front.log, "stale_since", hear_meanwhile)
        assert b"opens late" not in browser.get("/city/").body
    browser.wait(1.1)
    assert b"opens late" in browser.get("/city/").body


def test_who_is_logged_in_sees_at_once_what_a_button_did(
    browser: Browser, story: PublishedArticle
) -> None:
    browser.get("/city/")
    mend(story, "Tram line opens late")
    cookie = f"{settings.SESSION_COOKIE_NAME}=anything"
    assert b"opens late" in browser.get("/city/", HTTP_COOKIE=cookie).body
    # And it is the page of all: the same bytes, no cookie set.
    assert "set-cookie" not in browser.get("/city/", HTTP_COOKIE=cookie).headers


def test_the_mark_of_a_log_in_makes_no_page_another_and_costs_no_query(
    browser: Browser, story: PublishedArticle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mark = f"{mark_of_log_in.COOKIE}=1"
    made = browser.get("/city/", HTTP_COOKIE=mark)
    assert "set-cookie" not in made.headers
    with django_assert_num_queries(0):
        assert browser.get("/city/") == made
        assert browser.get("/city/", HTTP_COOKIE=mark) == made
    # Nor is its bearer taken for somebody who has just pressed a button.
    mend(story, "Tram line opens late")
    browser.front.log.catch_up()
    assert browser.get("/city/", HTTP_COOKIE=mark).body == made.body


def test_what_is_somebody_s_own_is_stored_for_nobody(
    browser: Browser, story: PublishedArticle, chief: User
) -> None:
    client = Client()
    client.force_login(chief)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    own = browser.get("/me/", "page=/", HTTP_COOKIE=cookie)
    assert b"Chiara Chief" in own.body
    assert (own.status, own.headers["cache-control"]) == (200, "private, no-store")
    assert (stranger := browser.get("/me/", "page=/")).status == 204
    assert (stranger.body, "set-cookie" in stranger.headers) == (b"", False)
    # The page itself is that of all, also for who may change what it is about.
    address = story.get_absolute_url()
    shown = browser.get(address, HTTP_COOKIE=cookie)
    assert (b"Chiara" in shown.body, "set-cookie" in shown.headers) == (False, False)
    assert browser.get(address).body == shown.body
    assert [path for _host, path, _query in browser.front.memory.pages] == [address]


def test_a_page_that_readers_may_not_see_any_more_is_gone_at_once(browser: Browser) -> None:
    page = Page.objects.create(title="About us", slug="about-us", body="<p>We are.</p>")
    assert browser.get(page.path).status == 200
    page.is_public = False
    page.save()
    browser.front.log.catch_up()
    assert browser.get(page.path).status == 404


def test_what_was_rolled_back_leaves_every_page_as_it_is(
    browser: Browser, story: PublishedArticle
) -> None:
    browser.get("/city/")
    with transaction.atomic():
        mend(story, "Tram line opens late")
        transaction.set_rollback(True)
    browser.front.log.catch_up()
    assert not browser.is_out_of_date("/city/")


def test_an_address_that_moved_is_stored_as_such_and_followed_back(
    browser: Browser, story: PublishedArticle
) -> None:
    old = story.get_absolute_url()
    moved = old.replace("tram-line", "train-line")
    answer = browser.get(moved)
    assert (answer.status, answer.headers["location"]) == (301, old)
    assert answer.headers["cache-control"] == "no-cache"
    assert browser.get(moved) == answer


def test_memory_holds_so_many_bytes_and_the_pages_that_were_used_last(
    browser: Browser, story: PublishedArticle
) -> None:
    browser.get("/city/")
    browser.front.memory._most = browser.page("/city/").size + 1000
    browser.get("/")
    browser.get(story.get_absolute_url())
    memory = browser.front.memory
    assert memory.size == sum(page.size for page in memory.pages.values())
    assert len(memory.pages) <= 1
    assert browser.get("/city/").status == 200  # from the files of all processes
    assert browser.front.made == 3


def test_the_front_page_is_another_one_at_midnight_of_the_paper(
    browser: Browser, section: Section
) -> None:
    midnight = datetime(2026, 3, 11, tzinfo=present_identity().zone)
    with time_machine.travel(midnight - timedelta(hours=4), tick=False):
        evening = browser.get("/")
        assert browser.page("/").until == midnight.timestamp()
        assert browser.get("/") == evening
    with time_machine.travel(midnight + timedelta(seconds=2), tick=False):
        morning = browser.get("/")
    assert b"11 March 2026" in morning.body
    assert b"11 March 2026" not in evening.body


def test_one_makes_a_page_and_who_waits_for_it_keeps_no_file_open(
    browser: Browser, section: Section
) -> None:
    key = ("localhost", "/city/", "")
    before = len(os.listdir("/proc/self/fd"))
    with browser.front.store.alone(key) as first, ExitStack() as waiting:
        assert first
        assert not any(waiting.enter_context(browser.front.store.alone(key)) for _time in range(50))
        assert len(os.listdir("/proc/self/fd")) <= before + 2
    with browser.front.store.alone(key) as again:
        assert again


@HAS_REDIS
def test_a_hit_asks_redis_nothing_and_a_page_of_another_machine_costs_one_trip(
    db: None, section: Section, in_redis: OwnRedis
) -> None:
    browser = Browser()
    made = browser.get("/city/")
    before = in_redis.commands()
    assert [browser.get("/city/") for _time in range(100)] == [made] * 100
    assert in_redis.commands() == before
    other = Browser()
    started = in_redis.commands()
    assert other.get("/city/") == made
    # The page and its mark, asked for together.
    assert (other.front.made, in_redis.commands() - started) == (0, 2)


@HAS_REDIS
def test_with_redis_frozen_a_page_is_made_once_in_each_process(
    db: None, section: Section, in_redis: OwnRedis
) -> None:
    browser = Browser()
    in_redis.freeze()
    try:
        made = browser.get("/city/")
        assert (made.status, browser.front.made) == (200, 1)
        front = browser.front
        # Somebody who had asked before it was there.
        with front._making("localhost", "/city/", 0.0) as making:
            assert making.begin(RequestFactory().get("/city/"), Lifetime.FRONT, frozenset()) is None
        assert making.page
    finally:
        in_redis.thaw()


def test_the_application_is_the_front() -> None:
    from newsroom.wsgi import application

    assert isinstance(application, Front)


def test_a_machine_without_a_tick_deletes_what_it_stored_too_long_ago(
    browser: Browser, section: Section, tmp_path: Path
) -> None:
    browser.get("/city/")
    files = Files(tmp_path / "files", "this release")
    files.put(browser.page("/city/"))
    front = Front(browser.front.site, files)
    (file,) = files.folder.glob("??/*")
    front._prune_at = 0
    front._turn()
    front.refresher.finish()
    assert file.exists()
    os.utime(file, (1, 1))
    front._begin()
    front._prune_at = 0
    front._turn()
    front.refresher.finish()
    assert not file.exists()
