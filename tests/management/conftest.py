"""An empty paper, made once, and the site that serves it."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.management.originals import furnished
from tests.management.sites import Paper, Serving

SERVER = os.environ.get("DATABASE_URL", "")
# In the folder of a run, of all its workers: the paper as which all others begin, and in it the
# name of its database.
PREPARED, NAMED = "prepared", "database"


def _on_server(statement: str) -> None:
    connection = psycopg2.connect(SERVER)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@contextmanager
def own_database(like: str = "template1") -> Iterator[str]:
    """The address of a PostgreSQL database of our own in a run on PostgreSQL, else nothing."""
    if not SERVER.startswith("postgres"):
        yield ""
        return
    name = f"operating_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {like}")
    yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def empty_paper(folder: Path) -> Iterator[Paper]:
    """What `DEMO=0 make run` makes before it serves: made once in a run, and copied."""
    first = _prepared(folder)
    shutil.copytree(first, folder, dirs_exist_ok=True)
    for own in (NAMED, "secret-key"):  # a new key is made at the first command
        (folder / own).unlink()
    with own_database(like=(first / NAMED).read_text() or "template1") as database:
        yield Paper(folder, {"DATABASE_URL": database} if database else {})


def _prepared(folder: Path) -> Path:
    workers = [parent for parent in folder.parents if parent.name.startswith("popen-")]
    run = workers[0].parent if workers else folder.parent
    first = run / PREPARED
    with (run / f"{PREPARED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (first / NAMED).exists():
            first.mkdir()
            name, settings = "", {}
            if SERVER.startswith("postgres"):
                name = f"prepared_{uuid.uuid4().hex[:12]}"
                _on_server(f"CREATE DATABASE {name}")
                settings["DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/{name}").geturl()
            done = Paper(first, settings).manage("prepare")
            assert done.returncode == 0, done.stderr
            (first / NAMED).write_text(name)
    return first


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that ends last takes away the database with which the others began."""
    if hasattr(session.config, "workerinput"):
        return
    named = session.config._tmp_path_factory.getbasetemp() / PREPARED / NAMED  # type: ignore[attr-defined]
    if named.exists() and (name := named.read_text()):
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper in which nobody writes: it stays empty."""
    with empty_paper(tmp_path_factory.mktemp("paper")) as made:
        yield made


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper with stories, pictures and consents, for the tests of backups."""
    with empty_paper(tmp_path_factory.mktemp("original")) as made:
        yield furnished(made)


@pytest.fixture(scope="session")
def database(paper: Paper) -> str:
    """The address of its PostgreSQL database; nothing in a run on SQLite."""
    return paper.settings.get("DATABASE_URL", "")


@pytest.fixture(scope="session")
def site(paper: Paper) -> Iterator[Serving]:
    """The empty paper, served for as long as the tests last."""
    serving = paper.serve().wait_until_announced()
    yield serving
    serving.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that need the served paper share it: one worker runs them."""
    for item in items:
        shares = {"site", "paper"} & set(getattr(item, "fixturenames", ()))
        if shares and "tests/management/" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("served"))
