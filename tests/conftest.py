"""The cast and the stage: the same people and the same small paper in every test."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django_tasks_db.management.commands import db_worker
from pytest_django import Settings

from newsroom.accounts import roles
from newsroom.accounts.models import User
from newsroom.media import typesetting
from tests.demo_paper import on_the_stage as on_the_stage
from tests.demo_paper import paper as paper
from tests.demo_paper import seeded as seeded
from tests.division import SLOW
from tests.management.sites import server
from tests.migrated import django_db_modify_db_settings as django_db_modify_db_settings

AT_ONCE = 4
# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def of_this_worker(redis_url: str) -> str:
    """The address of a database in Redis that no other worker of this run uses."""
    base, _slash, number = redis_url.rpartition("/")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"{base}/{int(number) + worker}"


@pytest.fixture(autouse=True)
def _nothing_left_over(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Memory caches outlive a rolled-back database; files go to the test's own folder."""
    if settings.REDIS_URL:
        # No roll-back empties Redis, and one worker must not empty what another counts in.
        settings.REDIS_URL = of_this_worker(settings.REDIS_URL)
        own = {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}
        settings.CACHES = {**settings.CACHES, "default": own}
        caches["default"].clear()
    caches["local"].clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path
    settings.COSTLY_AT_ONCE = 100  # this is no web process with a few threads
    yield
    caches["local"].clear()


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """After a test with transactions of its own. TRUNCATE waits for the disk at every table."""
    if connection.vendor != "postgresql":
        yield
        return

    def deleted(self: Any, style: Any, tables: list[str], **_options: bool) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", deleted)
        yield


def person(role: str | None, name: str, **fields: object) -> User:
    """A member of staff with one role; the password is `a-long-password`."""
    user = User.objects.create_user(
        f"{name.split()[0].lower()}@paper.test", "a-long-password", name=name,
        **{"is_staff": True, **fields},
    )  # fmt: skip
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def chief(db: None) -> User:
    return person(roles.CHIEF, "Chiara Chief")


@pytest.fixture
def editor(db: None) -> User:
    return person(roles.SECTION_EDITOR, "Edith Editor")


@pytest.fixture
def reporter(db: None) -> User:
    return person(roles.REPORTER, "Rami Reporter")


@pytest.fixture
def letters(db: None) -> User:
    return person(roles.NEWSLETTER_EDITOR, "Leah Letters")


@pytest.fixture
def service(db: None) -> User:
    return person(roles.CUSTOMER_SERVICE, "Sefa Service")


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which this person is logged in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def run_tasks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Run everything queued, as the worker would."""
    # Between tasks the worker drops its connection; here that one holds the test's transaction.
    monkeypatch.setattr(f"{db_worker.__name__}.close_old_connections", lambda: None)

    def run() -> None:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*")

    return run


@pytest.fixture
def crowd(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., list[Any]]]:
    """Calls a function in several threads at once; SQLite's memory is copied to a file for them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "shared.sqlite3")])
        monkeypatch.setitem(
            connections.settings["default"], "NAME", str(tmp_path / "shared.sqlite3")
        )

    def run(deed: Callable[[], Any], times: int = AT_ONCE) -> list[Any]:
        gate, results = threading.Barrier(times), []

        def one() -> None:
            try:
                connection.ensure_connection()
                gate.wait(30)
                results.append(deed())
            except Exception as error:
                results.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    yield run
    monkeypatch.undo()


def rounds(few: int, many: int) -> int:
    """How often a kill or a race is tried: `few` times in the suite, `many` in `make drill`."""
    return many if os.environ.get("DRILL") else few


def cases(*always: Any, drill: Iterable[Any]) -> list[Any]:
    """Of a matrix: these in the suite, in `make drill` all of it."""
    return [*always, *(drill if os.environ.get("DRILL") else ())]


def part(matrix: Iterable[Any], step: int) -> list[Any]:
    """Of a long matrix: every so manieth in the suite, in `make drill` all of it.

    Where the step divides neither side of a product, every row and every column is tried."""
    return list(matrix)[:: rounds(step, 1)]


# Proofs of the proofs, which take long.
in_drill = pytest.mark.skipif(not os.environ.get("DRILL"), reason="make drill")

# Width and colours in which pages are judged: each once in the suite, all pairs in `make drill`.
PHONE, WIDE = (390, "dark"), (1440, "light")
LOOKS = cases(PHONE, WIDE, drill=[(390, "light"), (1440, "dark")])


def judged(once: tuple[int, str]) -> list[tuple[int, str]]:
    """Pages of the desk, which share a style sheet: in one look, in a drill in all."""
    return cases(once, drill=[look for look in LOOKS if look != once])


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in SLOW has the mark, so that `-m "not slow"` leaves it out anywhere."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_configure(config: pytest.Config) -> None:
    """Tests run as `NEWSROOM_ENV=test`; anything else would use real data."""
    if os.environ.get("NEWSROOM_ENV") != "test":
        raise pytest.UsageError("Run the tests with NEWSROOM_ENV=test (make quick, make test).")
    assert settings.TESTING


def _left_out() -> list[str]:
    """What this machine keeps the suite from showing, in plain words."""
    missing = []
    if not os.environ.get("TEST_POSTGRES_URL"):
        missing.append("PostgreSQL: TEST_POSTGRES_URL is not set, so only SQLite was tried.")
    if not os.environ.get("TEST_REDIS_URL"):
        missing.append("Redis: TEST_REDIS_URL is not set, so the shared cache was the database.")
    if not server("redis-server"):
        missing.append("Stored pages in Redis: there is no redis-server.")
    if not browser_path():
        missing.append("Browser journeys: no Chromium was found.")
    if not nu_checker():
        missing.append("The Nu HTML checker: no Java, or no npm to fetch it with.")
    for name in ("nginx", "varnishd"):
        if not server(name):
            missing.append(f"The configuration for {name.rstrip('d')}: it is not installed.")
    if not server("systemd-analyze"):
        missing.append("The units for systemd: systemd-analyze is not installed.")
    if not server("pgbouncer"):
        missing.append("A pool of connections: PgBouncer is not installed.")
    if not typesetting.SHAPES:
        missing.append("Share cards from right to left: Pillow found no FriBidi.")
    return missing


def browser_path() -> str | None:
    """The system's Chromium; the one without a window only where it is the only one."""
    names = ("chromium", "chromium-browser", "chrome", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, names)), None)


def nu_checker() -> bool:
    """Whether valid HTML can be proved here."""
    return bool(shutil.which("java") and shutil.which("npm"))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("REQUIRE_ALL") and _left_out() and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in _left_out():
        terminalreporter.write_line(f"Left out: {sentence}")
