"""The page cache in front of Django: what is stored is answered before a request is made.

In this process's memory first, then in the store of all processes. A page that is out of date is
shown while one process makes it anew; a page that nobody has is made by one, and the others wait.
The rules are in docs/decisions/page-cache.md.
"""

import os
import random
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error

from newsroom.cache import away
from newsroom.cache.answering import Environ, StartResponse, answer
from newsroom.cache.cdn.keys import headers_for
from newsroom.cache.kept import MAKING
from newsroom.cache.log import DAY, GRACE, Entry, Log
from newsroom.cache.making import Making, canonical, environ_of
from newsroom.cache.memory import Memory
from newsroom.cache.pages import MOST, Headers, Key, Page
from newsroom.cache.parts import Parts
from newsroom.cache.patience import READER, waiting
from newsroom.cache.proof.witness import Witness
from newsroom.cache.refreshing import Refresher
from newsroom.cache.stores import Store
from newsroom.lib.counters import Counters

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

STORED = {200, 301}
# Seconds between two looks for stored pages that are too old or too many.
PRUNED = 3600.0
# Browsers ask each time and mostly get a 304; caches between are refreshed behind their readers.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400"
# Never one page for all: the desk, what is served from files, and what the machine is asked.
APART = (
    "/admin/", "/accounts/", settings.STATIC_URL, settings.MEDIA_URL, *settings.WORDLESS,
    *settings.WATCHED,
)  # fmt: skip


