"""Mail server, hub and cache in front never answer: row F20 of what the site survives."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from tests.conftest import rounds
from tests.management.conftest import empty_paper
from tests.management.readers import crowd_at, inside, opened_newsletter
from tests.management.sites import Paper, eventually
from tests.management.test_kills import Desk
from tests.post_office import a_post_office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
STAGE = "from tests.management import halves; halves.stage({count})"
# As the next attempt comes, a minute and more later.
LATER = """
from datetime import timedelta
from django.db.models import F
from django_tasks_db.models import DBTaskResult
rows = DBTaskResult.objects.filter(status="FAILED")
rows.update(finished_at=F("finished_at") - timedelta(hours=1))
print("[]")
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    with empty_paper(tmp_path_factory.mktemp("alone")) as made:
        yield made


class Silent:
    """Takes connections and says nothing."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.held: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self.held.append(self._listener.accept()[0])

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for one in (self._listener, *self.held):
            one.close()


@contextmanager
def somebody_silent() -> Iterator[Silent]:
    silent = Silent()
    try:
        yield silent
    finally:
        silent.close()


def test_nobody_waits_for_a_third_party_that_is_silent_and_what_it_missed_comes_later(
    paper: Paper,
) -> None:
    form = opened_newsletter(paper)
    scene: Any = inside(paper, STAGE.format(count=rounds(3, 20)))
    with somebody_silent() as silent:
        nowhere = f"http://127.0.0.1:{silent.port}"
        site = paper.serve(
            EMAIL_URL=f"smtp://127.0.0.1:{silent.port}", EMAIL_TIMEOUT="1",
            VARNISH_URLS=nowhere, WEBSUB_HUB=f"{nowhere}/hub",
        ).wait_until_announced()  # fmt: skip
        try:
            desk = Desk(site, scene["cookie"])
            eventually(lambda: site.ask("/")[0] == 200, 20)
            with crowd_at(site, "/", "/opinion/", readers=2) as read:
                took = []
                for article in scene["ids"]:
                    body = desk.open(article, f"Out {article}", "_publish")
                    began = time.monotonic()
                    assert desk.send(article, body) == 302
                    took.append(time.monotonic() - began)
                assert min(took) < 4  # the silent one is given up after five
                sent = site.send("/newsletter/", {**form, "email": "reader@post.example"})
                assert sent[0] == 303
                eventually(
                    lambda: _says_what_fails(site.ask("/admin/", Cookie=scene["cookie"])[2]), 60
                )
            assert set(read) == {200}
            assert silent.held
        finally:
            site.stop()
    inside(paper, LATER)
    with a_post_office() as box:
        site = paper.serve(EMAIL_URL=f"smtp://127.0.0.1:{box.port}").wait_until_announced()
        try:
            eventually(lambda: box.readers == ["reader@post.example"], 60, "no mail")
        finally:
            site.stop()


def _says_what_fails(desk: str) -> bool:
    """Whether the desk names the mail and the cache that were not reached."""
    return "confirmation" in desk and "tell the caches" in desk
