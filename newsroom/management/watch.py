"""What machines that watch this one are told: `/healthz`, `/readyz` and, for a token, `/metrics`.

Asked by the number of the machine rather than the name of the site, over http, and while the
database is away: so it stands around Django and inside the page cache.
"""

import hmac
import json
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from newsroom.cache.answering import Environ, StartResponse
from newsroom.cache.front import Application, Front
from newsroom.cache.pages import Headers
from newsroom.cache.patience import waiting
from newsroom.lib.counters import Counters
from newsroom.management import metrics, readiness

logger = logging.getLogger(__name__)

# Seconds the database has for the questions asked here.
PATIENCE = 1.0
TEXT, JSON = "text/plain; charset=utf-8", "application/json"


class Watched:
    """The site, counting what it answers."""

    def __init__(self, site: Application) -> None:
        self.site = site
        self._stored: Counters | None = None
        self.counters = Counters(("1xx", "2xx", "3xx", "4xx", "5xx", "microseconds"))
        self._counted = dict.fromkeys(self.counters.names, 0)
        self._migrated = False
        self._answers = {
            "/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics,
        }  # fmt: skip

    def inside(self, application: Application) -> None:
        """Tell also what is counted there, if that is the page cache."""
        self._stored = application.counters if isinstance(application, Front) else None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] in self._answers:
            return self._tell(environ, start_response)
        began = time.perf_counter()

        def start(status: str, headers: Headers, exc_info: object = None) -> object:
            self._counted[status[0] + "xx"] += 1
            self._counted["microseconds"] += int((time.perf_counter() - began) * 1e6)
            self.counters.write(self._counted)
            return start_response(status, headers)

        return self.site(environ, start)

    def _tell(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            start("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        status, kind, body = self._answers[environ["PATH_INFO"]](environ)
        start(
            status,
            [
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
        return [] if method == "HEAD" else [body]

    def _healthz(self, environ: Environ) -> tuple[str, str, bytes]:
        """The process answers; nothing else is asked, so that no ill database has it killed."""
        return "200 OK", TEXT, b"ok\n"

    def _readyz(self, environ: Environ) -> tuple[str, str, bytes]:
        """Whether a page can be made here; what is wrong in single words, for anybody may ask."""
        wrong = self._wrong()
        said = {"status": "not ready" if wrong else "ready", "wrong": wrong}
        status = "503 Service Unavailable" if wrong else "200 OK"
        return status, JSON, json.dumps(said).encode() + b"\n"

    def _wrong(self) -> list[str]:
        with _impatient():
            try:
                if not self._migrated:
                    if readiness.pending_migrations():
                        return ["migrations"]
                    self._migrated = True
                return ["database"] if readiness.database_reachable() else []
            except readiness.NotReady:  # newer than this code, which may go on; see rolling deploys
                self._migrated = True
                return []
            except DatabaseError:
                return ["database"]

    def _metrics(self, environ: Environ) -> tuple[str, str, bytes]:
        token = settings.METRICS_TOKEN
        said = environ.get("HTTP_AUTHORIZATION", "")
        if not token or not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
            return "404 Not Found", TEXT, b"Not found.\n"
        with _impatient():
            return "200 OK", metrics.CONTENT_TYPE, metrics.text(self.counters, self._stored)


@contextmanager
def _impatient() -> Iterator[None]:
    """Around questions to the database that no request of Django's is around."""
    close_old_connections()
    try:
        with waiting(PATIENCE):
            yield
    finally:
        close_old_connections()
