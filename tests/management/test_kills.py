"""`kill -9` while articles are saved and published: each is wholly live or wholly a draft after."""

import http.client
import json
import os
import random
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.conftest import rounds
from tests.management.conftest import empty_paper
from tests.management.sites import Paper, Serving, eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper of the drills' own: what they publish is in nobody's way."""
    with empty_paper(tmp_path_factory.mktemp("drilled")) as made:
        yield made


@pytest.fixture(scope="module")
def site(paper: Paper) -> Iterator[Serving]:
    serving = paper.serve().wait_until_announced()
    yield serving
    serving.stop()


def inside(paper: Paper, call: str) -> dict[str, Any]:
    """What a function of tests.management.halves prints, run with the paper's own database."""
    done = paper.manage(
        "shell", "--no-imports", "-c", f"from tests.management import halves; halves.{call}"
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


class Fields(HTMLParser):
    """The fields of a form as a browser would send them, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.menu = self.area = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "select":
            self.menu = name
        elif tag == "textarea":
            self.area, self.text = name, []
        elif tag == "option" and self.menu and "selected" in known:
            self.sent.append((self.menu, known.get("value", "")))
        elif tag != "input" or not name or kind in {"submit", "button", "file"}:
            return
        elif kind not in {"checkbox", "radio"} or "checked" in known:
            self.sent.append((name, known.get("value", "")))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.sent.append((self.area, "".join(self.text).removeprefix("\n")))
            self.area = ""
        elif tag == "select":
            self.menu = ""


class Desk:
    """An editor's browser at a served paper: opens a form and sends it back."""

    def __init__(self, site: Serving, cookie: str) -> None:
        self.site, self.cookie = site, cookie

    def open(self, article: int, headline: str, button: str) -> str:
        """The form as it would be sent, under a new headline."""
        status, headers, page = self.site.ask(self._path(article), Cookie=self.cookie)
        assert status == 200, page[:500]
        token = re.search(r"csrftoken=[^;]+", headers.get("set-cookie", ""))
        if token and "csrftoken" not in self.cookie:
            self.cookie += f"; {token[0]}"
        form = Fields()
        form.feed(page)
        fields = [(name, value) for name, value in form.sent if name != "headline"]
        return urlencode([*fields, ("headline", headline), (button, "1")])

    def send(self, article: int, body: str) -> int:
        """The status of the answer; OSError or HTTPException when it is cut off."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        try:
            connection.request(
                "POST", self._path(article), body,
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie},
            )  # fmt: skip
            return connection.getresponse().status
        finally:
            connection.close()

    def send_unless_killed(self, article: int, body: str) -> None:
        with suppress(OSError, http.client.HTTPException):
            self.send(article, body)

    def _path(self, article: int) -> str:
        return f"/admin/articles/article/{article}/change/"


def test_a_web_worker_killed_while_saving_and_publishing_leaves_nothing_half_done(
    paper: Paper, site: Serving
) -> None:
    times = rounds(2, 50)
    scene = inside(paper, f"stage({times + 2})")
    desk, (first, second, *drafts) = Desk(site, scene["cookie"]), scene["ids"]
    assert desk.send(first, desk.open(first, "Warm", "_publish")) == 302
    body, begun = desk.open(second, "Measured", "_publish"), time.monotonic()
    assert desk.send(second, body) == 302
    takes = time.monotonic() - begun
    for number, article in enumerate(drafts):
        button = "_continue" if number % 5 == 4 else "_publish"
        body = desk.open(article, f"Sent {number}", button)
        before = site.pids("web worker")
        sending = threading.Thread(target=desk.send_unless_killed, args=(article, body))
        sending.start()
        time.sleep(random.uniform(0, takes * 1.1))
        for pid in before:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        sending.join(25)
        # How soon it is back is promised and tried in test_serve.py; here the machine may be busy.
        eventually(lambda: site.pids("web worker") - before, 40)  # noqa: B023
        eventually(site.answers, 40, "no answer after a web worker was killed")
    found = inside(paper, f"look({scene['ids']})")
    assert found["wrong"] == []
    for article in drafts:  # what was sent is there with its revision, or nothing of it
        assert found["versions"][str(article)] in {1, 2}
        if found["states"][str(article)] == "live":
            assert found["versions"][str(article)] == 2
    if times > 20:  # or no moment was in the middle of the work
        assert {found["states"][str(article)] for article in drafts} == {"live", "draft"}


def test_a_killed_tick_publishes_every_planned_article_once(paper: Paper, site: Serving) -> None:
    times = rounds(2, 50)
    scene = inside(paper, f"plan({times * 4}, 0.5)")
    for _round in range(times):
        time.sleep(random.uniform(0, 2))
        for pid in site.pids("tick"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        eventually(lambda: site.pids("tick"), 40, "the tick is not back")

    def settled() -> dict[str, Any] | None:
        found = inside(paper, f"look({scene['ids']})")
        assert found["wrong"] == []
        return None if found["planned"] else found

    found = eventually(settled, 60, "planned articles were not published")
    assert set(found["states"].values()) == {"live"}
