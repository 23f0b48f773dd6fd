"""A hub is told of every feed that changed, soon, once, and without anybody waiting for it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from articles.breaking.announcing import announce as announce_breaking
from articles.feeds import websub
from articles.live.closing import coverage_of
from articles.live.posting import post
from articles.live.words import Words
from articles.models import Article, PublishedArticle, Unannounced
from articles.models.kinds import Kind
from articles.publishing import publish, unpublish
from articles.revisions import revise
from newsroom.management.jobs import jobs
from tests.articles.feeds.conftest import FORMATS, LISTS
from tests.articles.feeds.hub import Hub, running_hub

Run = Callable[[], None]
Live = Callable[..., PublishedArticle]


@pytest.fixture
def hub(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr(websub, "SETTLED", 0.0)
    with running_hub() as running:
        settings.WEBSUB_HUB = running.url
        yield running
    assert running.faults == []


def feeds(settings: Settings, *pages: str) -> set[str]:
    return {f"{settings.SITE_URL}{page}feed/{form}" for page in pages for form in FORMATS}


def test_without_a_hub_nothing_is_told_noted_or_named(client: Any, story: PublishedArticle) -> None:
    assert not DBTaskResult.objects.filter(task_path__contains="websub").exists()
    assert not Unannounced.objects.exists()
    answer = client.get("/feed/")
    assert not answer.has_header("Link")
    assert b'rel="hub"' not in answer.content


def test_a_publication_tells_the_hub_every_feed_the_story_is_in(
    hub: Hub, story: PublishedArticle, run_tasks: Run, settings: Settings
) -> None:
    assert hub.told == []  # nothing waits for it
    run_tasks()
    assert hub.topics == feeds(settings, *LISTS, "/topic/harbour/")
    assert not Unannounced.objects.exists()
    unpublish(story.article, by=None)
    hub.told.clear()
    run_tasks()
    # A topic and a series without a story have no feed any more.
    gone = {"/topic/trams/", "/topic/harbour/", "/series/lines/"}
    assert hub.topics == feeds(settings, *(set(LISTS) - gone))


def test_a_story_nobody_may_see_tells_nobody(
    hub: Hub, write: Callable[..., Article], run_tasks: Run
) -> None:
    article = write("Not yet", topics=["Secret"], kind=Kind.LIVE)
    post(coverage_of(article), by=None, words=Words(text="Soon."))
    run_tasks()
    assert hub.told == []


def test_many_publications_at_once_are_told_in_one_request(
    hub: Hub, live: Live, run_tasks: Run
) -> None:
    for number in range(6):
        live(f"Story {number}", topics=["Trams"])
    run_tasks()
    assert len(hub.told) == 1


def test_many_feeds_go_in_requests_of_a_hundred(
    hub: Hub, live: Live, run_tasks: Run, settings: Settings
) -> None:
    live("Story", topics=[f"Topic {n}" for n in range(40)])
    run_tasks()
    assert [len(request) for request in hub.told] == [100, 29]


def test_the_hub_fetches_what_it_was_told_and_finds_the_story(
    transactional_db: None, live_server: LiveServer, settings: Settings, live: Live, run_tasks: Run
) -> None:
    settings.SITE_URL = live_server.url
    with running_hub() as hub:
        settings.WEBSUB_HUB = hub.url
        live("Tram line opens")
        run_tasks()
        assert len(hub.topics) == 9  # paper, section, author
        for topic in hub.topics:
            assert b"Tram line opens" in hub.fetch(topic)


@pytest.mark.parametrize("status", [500, 404, 301, 302])
def test_what_the_hub_did_not_take_is_told_again_by_the_tick(
    hub: Hub, live: Live, run_tasks: Run, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    hub.status, hub.headers = status, {"Location": "http://127.0.0.1:1/elsewhere"}
    live("Tram line opens")
    run_tasks()
    assert f"was not told: {status}" in caplog.text
    assert Unannounced.objects.count() == 3
    assert len(hub.told) == 1
    hub.status = 204
    (job,) = (job for job in jobs() if job.name == "tell the hub")
    job.run(timezone.now())
    run_tasks()
    assert hub.told[0] == hub.told[1]
    assert not Unannounced.objects.exists()


def test_a_hub_that_is_away_keeps_nothing_from_being_published_and_shows_on_the_desk(
    live: Live, run_tasks: Run, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"
    row = live("Tram line opens")
    run_tasks()
    assert PublishedArticle.objects.filter(pk=row.pk).exists()
    assert "http://127.0.0.1:9/ was not told" in caplog.text
    assert DBTaskResult.objects.failed().count() == 0
    with pytest.raises(websub.HubIsBehind):
        websub.run_due(timezone.now() + timedelta(minutes=11))
    websub.run_due(timezone.now() + timedelta(days=2))
    assert not Unannounced.objects.exists()


def test_of_an_endless_answer_only_the_beginning_is_read(
    hub: Hub, live: Live, run_tasks: Run, caplog: pytest.LogCaptureFixture
) -> None:
    hub.status, hub.body = 400, b"no " * 1_000_000
    live("Tram line opens")
    run_tasks()
    assert max(len(record.getMessage()) for record in caplog.records) < 700


def test_a_slow_hub_is_given_up(
    hub: Hub, live: Live, run_tasks: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websub, "TIMEOUT", 0.05)
    hub.seconds = 0.3
    live("Tram line opens")
    run_tasks()
    assert Unannounced.objects.exists()


def test_a_change_while_the_hub_is_told_is_told_afterwards(
    hub: Hub, live: Live, run_tasks: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live("Tram line opens")
    tell = websub.tell

    def meanwhile(addresses: Any) -> None:
        tell(addresses)
        if len(hub.told) == 1:
            article = row.article
            article.headline = "Tram line shuts"
            article.save()
            publish(article, by=None, revision=revise(article, by=None))

    monkeypatch.setattr(websub, "tell", meanwhile)
    run_tasks()
    assert len(hub.told) == 2
    assert hub.told[0] == hub.told[1]


def test_breaking_news_and_the_posts_of_a_live_coverage_are_told(
    hub: Hub, live: Live, run_tasks: Run, settings: Settings
) -> None:
    row = live("Ferry aground", kind=Kind.LIVE)
    coverage = coverage_of(row.article)
    run_tasks()
    hub.told.clear()
    announce_breaking("Bridge shut", by=None)
    post(coverage, by=None, words=Words(text="All ashore."))
    run_tasks()
    assert hub.topics == feeds(settings, "/breaking/", f"/live/{row.pk}/")


def test_a_hub_that_is_no_address_of_the_web_is_refused() -> None:
    wrong = {**os.environ, "WEBSUB_HUB": "file:///etc/passwd"}
    started = subprocess.run(
        [sys.executable, "-c", "import newsroom.settings"],
        env=wrong, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.returncode != 0
    assert "it begins with https:// or http://" in started.stderr
