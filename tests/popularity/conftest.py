"""A small paper with readers, and the tick's half of counting in the test's own process."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from articles.models import Article, PublishedArticle, Section
from articles.popularity import due, keeping, post
from articles.popularity.flushing import flush
from articles.popularity.ranking import rank
from articles.publishing import publish
from articles.revisions import revise
from newsroom.lib import redis_client
from tests.management.sites import eventually

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OWN = {"sec-fetch-site": "same-origin"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# A story nobody asks about: when a reader of it has been counted, all before have been looked at.
LAST = 2**62


@pytest.fixture
def city(db: None) -> Section:
    return Section.objects.create(name="City", slug="city", order=1)


@pytest.fixture
def sport(db: None) -> Section:
    return Section.objects.create(name="Sport", slug="sport", order=2)


@pytest.fixture
def story(city: Section) -> Callable[..., PublishedArticle]:
    """A live story; `at` is when it was published."""

    def make(headline: str, at: datetime = NOON, **fields: Any) -> PublishedArticle:
        text = {"body": f"<p>{headline}.</p>", "section": city, **fields}
        article = Article.objects.create(headline=headline, **text)
        return publish(article, by=None, revision=revise(article, by=None), at=at)

    return make


@pytest.fixture
def stories(story: Callable[..., PublishedArticle]) -> list[PublishedArticle]:
    """Six of the city: "Story 0" is the oldest."""
    return [story(f"Story {n}", NOON.replace(hour=n + 1)) for n in range(6)]


@pytest.fixture
def read() -> Callable[..., None]:
    """So many readers of each story are counted, and the lists are made."""

    def count(readers: dict[PublishedArticle, int], at: datetime = NOON) -> None:
        flush({row.pk: number for row, number in readers.items()}, at=at)
        rank(at=at, counted_until=at)

    return count


@pytest.fixture(autouse=True)
def _new_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is remembered of another test's Redis, socket or lists."""
    own: list[Any] = []
    monkeypatch.setattr(keeping, "_process", own)
    monkeypatch.setattr(due, "_progress", due._Progress())
    # A machine that does other work is waited for; readers would not be.
    for module in (post, redis_client):
        monkeypatch.setattr(module, "PATIENCE", 20.0)
    yield
    for process in own:
        process.close()


@pytest.fixture(params=["tick", "redis"])
def batch(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Callable[[], Any]]:
    """Counting in the tick's memory, and in Redis where there is one; call it for the batch."""
    settings.COUNT_READS_IN = request.param
    if request.param == "redis" and not settings.REDIS_URL:
        pytest.skip("REDIS_URL is not set")
    with keeping.counting():

        def take() -> dict[int, int]:
            """Everything told so far. The last reader is new each time."""
            found: dict[int, int] = {}

            def arrived() -> bool:
                for pk, readers in keeping.take().items():
                    found[pk] = found.get(pk, 0) + readers
                return LAST in found

            last = f"the last reader {secrets.token_hex(4)}"
            eventually(lambda: keeping.hand_over(LAST, last))  # a full socket is tried again
            eventually(arrived)
            return {pk: readers for pk, readers in found.items() if pk != LAST}

        yield take


@pytest.fixture
def tell(client: Client) -> Callable[..., HttpResponse]:
    """A reader's browser tells that an article is being read."""

    def send(
        article_id: object, address: str = "203.0.113.7", agent: str = FIREFOX, **more: Any
    ) -> HttpResponse:
        headers = {**OWN, "user-agent": agent, **more.pop("headers", {})}
        return client.post(
            "/most-read/count/", str(article_id), content_type="text/plain;charset=UTF-8",
            headers={name: value for name, value in headers.items() if value is not None},
            REMOTE_ADDR=address, **more,
        )  # fmt: skip

    return send
