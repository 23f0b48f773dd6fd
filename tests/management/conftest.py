"""An empty paper, made once, and the site that serves it."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.management.sites import Paper, Serving


@contextmanager
def own_database() -> Iterator[str]:
    """The address of a PostgreSQL database of our own in a run on PostgreSQL, else nothing."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"operating_{uuid.uuid4().hex[:12]}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@contextmanager
def empty_paper(folder: Path) -> Iterator[Paper]:
    """What `DEMO=0 make run` makes before it serves."""
    with own_database() as database:
        made = Paper(folder, {"DATABASE_URL": database} if database else {})
        done = made.manage("prepare")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper in which nobody writes: it stays empty."""
    with empty_paper(tmp_path_factory.mktemp("paper")) as made:
        yield made


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
