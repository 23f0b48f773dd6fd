"""An empty paper, made once, and the site that serves it."""

import os
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.management.sites import Paper, Serving


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
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


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory, database: str) -> Paper:
    """What `DEMO=0 make run` makes before it serves."""
    settings = {"DATABASE_URL": database} if database else {}
    made = Paper(tmp_path_factory.mktemp("paper"), settings)
    done = made.manage("prepare")
    assert done.returncode == 0, done.stderr
    return made


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
