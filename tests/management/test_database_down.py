"""While the database is away readers get a 503 that says so; afterwards all goes on by itself."""

import json
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import rounds
from tests.management.sites import ROOT, Paper, Serving, eventually, free_port

PRODUCTION = {"NEWSROOM_ENV": "production", "SECRET_KEY": "a-key-for-one-test-" + "x" * 32}


def assert_back_in_a_moment(site: Serving, path: str = "/", **more: str) -> None:
    status, headers, text = site.ask(path, **more)
    assert status == 503
    assert headers["retry-after"] == "30"
    assert headers["cache-control"] == "no-store"
    assert "The presses are stopped for a moment." in text
    assert "set-cookie" not in headers


def without_database(tmp_path: Path, url: str, **more: str) -> Paper:
    """A production site whose static files were collected and whose database is elsewhere."""
    static = tmp_path / "static"
    static.mkdir()
    ours = [path.relative_to(ROOT / "static") for path in (ROOT / "static").rglob("*.*")]
    names = {name.as_posix(): name.as_posix() for name in ours}
    manifest = {"paths": names, "version": "1.1", "hash": ""}
    (static / "staticfiles.json").write_text(json.dumps(manifest))
    settings = {"SITE_URL": "http://news.example", "DATABASE_URL": url, **PRODUCTION, **more}
    return Paper(tmp_path, settings)


def test_production_starts_without_its_database_and_asks_readers_to_come_back(
    tmp_path: Path,
) -> None:
    url = f"postgres://paper:secret@127.0.0.1:{free_port()}/paper"
    site = without_database(tmp_path, url).serve("--web-only").wait_until_announced()
    try:
        said = site.log.read_text()
        assert "serve: the database does not answer yet" in said
        assert "secret" not in said
        for path in ("/", "/politics/", "/politics/x-1/", "/nowhere/at/all/", "/newsletter/",
                     "/topic/x/", "/feed/"):  # fmt: skip
            assert_back_in_a_moment(site, path, Host="news.example")
        cookie = "sessionid=" + "a" * 32
        assert_back_in_a_moment(site, "/admin/", Host="news.example", Cookie=cookie)
    finally:
        site.stop()


def test_a_database_file_that_cannot_be_opened_asks_readers_to_come_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'paper.sqlite3'}"
    paper = without_database(tmp_path, url)
    done = paper.manage(
        "shell", "--no-imports", "-c",
        "from django.test import Client\n"
        "client = Client(raise_request_exception=False, headers={'host': 'news.example'})\n"
        "for path in ('/', '/politics/', '/feed/'):\n"
        "    answer = client.get(path)\n"
        "    print(answer.status_code, answer.get('Retry-After'))\n",
    )  # fmt: skip
    assert done.stdout == "503 30\n" * 3, done.stderr


def test_any_other_fault_is_a_500_that_no_cache_keeps(tmp_path: Path) -> None:
    paper = without_database(tmp_path, "sqlite://:memory:")
    done = paper.manage(
        "shell", "--no-imports", "-c",
        "from django.test import Client\n"
        "import newsroom.pages.context as context\n"
        "context.site.__code__ = (lambda request: 1 / 0).__code__\n"
        "from newsroom import urls\n"
        "from django.urls import path\n"
        "urls.urlpatterns.insert(0, path('fault/', lambda request: 1 / 0))\n"
        "client = Client(raise_request_exception=False, headers={'host': 'news.example'})\n"
        "answer = client.get('/fault/')\n"
        "print(answer.status_code, answer['Cache-Control'], b'our side' in answer.content)\n",
    )  # fmt: skip
    assert done.stdout == "500 no-store True\n", done.stderr


class Relay:
    """Stands between a site and PostgreSQL, and can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self.target, self.port, self.open = (host, port), free_port(), []
        self.listener: socket.socket | None = None
        self._flows = threading.Event()
        self._flows.set()

    def join(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def freeze(self) -> None:
        """From now on the server accepts and never answers."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def cut(self) -> None:
        for end in (self.listener, *self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(self.target)
                self.open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait(60)
                sink.sendall(data)


def seconds(site: Serving, path: str) -> tuple[int, float]:
    """The status, and how long it took."""
    began = time.monotonic()
    return site.ask(path)[0], time.monotonic() - began


def assert_stored_pages_go_on(site: Serving) -> None:
    """For some seconds stored pages come at once and others are refused at once, then all is well
    again: rows F8 and F9 of what the site survives."""
    eventually(lambda: site.ask("/search/")[0] == 503, 5)
    took: list[float] = []
    until = time.monotonic() + rounds(3, 60)
    while time.monotonic() < until:
        for path in ("/", "/opinion/"):
            status, time_taken = seconds(site, path)
            assert status == 200
            took.append(time_taken)
        status, time_taken = seconds(site, "/search/")
        assert status == 503
        assert time_taken < 1
    assert site.ask("/healthz")[0] == 200
    status, time_taken = seconds(site, "/readyz")
    assert status == 503
    assert time_taken < 4  # it waits two seconds for the database to answer
    took.sort()
    assert took[int(len(took) * 0.95)] < 0.3
    assert_back_in_a_moment(site, "/search/")


def all_well(site: Serving) -> bool:
    """Also for who asks for a page that is not stored."""
    try:
        return site.ask("/search/")[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("fault", ["stopped", "frozen"])
def test_readers_read_on_while_postgresql_is_away_and_all_is_well_when_it_comes_back(
    paper: Paper, database: str, fault: str
) -> None:
    if not database:
        pytest.skip("a run on SQLite")
    parts = urlsplit(database)
    relay = Relay(parts.hostname or "", parts.port or 5432)
    relay.join()
    address = parts.netloc.rpartition("@")[0] + f"@127.0.0.1:{relay.port}"
    site = paper.serve("--web-only", DATABASE_URL=parts._replace(netloc=address).geturl())
    try:
        eventually(site.answers, 20)
        eventually(lambda: all(site.ask(path)[0] == 200 for path in ("/", "/opinion/")), 20)
        eventually(lambda: all_well(site), 5)
        (relay.cut if fault == "stopped" else relay.freeze)()
        assert_stored_pages_go_on(site)
        (relay.join if fault == "stopped" else relay.thaw)()
        eventually(lambda: all_well(site), 5)
    finally:
        relay.thaw()
        site.stop()
        relay.cut()


def test_readers_are_answered_again_when_the_sqlite_file_comes_back(
    paper: Paper, database: str
) -> None:
    if database:
        pytest.skip("a run on PostgreSQL")
    own = Paper(paper.data.parent / "away")
    own.data.mkdir()
    file = own.data / "newsroom.sqlite3"
    done = paper.manage("shell", "--no-imports", "-c",
        f"from django.db import connection\nconnection.cursor().execute(\"VACUUM INTO '{file}'\")",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    site = own.serve("--web-only").wait_until_announced()
    try:
        eventually(lambda: all(site.ask(path)[0] == 200 for path in ("/", "/opinion/")), 5)
        os.replace(file, own.data / "aside")
        file.mkdir()
        assert_stored_pages_go_on(site)
        file.rmdir()
        os.replace(own.data / "aside", file)
        eventually(lambda: all_well(site), 5)
    finally:
        site.stop()
