"""One real site for all journeys: the demo newspaper behind `manage.py serve`, and Chromium."""

import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import browser_path

ROOT = Path(__file__).parents[2]
# On PostgreSQL, when JOURNEYS_POSTGRES_URL names a server (`make drill`); else SQLite.
DATABASE = "newsroom_journeys"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
WIDTHS = {"phone": 390, "desktop": 1440}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@dataclass
class Site:
    """A running demo site: its address, its data folder and its mail."""

    url: str
    data: Path

    def mails(self, to: str) -> list[str]:
        """The text of every mail sent to this address so far, oldest first."""
        found = []
        for path in sorted(self.data.glob("outbox/*"), key=lambda p: p.stat().st_mtime):
            for raw in path.read_bytes().split(b"-" * 79 + b"\n"):
                mail = message_from_bytes(raw.strip(), policy=policy.default)
                if mail["To"] and to in mail["To"]:
                    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
                    found.append(body.get_content() if body else "")
        return found

    def wait_for_mail(self, to: str, count: int = 1, seconds: float = 30) -> str:
        """The newest mail once there are `count`; AssertionError when the time is over."""
        deadline = time.monotonic() + seconds
        while len(mails := self.mails(to)) < count:
            assert time.monotonic() < deadline, f"{len(mails)} of {count} mails to {to}"
            time.sleep(0.3)
        return mails[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`prepare --demo` and `serve` in a folder of their own, as `make run` does it.

    One site for all workers of a run: the first who asks starts it, the last who leaves ends it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "site"
    folder.mkdir(exist_ok=True)
    register = folder / "register.json"
    with _alone(folder):
        known = json.loads(register.read_text()) if register.exists() else _start(folder)
        register.write_text(json.dumps({**known, "users": known["users"] + 1}))
    yield Site(known["url"], folder)
    with _alone(folder):
        known = json.loads(register.read_text())
        known["users"] -= 1
        register.write_text(json.dumps(known))
        if known["users"] == 0:
            os.kill(known["pid"], signal.SIGTERM)
            register.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other worker is in here at the same time."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# Kept, because a forgotten process object complains that its process still runs.
_started: list["subprocess.Popen[bytes]"] = []


def _environment(data: Path, url: str) -> dict[str, str]:
    """What a command needs to know to work on the site."""
    own = {"DATABASE_URL", "REDIS_URL"}
    server = os.environ.get("JOURNEYS_POSTGRES_URL")
    return {
        **{key: value for key, value in os.environ.items() if key not in own},
        **({"DATABASE_URL": f"{server.rpartition('/')[0]}/{DATABASE}"} if server else {}),
        "NEWSROOM_ENV": "demo",
        "NEWSROOM_DATA_DIR": str(data),
        "PORT": url.rpartition(":")[2],
        "SITE_URL": url,
    }


def _start(data: Path) -> dict[str, Any]:
    """A seeded site that answers; what the register keeps of it."""
    environment = _environment(data, f"http://localhost:{_free_port()}")
    if server := os.environ.get("JOURNEYS_POSTGRES_URL"):
        _empty_database(server)
    subprocess.run([*MANAGE, "prepare", "--demo"], env=environment, check=True)
    with (data / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [*MANAGE, "serve"], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    _started.append(server)
    _wait_until_up(environment["SITE_URL"], server, data)
    return {"url": environment["SITE_URL"], "pid": server.pid, "users": 0}


def _empty_database(server: str) -> None:
    """The journeys' own database on this PostgreSQL, made anew; the one named is not touched."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()


def _wait_until_up(url: str, server: "subprocess.Popen[bytes]", data: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, (data / "serve.log").read_text()
        try:
            urllib.request.urlopen(f"{url}/about-us/", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError((data / "serve.log").read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser; playwright's own cannot be downloaded everywhere."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh browser window; keywords as in playwright's `new_context`."""
    opened: list[BrowserContext] = []

    def make(width: int = 1440, scheme: str = "light", **options: object) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def log_in(site: Site) -> Callable[[BrowserContext, str], Page]:
    """A page of the admin in which one of the demo's accounts, or an address, is logged in."""

    def enter(context: BrowserContext, who: str) -> Page:
        page = context.new_page()
        page.goto(f"{site.url}/admin/")
        page.fill("input[name=login]", who if "@" in who else f"{who}@demo.test")
        page.fill("input[name=password]", "newsroom-demo")
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{site.url}/admin/**")
        return page

    return enter


@pytest.fixture
def newcomer(site: Site) -> str:
    """The address of a section editor of this journey's own: what is kept for them is theirs."""
    email = f"{secrets.token_hex(6)}@demo.test"
    code = (
        "from newsroom.accounts.models import User; from django.contrib.auth.models import Group;"
        f"user = User.objects.create_user({email!r}, 'newsroom-demo', name='New', is_staff=True);"
        "user.groups.add(Group.objects.get(name='Section editor'))"
    )
    subprocess.run(
        [*MANAGE, "shell", "--no-imports", "-c", code],
        env=_environment(site.data, site.url), check=True, capture_output=True,
    )  # fmt: skip
    return email


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey in a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