class Front:
    """A WSGI application around the site.

    `hits`, `stale` and `refused` count the answers of this process, `made` the pages that it made,
    `from_replica` those made from the replica; `counters` has them of all processes, at most a turn
    of the log old.
    """

    def __init__(self, site: Application, store: Store, *, alone: bool = False) -> None:
        """`alone`: without threads; whoever holds the front lets it read the log, and nothing is
        made behind anybody's back."""
        self.site, self.store, self._alone = site, store, alone
        self._hosts = _hosts()
        # Behind a proxy that speaks https for us, its word counts; see newsroom/lib/proxies.py.
        self._asks_for_https = bool(settings.HTTPS and settings.SECURE_SSL_REDIRECT)
        self._staff = settings.SESSION_COOKIE_NAME + "="
        self.counters = Counters(("hits", "stale", "made", "from_replica", "refused"))
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Threads do not survive a fork: each worker has its own."""
        self.memory = Memory(settings.PAGE_CACHE_MEMORY)
        self.log = Log(self.store, each_turn=self._turn, on_news=self._hear)
        self.parts = Parts(self.log, settings.PAGE_CACHE_PARTS)
        self.refresher = Refresher(
            self.memory, self.store, self.log, self._make_anew, alone=self._alone
        )
        self.witness = Witness(self.memory, self.log, self.refresher.want)
        self._learn_at = 0.0
        self.hits = self.stale = self.made = self.from_replica = self.refused = 0
        # Which parts of a query the pages under a path know.
        self._known: dict[tuple[str, str], frozenset[str]] = {}
        self._follows = self._alone
        # Here and not in the tick: who stores pages deletes them.
        self._prune_at = time.time() + PRUNED * random.random()  # noqa: S311  (not all at once)

    def follow(self) -> None:
        """Begin to hear of changes, and whether the database answers; once in each process."""
        if not self._follows:
            self._follows = True
            self.refresher.begin()
            self.log.follow()
            self.witness.follow()

    def _turn(self) -> None:
        """Five times a second, by the thread that reads the log."""
        self.counters.write({name: getattr(self, name) for name in self.counters.names})
        if (now := time.time()) > self._prune_at:
            self._prune_at = now + PRUNED
            self.refresher.later(
                partial(self.store.prune, most=settings.PAGE_CACHE_FILES, oldest=now - DAY)
            )
        if time.monotonic() >= self._learn_at:
            away.learn()
            self._learn_at = time.monotonic() + away.LEARN_EVERY

    def at_hand(self, environ: Environ) -> Page | None:
        """The page that this reader is to get, if memory has one that is known to do; counted.

        Asks only what granian says too, before it makes a request (newsroom/management/web.py).
        """
        page = self.memory.pages.get(
            (environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ["QUERY_STRING"])
        )
        if (
            page is not None
            and page.checked == self.log.number
            and page.shown_till > (now := time.time())
            and "HTTP_COOKIE" not in environ
            and environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and not (self._asks_for_https and self._insecure(environ))
        ):
            page.used = now
            if page.shown_till == page.fresh_till:
                self.hits += 1
            else:
                self.stale += 1
            return page
        return None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if page := self.at_hand(environ):
            return answer(page, environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._pass_on(environ, start_response)
        return self._look(environ, start_response)

    def _is_apart(self, environ: Environ) -> bool:
        """Whether it is the site's alone, whatever becomes of the database."""
        if environ.get("HTTP_HOST", "") not in self._hosts:
            return True
        insecure = self._asks_for_https and self._insecure(environ)
        return insecure or environ["PATH_INFO"].startswith(APART)

    def _pass_on(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """A form, or what else is sent to us."""
        if self._is_apart(environ):
            return self.site(environ, start)
        self.follow()
        if self.log.is_away:
            return self._do_without(environ, start)
        with waiting(READER):
            return self.site(environ, start)

    def _do_without(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """By the site if it can, with the database away; else the word that it cannot, at once: a
        reader who waits for a database that is away waits for nothing."""
        if not away.is_managed(environ["PATH_INFO"]):
            self.refused += 1
            environ[away.REFUSED] = True
        with away.without_database():
            return self.site(environ, start)

    def _look(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Everything but a fresh page in memory, for a reader without a cookie."""
        if self._is_apart(environ):
            return self.site(environ, start)
        self.follow()
        host, path = environ["HTTP_HOST"], environ["PATH_INFO"]
        page = self._find(host, path, environ["QUERY_STRING"])
        is_away = self.log.is_away
        staff = self._staff in environ.get("HTTP_COOKIE", "")
        if page is not None and staff and not is_away:
            with suppress(Error):  # who has just pressed a button sees what it did
                self.log.catch_up()
        number = self.log.number  # before: what is heard meanwhile, the next reader finds out
        since = self.log.stale_since(page) if page else 0.0
        now = time.time()
        if page is not None and (since < 0 or now - page.made > DAY):
            self._drop(page.key)
            page = None
        if page is None:
            return self._do_without(environ, start) if is_away else self._make(None, environ, start)
        if not since and page.fresh_till > now:
            page.checked, page.shown_till, page.used = number, page.fresh_till, now
            self.hits += 1
            return answer(page, environ, start)
        over = [moment for moment in (since, page.until) if moment and moment <= now]
        till = min(over, default=now) + GRACE
        if is_away or not over or (now < till and not staff):
            self.stale += 1
            if not is_away:
                self.refresher.want(page)
                page.checked, page.shown_till = number, till
            return answer(page, environ, start)
        return self._make(page, environ, start)

    def _insecure(self, environ: Environ) -> bool:
        """Whether Django would lead this request on to https."""
        if environ["wsgi.url_scheme"] == "https":
            return False
        trusted = environ.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES
        return not (trusted and environ.get("HTTP_X_FORWARDED_PROTO") == "https")

    def _find(self, host: str, path: str, query: str) -> Page | None:
        if query:
            known = self._known.get((host, path))
            if known is None:
                return None
            query = canonical(query, known)
        key = (host, path, query)
        if (page := self.memory.pages.get(key)) is None and (page := self.store.get(key)):
            self.memory.put(page)
        return page

    def _drop(self, key: Key) -> None:
        self.memory.drop(key)
        self.store.drop(key)

    def _make(self, old: Page | None, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """By the site. What it would store is stored; where it fails, the old page stands in."""
        than = old.made if old else 0.0
        host, path = environ["HTTP_HOST"], environ["PATH_INFO"]
        with self._making(host, path, than) as making:
            status, headers, body, page = self._ask(making, environ)
        if page is not None:
            return answer(page, environ, start)
        if making.lifetime is not None:
            self.witness.note(making.key, failed=status[:1] == "5")
        if old is not None and status[:1] == "5":
            self.stale += 1
            return answer(old, environ, start)
        start(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body

    def _making(self, host: str, path: str, than: float) -> Making:
        return Making(self.memory, self.parts, self.store, self.log, host, path, than=than)

    def _store(
        self, making: Making, status: str, headers: Headers, body: Iterable[bytes]
    ) -> Page | None:
        """The page, if the view let it be stored and nothing in the answer forbids it."""
        if making.lifetime is None or int(status[:3]) not in STORED or not isinstance(body, list):
            return None
        if not self.store.keeps:
            return None
        if sum(map(len, body)) > MOST:
            return None
        said = {name.lower(): value for name, value in headers}
        private = any(word in said.get("cache-control", "") for word in ("no-store", "private"))
        if "set-cookie" in said or private or "cookie" in said.get("vary", "").lower():
            return None
        page = Page.of(
            making.key, status=status, headers=headers, body=b"".join(body), tags=making.seen.tags,
            as_of=making.as_of, made=making.made, until=making.seen.until,
            lifetime=making.lifetime, cache_control=CACHE_CONTROL,
            carried=headers_for(making.seen.tags), packing=making.packing,
        )  # fmt: skip
        self.made += 1
        self.from_replica += making.from_replica
        self.store.put(page)
        self._learn(making, page)
        return page

    def _learn(self, making: Making, page: Page) -> None:
        self.memory.put(page)
        self.witness.note(page.key, failed=False)
        if len(self._known) > 20_000:
            self._known.clear()
        self._known[making.key[:2]] = making.allowed

    def _hear(self, news: list[Entry]) -> None:
        self.witness.hear(news)

    def _make_anew(self, key: Key, than: float) -> None:
        try:
            with self._making(*key[:2], than) as making:
                status, _headers, _body, page = self._ask(making, environ_of(key))
        except Exception:
            self.witness.note(key, failed=True)
            raise
        if page is None and status[:1] in "34":
            self._drop(key)  # it has moved or is gone: the site tells the next reader
        self.witness.note(key, failed=page is None and status[:1] == "5")

    def _ask(
        self, making: Making, environ: Environ
    ) -> tuple[str, Headers, Iterable[bytes], Page | None]:
        """The site's answer, and the page that stands for it if there is one."""
        environ[MAKING] = making
        status, headers, body = _run(self.site, environ)
        if making.from_replica and status[:1] == "5":
            making.leave_replica()
            status, headers, body = _run(self.site, environ)
        if making.page is not None:  # somebody else was quicker
            self._learn(making, making.page)
            return status, headers, body, making.page
        return status, headers, body, self._store(making, status, headers, body)


def _run(site: Application, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
    """Status, headers and body; a body that is sent as it is made stays as it is."""
    said: list[Any] = []

    def start(status: str, headers: Headers, exc_info: object = None) -> None:
        said[:] = [status, headers]

    response: Any = site(environ, start)
    if getattr(response, "streaming", False) or hasattr(response, "filelike"):
        return said[0], said[1], response
    body = list(response)
    response.close()
    return said[0], said[1], body


def _hosts() -> frozenset[str]:
    """The hosts whose pages are stored, as browsers name them; a pattern allows no storing."""
    ports = {urlsplit(settings.SITE_URL).port, settings.PORT} - {None}
    plain = [host for host in settings.ALLOWED_HOSTS if host[:1] not in (".", "*")]
    return frozenset([*plain, *(f"{host}:{port}" for host in plain for port in ports)])
