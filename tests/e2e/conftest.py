"""One real site for all journeys: the demo newspaper behind `manage.py serve`, and Chromium."""

import fcntl
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from math import inf
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.conftest import browser_path
from tests.management.sites import free_port

ROOT = Path(__file__).parents[2]
# On PostgreSQL, when JOURNEYS_POSTGRES_URL names a server (`make drill`); else SQLite.
DATABASE = "newsroom_journeys"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
WIDTHS = {"phone": 390, "desktop": 1440}
# Seconds for which a log-in serves further journeys; after some minutes the desk asks again.
FRESH = 120
# What playwright itself turns off, for the list is the last one given; and the two pages that each
# window loads for its address bar, which nobody sees: a third of what a window costs.
TURNED_OFF = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    f"--disable-features={','.join(TURNED_OFF)}",
]  # fmt: skip


@dataclass
class Site:
    """A running demo site: its address, its data folder and its mail."""

    url: str
    data: Path

    def story(self, named: str) -> str:
        """The path of an article named "section/slug", whatever its id here."""
        section, _slash, slug = named.partition("/")
        with urllib.request.urlopen(f"{self.url}/{section}/", timeout=15) as page:
            [path, *_again] = re.findall(rf'href="(/{section}/{slug}-\d+/)"', page.read().decode())
        return str(path)

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
    environment = _environment(data, f"http://localhost:{free_port()}")
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


def a_moment_later(reader: Page) -> Page:
    """When a change has reached every reader: a stored page may be shown for a second more."""
    reader.wait_for_timeout(1500)
    return reader


def hold_back(page: Page, pattern: str) -> list[Route]:
    """What the page asks for under these addresses from now on; `continue_()` each when it may."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))
    return held


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
    """A fresh browser window; keywords as in playwright's `new_context`.

    What a journey sees comes from the site, not from the paper's worker, unless it lets that in.
    """
    opened: list[BrowserContext] = []

    def make(width: int = 1440, scheme: str = "light", **options: object) -> BrowserContext:
        options = {"service_workers": "block", **options}
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, tuple[float, list[Any]]]:
    """When somebody logged in, and the cookies of it: hashing a password takes half a second."""
    return {}


@pytest.fixture
def log_in(
    site: Site, sessions: dict[str, tuple[float, list[Any]]]
) -> Callable[[BrowserContext, str], Page]:
    """A page of the admin in which one of the demo's accounts, or an address, is logged in."""

    def enter(context: BrowserContext, who: str) -> Page:
        page = context.new_page()
        since, cookies = sessions.get(who, (-inf, []))
        if time.monotonic() - since < FRESH:
            context.add_cookies(cookies)
        page.goto(f"{site.url}/admin/")
        if "/login/" in page.url:
            page.fill("input[name=login]", who if "@" in who else f"{who}@demo.test")
            page.fill("input[name=password]", "newsroom-demo")
            page.press("input[name=password]", "Enter")
            page.wait_for_url(f"{site.url}/admin/**")
            sessions[who] = time.monotonic(), context.cookies()
        return page

    return enter


@pytest.fixture(scope="session")
def strangers() -> list[str]:
    """Addresses of section editors nobody has been yet: a command that makes them takes seconds."""
    return []


@pytest.fixture
def newcomer(site: Site, strangers: list[str]) -> str:
    """The address of a section editor of this journey's own: what is kept for them is theirs."""
    if not strangers:
        strangers += [f"{secrets.token_hex(6)}@demo.test" for _one in range(12)]
        code = (
            "from newsroom.accounts.models import User\n"
            "from django.contrib.auth.hashers import make_password\n"
            "from django.contrib.auth.models import Group\n"
            "password = make_password('newsroom-demo')\n"
            "group = Group.objects.get(name='Section editor')\n"
            f"for email in {strangers!r}:\n"
            "    user = User(email=email, password=password, name='New', is_staff=True)\n"
            "    user.save()\n"
            "    user.groups.add(group)\n"
        )
        subprocess.run(
            [*MANAGE, "shell", "--no-imports", "-c", code],
            env=_environment(site.data, site.url), check=True, capture_output=True,
        )  # fmt: skip
    return strangers.pop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey in a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
