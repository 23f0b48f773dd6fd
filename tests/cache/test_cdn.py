"""Caches in front are told what changed: in order, after our own, until they took it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings as present
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from articles.models import PublishedArticle, Section
from articles.publishing import withdraw
from newsroom.accounts.models import User
from newsroom.cache.cdn import asking, cloudflare, fastly, telling
from newsroom.cache.cdn.keys import ALL, MANY, MOST, headers_for, key
from newsroom.cache.cdn.telling import CacheIsBehind, Telling
from newsroom.cache.log import EVERY, GRACE
from newsroom.cache.models import Purge, Told
from newsroom.cache.purging import begin_anew, purge
from newsroom.management.jobs import jobs, run_due
from newsroom.models import JobRun
from newsroom.outgoing import holding
from tests.cache.browser import Browser
from tests.cache.service import Service, a_service

TOKEN = "a-token-that-nobody-may-read"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def service() -> Iterator[Service]:
    with a_service() as running:
        yield running


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited for the web processes; nobody does here."""
    found: list[float] = []
    monkeypatch.setattr(telling, "sleep", found.append)
    return found


@pytest.fixture
def at_fastly(
    db: None, settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch,
    waited: list[float],
) -> Service:  # fmt: skip
    monkeypatch.setattr(fastly, "API", service.url)
    settings.FASTLY_SERVICE, settings.FASTLY_TOKEN = "SU1Z0isxPaozGVKXdv0eY", TOKEN
    return service


@pytest.fixture
def at_cloudflare(
    db: None, settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch,
    waited: list[float],
) -> Service:  # fmt: skip
    monkeypatch.setattr(cloudflare, "API", service.url)
    settings.CLOUDFLARE_ZONE, settings.CLOUDFLARE_TOKEN = "023e105f4ecef8ad9ca31a8372d0c353", TOKEN
    return service


def keys(*tags: str) -> list[str]:
    return [*sorted(key(tag) for tag in tags), MANY]


# --- What pages say ----------------------------------------------------------------------------


def test_without_a_cache_in_front_a_page_says_no_keys_and_nobody_is_told(
    db: None, browser: Browser, section: Section, service: Service
) -> None:
    headers = browser.get("/city/").headers
    assert {"surrogate-key", "cache-tag"} & headers.keys() == set()
    assert "tell the caches" not in {job.name for job in jobs()}
    purge("article:1")
    assert Telling().run(NOON) == 0
    assert not Told.objects.exists()


@pytest.mark.parametrize(
    ("named", "header", "between"),
    [
        ({"FASTLY_SERVICE": "x"}, "surrogate-key", " "),
        ({"CLOUDFLARE_ZONE": "x"}, "cache-tag", ","),
        ({"VARNISH_URLS": ["http://127.0.0.1:1"]}, "surrogate-key", " "),
    ],
)  # fmt: skip
def test_a_stored_page_says_a_key_for_each_of_its_tags(
    browser: Browser, section: Section, settings: Settings,
    named: dict[str, Any], header: str, between: str,
) -> None:  # fmt: skip
    for name, value in named.items():
        setattr(settings, name, value)
    answer = browser.get("/city/")
    page = browser.page("/city/")
    assert f"section:{section.pk}" in page.tags
    assert set(answer.headers[header].split(between)) == {ALL, *map(key, page.tags)}
    assert {"surrogate-key", "cache-tag"} & answer.headers.keys() == {header}
    known = browser.get("/city/", HTTP_IF_NONE_MATCH=answer.headers["etag"])
    assert (known.status, known.headers[header]) == (304, answer.headers[header])


def test_what_is_not_stored_says_no_keys(
    browser: Browser, section: Section, settings: Settings
) -> None:
    settings.FASTLY_SERVICE = settings.CLOUDFLARE_ZONE = "x"
    for path in ("/admin/", "/accounts/login/", "/contact/", "/search/", "/nowhere/", "/feeds/"):
        headers = browser.get(path).headers
        assert {"surrogate-key", "cache-tag"} & headers.keys() == set(), path


def test_keys_are_short_alike_and_fit_every_cache(settings: Settings) -> None:
    settings.FASTLY_SERVICE = settings.CLOUDFLARE_ZONE = "x"
    tags = [f"list:topic:{number}" for number in range(870)]
    for _name, said in headers_for(tags):
        assert len(said) <= MOST < 8000
        assert ALL in said
    # Long, with spaces and commas and in any script.
    assert len(key("author:" + "é, ש " * 500)) == 8
    assert key("article:7") != key("article:70")


