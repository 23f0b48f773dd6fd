"""What machines that watch the site are told, and who is told it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from articles.models import Article, Section
from articles.publishing import schedule
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.cache.front import Front
from newsroom.cache.making import environ_of
from newsroom.lib.tasks import task
from newsroom.management import readiness, watch
from newsroom.media.store_failures import StoreFailed
from newsroom.models import JobRun
from tests.buckets import KEYS, saying
from tests.cache.browser import one_connection
from tests.media.conftest import keep_pictures_in

TOKEN = "a-token-of-the-tests"


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> watch.Watched:
    # Between requests the site drops its connection; here it holds the test's transaction.
    monkeypatch.setattr(watch, "close_old_connections", lambda: None)
    settings.METRICS_TOKEN = TOKEN
    return watch.Watched(get_wsgi_application())


def ask(
    application: Any, path: str, method: str = "GET", **more: str
) -> tuple[str, dict[str, str], bytes]:
    """Of somebody who knows only the number of the machine."""
    said: list[Any] = []
    environ = {**environ_of(("10.0.0.11:8000", path, "")), "REQUEST_METHOD": method, **more}
    with one_connection():
        answer = application(environ, lambda *start: said.extend(start[:2]))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    return said[0], dict(said[1]), body


def figures(watched: watch.Watched) -> dict[tuple[str, str], float]:
    status, _headers, body = ask(watched, "/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert status == "200 OK"
    return {
        (
            sample.name,
            ",".join(
                f"{name}={sample.labels[name]}" for name in sorted(sample.labels, reverse=True)
            ),
        ): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


@pytest.mark.django_db
def test_that_the_process_lives_is_said_to_anybody_and_without_a_query(
    watched: watch.Watched,
) -> None:
    with CaptureQueriesContext(connection) as asked:
        status, headers, body = ask(watched, "/healthz")
    assert (status, body, len(asked)) == ("200 OK", b"ok\n", 0)
    assert headers["Cache-Control"] == "no-store"
    assert ask(watched, "/healthz", "HEAD")[2] == b""
    assert ask(watched, "/healthz", "POST")[0] == "405 Method Not Allowed"


@pytest.mark.django_db
def test_a_site_whose_database_lacks_migrations_is_not_ready(
    watched: watch.Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(readiness, "pending_migrations", lambda: 2)
        status, _headers, body = ask(watched, "/readyz")
        assert status == "503 Service Unavailable"
        assert json.loads(body) == {"status": "not ready", "wrong": ["migrations"]}
    status, _headers, body = ask(watched, "/readyz")
    assert status == "200 OK"
    assert json.loads(body) == {"status": "ready", "wrong": []}


@pytest.mark.parametrize("said", ["", TOKEN, "Bearer", "Bearer ", "Bearer wrong", "Basic é"])
def test_the_figures_are_not_there_for_who_lacks_the_token(
    watched: watch.Watched, said: str
) -> None:
    status, _headers, body = ask(watched, "/metrics", HTTP_AUTHORIZATION=said)
    assert (status, body) == ("404 Not Found", b"Not found.\n")


def test_without_a_token_in_the_settings_nobody_reads_the_figures(
    watched: watch.Watched, settings: Settings
) -> None:
    settings.METRICS_TOKEN = ""
    assert ask(watched, "/metrics", HTTP_AUTHORIZATION="Bearer ")[0] == "404 Not Found"


@task
def waits() -> None:
    """Queued by the test, and run by nobody."""


@pytest.mark.django_db
def test_the_figures_tell_what_waits_fails_and_is_late(watched: watch.Watched, chief: User) -> None:
    now = timezone.now()
    waits.enqueue()
    JobRun.objects.create(name="fails", done_at=now - timedelta(hours=1), failed_at=now)
    JobRun.objects.create(name="is well", done_at=now)
    section = Section.objects.create(name="City", slug="city")
    article = Article.objects.create(headline="Late", body="<p>Text</p>", section=section)
    soon = now + timedelta(minutes=5)
    schedule(article, by=chief, revision=revise(article, by=chief), publish_at=soon)
    Article.objects.update(publish_at=now - timedelta(minutes=2))
    found = figures(watched)
    assert found["newsroom_database_up", ""] == 1
    assert found["newsroom_tasks", "task=waits,status=ready"] == 1
    assert found["newsroom_job_failing", "job=fails"] == 1
    assert found["newsroom_job_failing", "job=is well"] == 0
    assert found["newsroom_job_done_timestamp_seconds", "job=is well"] == pytest.approx(
        now.timestamp()
    )
    assert found["newsroom_publications_overdue", ""] == 1
    assert 119 < found["newsroom_publication_oldest_overdue_seconds", ""] < 200


@pytest.mark.django_db
def test_what_the_store_of_pictures_did_not_do_is_counted_by_its_reason(
    watched: watch.Watched, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "newsroom_picture_store_failures_total"
    assert not [key for key in figures(watched) if key[0] == name]
    for key, value in KEYS.items():
        monkeypatch.setenv(key, value)

    def counted_after(address: str) -> dict[str, float]:
        keep_pictures_in(f"s3://pictures?endpoint={address}", settings)
        with pytest.raises(StoreFailed):
            default_storage.open("ab/x.jpg")
        with pytest.raises(StoreFailed):
            default_storage.open("ab/x.jpg")  # left alone for a moment, or asked once more
        return {
            reason: value for (name_, reason), value in figures(watched).items() if name_ == name
        }

    before = counted_after("http://127.0.0.1:9")
    assert set(before) == {"reason=away", "reason=refused", "reason=full"}
    with saying(403, "AccessDenied") as address:
        after = counted_after(address)
    assert after["reason=refused"] - before["reason=refused"] == 2
    assert counted_after("http://127.0.0.1:9")["reason=away"] - before["reason=away"] == 1
    assert after["reason=full"] == before["reason=full"]


@pytest.mark.django_db
def test_every_answer_of_the_site_and_of_stored_pages_is_counted(
    watched: watch.Watched, settings: Settings
) -> None:
    from newsroom.cache.founding import store

    front = Front(watched, store(), alone=True)
    watched.inside(front)
    front.refused, front.hits = 2, 3
    front._turn()
    before = figures(watched)
    assert before["newsroom_stored_answers_total", "kind=refused"] == 2
    assert before["newsroom_stored_answers_total", "kind=fresh"] == 3
    assert ask(watched, "/nowhere/", HTTP_HOST="evil.example")[0].startswith("400")
    after = figures(watched)
    assert after["newsroom_site_answers_total", "status=4xx"] == 1
    assert after["newsroom_site_seconds_total", ""] > 0
