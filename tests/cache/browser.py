"""A browser that asks the page cache, and the site behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from newsroom.cache.founding import store
from newsroom.cache.front import Front
from newsroom.cache.making import environ_of
from newsroom.cache.pages import Page

HOST = "localhost"


class Answer(NamedTuple):
    """What came back; header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One process of the site with its cache, and no thread beside it."""

    def __init__(self) -> None:
        self.front = Front(get_wsgi_application(), store(), alone=True)

    def get(self, path: str, query: str = "", **environ: Any) -> Answer:
        """Through the cache."""
        return _ask(self.front, path, query, environ)

    def fresh(self, path: str, query: str = "") -> Answer:
        """Made now, stored nowhere."""
        return _ask(self.front.site, path, query, {})

    def page(self, path: str, query: str = "") -> Page:
        """What is stored of it in memory."""
        return self.front.memory.pages[HOST, path, query]

    def wait(self, seconds: float) -> None:
        """As if so much time had passed since everything that is known."""
        log = self.front.log
        log._soft = {tag: (number, at - seconds) for tag, (number, at) in log._soft.items()}
        for page in self.front.memory.pages.values():
            page.made -= seconds
            page.fresh_till -= seconds
            page.shown_till -= seconds

    def is_out_of_date(self, path: str) -> bool:
        return self.front.log.stale_since(self.page(path)) != 0


def _ask(application: Any, path: str, query: str, environ: dict[str, Any]) -> Answer:
    said: list[Any] = []
    asked = {**environ_of((HOST, path, query)), **environ}
    asked = {name: value for name, value in asked.items() if value is not None}
    with one_connection():
        answer = application(asked, lambda status, headers, *_: said.extend([status, headers]))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    headers = {name.lower(): value for name, value in said[1]}
    return Answer(int(said[0][:3]), headers, body)


@contextmanager
def one_connection() -> Iterator[None]:
    """The site drops its connection between requests; here it holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


assert HOST in settings.ALLOWED_HOSTS