def test_a_page_that_shows_more_than_it_can_say_goes_out_with_every_purge(
    at_fastly: Service,
) -> None:
    tags = [f"article:{number}" for number in range(2000)]
    assert headers_for(tags) == [("Surrogate-Key", f"{ALL} {MANY}")]
    purge("article:1999")
    Telling().run(NOON)
    assert MANY in at_fastly.asked[0].json["surrogate_keys"]


def test_a_page_whose_tags_changed_is_another_one_for_caches_that_have_it(
    browser: Browser, section: Section, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FASTLY_SERVICE = "x"
    before = browser.get("/city/").headers["etag"]
    monkeypatch.setattr("newsroom.cache.front.headers_for", lambda tags: [("Surrogate-Key", "z")])
    again = Browser()
    again.front.store.drop(("localhost", "/city/", ""))
    assert again.get("/city/").headers["etag"] != before


# --- What caches are asked ---------------------------------------------------------------------


def test_fastly_is_asked_as_its_manual_says_softly_for_an_edit_and_hard_for_a_withdrawal(
    at_fastly: Service,
) -> None:
    purge("article:7", "list:section:3")
    purge("article:8", "menus", hard=True)
    Telling().run(NOON)
    hard, soft = at_fastly.asked
    for asked in (hard, soft):
        assert (asked.method, asked.path) == ("POST", "/service/SU1Z0isxPaozGVKXdv0eY/purge")
        assert asked.headers["fastly-key"] == TOKEN
        assert asked.headers["content-type"] == "application/json"
    assert hard.json == {"surrogate_keys": keys("article:8", "menus")}
    assert soft.json == {"surrogate_keys": keys("article:7", "list:section:3")}
    assert "fastly-soft-purge" not in hard.headers
    assert soft.headers["fastly-soft-purge"] == "1"


def test_what_is_purged_softly_and_hard_goes_out_hard_alone(at_fastly: Service) -> None:
    purge("article:7", hard=True)
    purge("article:7")
    Telling().run(NOON)
    assert len(at_fastly.asked) == 1


def test_cloudflare_is_asked_as_its_manual_says(at_cloudflare: Service) -> None:
    purge("article:7", "menus")
    Telling().run(NOON)
    [asked] = at_cloudflare.asked
    zone = present.CLOUDFLARE_ZONE
    assert (asked.method, asked.path) == ("POST", f"/zones/{zone}/purge_cache")
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.json == {"tags": keys("article:7", "menus")}


def test_cloudflare_s_200_that_did_nothing_is_a_failure(at_cloudflare: Service) -> None:
    at_cloudflare.body = b'{"success": false, "errors": [{"message": "no such zone"}]}'
    purge("article:7")
    with pytest.raises(CacheIsBehind, match="no such zone"):
        Telling().run(NOON)
    assert Told.objects.get().number == 0


def test_many_tags_go_in_requests_of_what_each_cache_takes(
    at_fastly: Service, at_cloudflare: Service
) -> None:
    purge(*(f"article:{number}" for number in range(600)))
    Telling().run(NOON)
    sizes = [len(each.json.get("surrogate_keys", [])) for each in at_fastly.asked[:3]]
    assert sizes == [256, 256, 89]
    assert [len(each.json["tags"]) for each in at_fastly.asked[3:]] == [100] * 6 + [1]


def test_very_many_tags_are_all_pages(at_fastly: Service) -> None:
    purge(*(f"article:{number}" for number in range(3000)))
    Telling().run(NOON)
    assert [each.json for each in at_fastly.asked] == [{"surrogate_keys": [ALL]}]


# --- When --------------------------------------------------------------------------------------


def test_after_a_restore_a_cache_forgets_every_page(at_fastly: Service) -> None:
    purge("article:1")
    Telling().run(NOON)
    begin_anew(at=datetime(2026, 3, 2, tzinfo=UTC))
    Telling().run(NOON + SECOND)
    last = at_fastly.asked[-1]
    assert last.json == {"surrogate_keys": [ALL]}
    assert "fastly-soft-purge" not in last.headers


def test_a_held_copy_tells_its_own_caches_alone_and_the_others_once_it_is_released(
    at_fastly: Service, settings: Settings
) -> None:
    with a_service() as own:
        settings.NGINX_URLS = [own.url]
        holding.hold(at=NOON)
        purge("article:1", hard=True)
        Telling().run(NOON)
        assert own.asked
        assert at_fastly.asked == []
        holding.release()
        Telling().run(NOON + SECOND)
    assert at_fastly.asked[0].json == {"surrogate_keys": keys("article:1")}


def test_nobody_is_told_before_every_web_process_shows_the_new_page(
    at_fastly: Service, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the cache would fetch the old one again."""
    told: list[int] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        told.append(len(at_fastly.asked))

    monkeypatch.setattr(telling, "sleep", wait)
    purge("article:7")
    once = Telling()
    once.run(NOON)
    assert waited[0] > GRACE + 2 * EVERY + 0.5
    assert (told, len(at_fastly.asked)) == ([0], 1)
    once.run(NOON + SECOND)  # nothing new: nobody waits
    assert len(waited) == 1


def test_what_came_while_it_waited_is_left_for_the_next_time(
    at_fastly: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "sleep", lambda _s: purge("article:8"))
    purge("article:7")
    Telling().run(NOON)
    assert [each.json["surrogate_keys"] for each in at_fastly.asked] == [keys("article:7")]


def test_a_change_that_was_rolled_back_tells_nobody(at_fastly: Service) -> None:
    with transaction.atomic():
        purge("article:7", hard=True)
        transaction.set_rollback(True)
    Telling().run(NOON)
    assert at_fastly.asked == []


def test_what_was_taken_from_readers_is_told_once_more_after_a_minute_and_an_edit_is_not(
    at_fastly: Service,
) -> None:
    """A page that was on its way when the cache was told may have been stored after that."""
    purge("article:7")
    purge("article:8", hard=True)
    Telling().run(NOON)
    at_fastly.asked.clear()
    Telling().run(NOON + 59 * SECOND)
    assert at_fastly.asked == []
    Telling().run(NOON + 61 * SECOND)  # another process: nothing is in memory alone
    [asked] = at_fastly.asked
    assert asked.json["surrogate_keys"] == keys("article:8")
    assert "fastly-soft-purge" not in asked.headers
    Telling().run(NOON + 600 * SECOND)
    assert len(at_fastly.asked) == 1


def test_a_withdrawn_story_is_purged_hard_with_all_that_showed_it(
    at_fastly: Service, live: Callable[..., PublishedArticle]
) -> None:
    story = live("Tram line opens")
    browser = Browser()
    home = browser.get("/").headers["surrogate-key"].split()
    Telling().run(NOON)
    at_fastly.asked.clear()
    withdraw(story.article, by=None, reason="It was wrong.")
    Telling().run(NOON)
    hard = at_fastly.asked[0]
    assert "fastly-soft-purge" not in hard.headers
    assert key(f"article:{story.pk}") in hard.json["surrogate_keys"]
    assert set(home) & set(hard.json["surrogate_keys"])


# --- When it does not work ---------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 429, 500, 503, 301])
def test_what_a_cache_did_not_take_is_told_again_and_nothing_is_lost_by_a_restart(
    at_fastly: Service, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    at_fastly.status = status
    at_fastly.headers = {"Location": "http://127.0.0.1:1/elsewhere"}
    purge("article:7", hard=True)
    with pytest.raises(CacheIsBehind, match=f"Fastly: {status}"):
        Telling().run(NOON)
    at_fastly.status = 200
    purge("article:8")
    Telling().run(NOON + SECOND)
    assert [each.json["surrogate_keys"] for each in at_fastly.asked[1:]] == [
        keys("article:7"), keys("article:8"),
    ]  # fmt: skip
    assert Told.objects.get().number == Purge.objects.latest("pk").pk


def test_a_batch_that_failed_half_way_is_told_whole_again(at_fastly: Service) -> None:
    at_fastly.status, at_fastly.good = 503, 1
    purge(*(f"article:{number}" for number in range(400)))
    with pytest.raises(CacheIsBehind):
        Telling().run(NOON)
    at_fastly.status = 200
    Telling().run(NOON)
    assert [each.json for each in at_fastly.asked[2:]] == [
        each.json for each in at_fastly.asked[:2]
    ]


def test_a_cache_that_fails_is_asked_less_and_less_often_up_to_once_a_minute(
    at_fastly: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1000.0
    monkeypatch.setattr(telling, "monotonic", lambda: clock)
    at_fastly.status = 503
    purge("article:7")
    one, when = Telling(), list[float]()
    while clock < 1250:
        before = len(at_fastly.asked)
        with pytest.raises(CacheIsBehind):  # also while it is left alone: the desk shows it
            one.run(NOON)
        if len(at_fastly.asked) > before:
            when.append(clock)
        clock += 1
    assert [later - earlier for earlier, later in pairwise(when)] == [
        2, 4, 8, 16, 32, 60, 60, 60,
    ]  # fmt: skip
    at_fastly.status = 200
    clock += 60
    assert one.run(NOON) == 1
    assert one.run(NOON) == 0


def test_a_cache_that_is_away_keeps_no_other_from_being_told(
    at_fastly: Service, settings: Settings
) -> None:
    settings.VARNISH_URLS = ["http://127.0.0.1:9"]
    purge("article:7")
    with pytest.raises(CacheIsBehind, match=r"Varnish at http://127\.0\.0\.1:9"):
        Telling().run(NOON)
    assert len(at_fastly.asked) == 1


def test_inner_caches_are_told_first_and_the_outer_ones_again_once_the_inner_were(
    at_fastly: Service, settings: Settings
) -> None:
    """An outer cache may have fetched what was taken from one within that was away."""
    with a_service() as inner:
        settings.VARNISH_URLS = [inner.url]
        inner.seconds = 0.1
        purge("article:7", hard=True)
        Telling().run(NOON)
        assert inner.asked[0].method == "PURGE"
        assert len(at_fastly.asked) == 1
        inner.status = 503
        purge("article:8", hard=True)
        for seconds in (61, 200, 400):
            with pytest.raises(CacheIsBehind):
                Telling().run(NOON + seconds * SECOND)
        again = [each.json["surrogate_keys"] for each in at_fastly.asked[1:]]
        assert again.count(keys("article:8")) == 1
        inner.status = 200
        Telling().run(NOON + 401 * SECOND)
        Telling().run(NOON + 470 * SECOND)
        again = [each.json["surrogate_keys"] for each in at_fastly.asked[1:]]
        assert again.count(keys("article:8")) == 2


def test_a_cache_that_never_answers_is_given_up(
    at_fastly: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "TIMEOUT", 0.1)
    at_fastly.seconds = 1
    purge("article:7")
    began = time.monotonic()
    with pytest.raises(CacheIsBehind, match="timed out"):
        Telling().run(NOON)
    assert time.monotonic() - began < 0.9


def test_nobody_who_publishes_waits_for_a_cache(
    at_fastly: Service, live: Callable[..., PublishedArticle]
) -> None:
    at_fastly.seconds = 5
    began = time.monotonic()
    live("Tram line opens")
    assert time.monotonic() - began < 1
    assert at_fastly.asked == []
    assert [job.apart for job in jobs() if job.name == "tell the caches"] == [True]


def test_the_desk_and_the_log_say_what_failed_and_never_the_token(
    at_fastly: Service, at_cloudflare: Service, chief: User, client_for: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("newsroom.management.jobs.close_old_connections", lambda: None)
    at_fastly.status, at_fastly.body = 403, f"The token {TOKEN} may not purge".encode()
    purge("article:7")
    run_due([job for job in jobs() if job.name == "tell the caches"], at=NOON)
    error = JobRun.objects.get(pk="tell the caches").error
    assert "Fastly: 403 Forbidden The token … may not purge" in error
    assert "Cloudflare: 403" in error
    page = client_for(chief).get("/admin/").content.decode()
    assert "tell the caches" in page
    assert "may not purge" in page
    for text in (error, page, caplog.text, repr(jobs())):
        assert TOKEN not in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"FASTLY_SERVICE": "abc"}, "FASTLY_SERVICE and FASTLY_TOKEN go together"),
        ({"FASTLY_TOKEN": "abc"}, "FASTLY_SERVICE and FASTLY_TOKEN go together"),
        ({"CLOUDFLARE_ZONE": "a/../b", "CLOUDFLARE_TOKEN": "x"}, "it is letters and digits"),
        ({"CLOUDFLARE_ZONE": "ab", "CLOUDFLARE_TOKEN": "secret\nX: y"}, "no header can carry"),
        ({"VARNISH_URLS": "file:///etc/passwd"}, "each begins with https:// or http://"),
        ({"VARNISH_URLS": "http://me:word@127.0.0.1/"}, "has no name, password"),
        ({"NGINX_URLS": "127.0.0.1:8079"}, "each begins with https:// or http://"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_with_a_sentence_and_without_the_secret(
    wrong: dict[str, str], said: str
) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import newsroom.settings"], env={**os.environ, **wrong},
        cwd=present.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    assert said in started.stderr
    assert "secret" not in started.stderr
