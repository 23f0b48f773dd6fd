"""A browser before the page cache, a live story, and a Redis of one's own."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from articles.models import PublishedArticle
from tests.articles.conftest import author, live, section, write
from tests.cache.browser import Browser
from tests.redises import REDIS, OwnRedis, own_redis

__all__ = ["author", "live", "section", "write"]

HAS_REDIS = pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")


@pytest.fixture
def browser(db: None) -> Browser:
    return Browser()


@pytest.fixture
def story(live: Callable[..., PublishedArticle]) -> PublishedArticle:
    return live("Tram line opens")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    with own_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def in_redis(own: OwnRedis, settings: Settings) -> OwnRedis:
    """Pages are stored there, and none is yet."""
    settings.PAGE_CACHE_STORE, settings.PAGE_CACHE_REDIS_URL = "redis", own.url
    with own.client() as client:
        client.flushall()
    return own


@pytest.fixture(params=["files", pytest.param("redis", marks=HAS_REDIS)])
def anywhere(request: pytest.FixtureRequest) -> str:
    """Where pages are stored."""
    if request.param == "redis":
        request.getfixturevalue("in_redis")
    return str(request.param)
