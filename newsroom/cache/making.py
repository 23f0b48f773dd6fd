"""Making a page: by one alone, from its address alone, with the tags of what it shows."""

import io
import time
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error
from django.http import HttpRequest

from newsroom.cache import parts, replica, tags
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.log import Log
from newsroom.cache.memory import Memory
from newsroom.cache.pages import Key, Page
from newsroom.cache.patience import READER, waiting
from newsroom.cache.stores import Store

# Seconds a reader waits for a page that somebody else is making, before making it too.
PATIENCE = 5.0
# Seconds between two looks whether it is there.
STEP = 0.01


def canonical(query: str, allowed: frozenset[str]) -> str:
    """The allowed parts of a query, sorted; the last of each name, as Django reads it."""
    if not query or not allowed:
        return ""
    pairs = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=None, errors="replace"))
    return urlencode(sorted((name, text) for name, text in pairs.items() if name in allowed))


def environ_of(key: Key) -> dict[str, Any]:
    """A request of nobody in particular, as the page of the address is made from."""
    host, path, query = key
    return {
        "REQUEST_METHOD": "GET", "HTTP_HOST": host, "PATH_INFO": path, "QUERY_STRING": query,
        "SCRIPT_NAME": "", "SERVER_NAME": host.partition(":")[0], "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "", "CONTENT_LENGTH": "0",
        "wsgi.url_scheme": "https" if settings.HTTPS else "http", "wsgi.input": io.BytesIO(),
        "wsgi.multithread": True,
    }  # fmt: skip


def _clean(request: HttpRequest, key: Key) -> WSGIRequest:
    clean = WSGIRequest(environ_of(key))
    clean.resolver_match = request.resolver_match
    return clean


class Making:
    """One request that may become a page. `page` is there when somebody else made it."""

    def __init__(
        self, memory: Memory, parts: parts.Parts, store: Store, log: Log, host: str, path: str, *,
        than: float = 0.0,
    ) -> None:  # fmt: skip
        self._memory, self._parts, self._store, self._log = memory, parts, store, log
        # Only a page made after this moment will do.
        self._than = than
        self._held, self._replica = ExitStack(), ExitStack()
        self.key: Key = (host, path, "")
        self.allowed: frozenset[str] = frozenset()
        self.lifetime: Lifetime | None = None
        self.packing = 0
        self.as_of, self.made = 0, 0.0
        self.page: Page | None = None
        self.seen = tags.Seen()
        self.from_replica = False

    def __enter__(self) -> "Making":
        # Before the first query: the middleware reads what every page shows.
        with suppress(Error):  # then nothing is made, or of what is in memory
            self._log.catch_up()
        self.as_of, self.made = self._log.number, time.time()
        self.seen = self._held.enter_context(tags.collecting())
        self._held.enter_context(waiting(READER))
        self._held.enter_context(self._replica)
        return self

    def __exit__(self, *raised: object) -> None:
        self._held.close()

    def begin(
        self, request: HttpRequest, lifetime: Lifetime, allowed: frozenset[str]
    ) -> WSGIRequest | None:
        """The request to make the page from; None when `page` is there already."""
        if self.lifetime is None:
            self.allowed = allowed
            host, path, _none = self.key
            self.key = host, path, canonical(request.META.get("QUERY_STRING", ""), allowed)
            if self._made_by_another():
                return None
            self.lifetime = lifetime
            self._held.enter_context(parts.usable(self._parts, self.as_of))
            self.from_replica = self._replica.enter_context(replica.reading(self.as_of))
        return _clean(request, self.key)

    def of_parts(self, request: HttpRequest) -> WSGIRequest:
        """The request to make a page from that is the same for everyone and is not stored."""
        self._held.enter_context(parts.usable(self._parts, self.as_of))
        return _clean(request, (*self.key[:2], request.META.get("QUERY_STRING", "")))

    def leave_replica(self) -> None:
        """It has failed this page: make it from the primary, beginning anew."""
        self._replica.close()
        self.from_replica = False
        replica.rest(f"{self.key[1]} could not be made from it")

    def _made_by_another(self) -> bool:
        """Wait until nobody else makes it, or somebody has."""
        deadline = time.time() + PATIENCE
        while not self._held.enter_context(self._store.alone(self.key)):
            time.sleep(STEP)
            if self._there() or time.time() > deadline:
                break
        return self._there()

    def _there(self) -> bool:
        """Whether somebody has made it since it was asked for."""
        # Memory too: the store may be full or away, and then it is made once in each process.
        for find in (self._memory.pages.get, self._store.get):
            page = find(self.key)
            fresh = page and page.made > self._than and page.fresh_till > time.time()
            if page and fresh and self._log.stale_since(page) == 0:
                self.page = page
                break
        return self.page is not None
