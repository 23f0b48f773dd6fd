"""The publish proof with real web processes: served, stopped, killed, and on another machine."""

import http.client
import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.management.conftest import empty_paper
from tests.management.sites import Paper, Serving, eventually
from tests.management.test_kills import Desk, inside

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.xdist_group("proved"),  # they share two servers
]

SHOWN = ("/", "/city/")


@dataclass
class Newsroom:
    """Readers' web processes, an editor at a server of its own, and drafts to publish."""

    paper: Paper
    readers: Serving
    desk: Desk
    drafts: list[int]

    def publish(self, headline: str) -> "Landed":
        """By the form's button; what the editor is shown after it."""
        article = self.drafts.pop()
        body = self.desk.open(article, headline, "_publish")
        path = f"/admin/articles/article/{article}/change/"
        message = sent(self.desk, path, body)
        page = self.desk.site.ask(path, Cookie=f"{self.desk.cookie}; {message}")[2]
        [line] = re.findall(r'data-proof="([^"]+)"', page)
        return Landed(self.desk, line)


def sent(desk: Desk, path: str, body: str) -> str:
    """The cookie in which the answer to a form keeps its messages."""
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": desk.cookie}
    connection = http.client.HTTPConnection("127.0.0.1", desk.site.port, timeout=20)
    try:
        connection.request("POST", path, body, kind)
        answer = connection.getresponse()
        assert answer.status == 302
        cookies = [text for name, text in answer.getheaders() if name.lower() == "set-cookie"]
        [message] = [text.partition(";")[0] for text in cookies if text.startswith("messages=")]
        return message
    finally:
        connection.close()


@dataclass
class Landed:
    desk: Desk
    line: str

    def says(self) -> dict[str, Any]:
        status, _headers, text = self.desk.site.ask(self.line, Cookie=self.desk.cookie)
        assert status == 200, text[:300]
        found: dict[str, Any] = json.loads(text)
        return found

    def details(self) -> str:
        path = self.line.removesuffix("line/")
        return self.desk.site.ask(path, Cookie=self.desk.cookie)[2]

    def wait(self) -> str:
        """What it says when it is done."""
        eventually(lambda: self.says()["done"], 30, f"never done: {self.says()}")
        return str(self.says()["html"])


def read_by_all(site: Serving, times: int = 30) -> list[str]:
    """The pages as every process of the site shows them: Linux spreads the readers."""
    return [site.ask(path)[2] for path in SHOWN for _time in range(times)]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with empty_paper(tmp_path_factory.mktemp("proved")) as paper:
        scene = inside(paper, "stage(7)")
        readers = paper.serve("--web-only", "--workers", "2")
        # Of its own, because readers of a process that is stopped wait for it.
        editors = paper.serve("--web-only", "--workers", "1")
        try:
            readers.wait_until_announced()
            editors.wait_until_announced()
            room = Newsroom(paper, readers, Desk(editors, scene["cookie"]), scene["ids"])
            room.publish("First")  # so that the pages show stories
            yield room
        finally:
            readers.stop()
            editors.stop()


def test_after_publishing_every_page_that_readers_had_open_is_confirmed(newsroom: Newsroom) -> None:
    read_by_all(newsroom.readers)
    landed = newsroom.publish("Tram line opens")
    assert landed.wait() == "2 pages refreshed, 2 confirmed.\n"
    # Unasked: no reader waits for what readers had open.
    eventually(lambda: landed.details().count("the new one, made after") == 2, 20)
    assert all("Tram line opens" in page for page in read_by_all(newsroom.readers))
    details = landed.details()
    assert all(f'<a href="{path}">' in details for path in SHOWN)
    for pid in newsroom.readers.pids("web worker"):
        assert f"{pid} on " in details


def test_a_process_that_is_stopped_is_named_and_its_pages_confirmed_when_it_goes_on_or_dies(
    newsroom: Newsroom,
) -> None:
    for signal_sent in (signal.SIGCONT, signal.SIGKILL):
        read_by_all(newsroom.readers)
        stopped = min(newsroom.readers.pids("web worker"))
        os.kill(stopped, signal.SIGSTOP)
        try:
            landed = newsroom.publish(f"Published, then {signal_sent.name}")
            named = f"Late: web process {stopped} on "
            eventually(lambda: named in landed.says()["html"], 20, "it is not named")  # noqa: B023
            said = landed.says()
            assert (said["late"], said["done"]) == (True, False)
            assert said["html"].startswith("2 pages refreshed, 0 confirmed so far.")
        finally:
            os.kill(stopped, signal_sent)
        assert landed.wait() == "2 pages refreshed, 2 confirmed.\n"


def test_another_machine_is_asked_too(newsroom: Newsroom, tmp_path: Path) -> None:
    if "DATABASE_URL" not in newsroom.paper.settings:
        pytest.skip("machines share PostgreSQL")
    other = Paper(tmp_path, newsroom.paper.settings)
    assert other.manage("prepare").returncode == 0
    elsewhere = other.serve("--web-only", "--workers", "1")
    try:
        elsewhere.wait_until_announced()
        read_by_all(newsroom.readers)
        elsewhere.ask("/")
        elsewhere.ask("/about-us/")
        [there] = elsewhere.pids("web worker")
        landed = newsroom.publish("Told on both")
        assert landed.wait() == "2 pages refreshed, 2 confirmed.\n"
        assert f"{there} on " in landed.details()
        assert "Told on both" in elsewhere.ask("/")[2]
        os.kill(there, signal.SIGSTOP)
        landed = newsroom.publish("Told on one")
        eventually(lambda: f"web process {there} on " in landed.says()["html"], 20)
    finally:
        os.kill(there, signal.SIGCONT)
        elsewhere.stop()
    assert landed.wait() == "2 pages refreshed, 2 confirmed.\n"
