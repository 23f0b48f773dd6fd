"""The paper behind PgBouncer in transaction mode, with three connections for all of its processes.

Each transaction gets another of the three: what would outlive one goes wrong at once.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.management.conftest import own_database
from tests.management.pools import CONNECTIONS, Pool, a_pool
from tests.management.sites import Paper, Serving, eventually
from tests.management.test_database_down import all_well, assert_stored_pages_go_on

pytestmark = pytest.mark.xdist_group("pool")

# What follows runs in the paper. One story is published, one is due.
STORIES = """
from datetime import timedelta
from django.utils import timezone
from articles.publishing import publish, schedule
from tests.management.halves import _chief, _draft
publish(_draft("Tram line opens"), by=None)
now = timezone.now()
schedule(_draft("On its minute"), by=_chief(), publish_at=now, at=now - timedelta(days=1))
"""
# Several threads publish beside each other, all of them under one topic.
WRITERS = """
import threading
from django.db import connections, transaction
from articles.publishing import publish
from articles.revisions import revise
from articles.topics import for_names, put
from tests.management.halves import _draft, look
drafts, wrong = [_draft(f"Beside {number}") for number in range(12)], []
def write(some):
    try:
        for article in some:
            with transaction.atomic():
                put(article, for_names(["Shared"]))
                revise(article, by=None)
            publish(article, by=None)
    except Exception as error:
        wrong.append(repr(error))
    finally:
        connections.close_all()
writers = [threading.Thread(target=write, args=(drafts[n::6],)) for n in range(6)]
[each.start() for each in writers]
[each.join(60) for each in writers]
look([each.pk for each in drafts])
print(wrong)
"""
# Two lists are read in steps, in turn: the steps of one must not become those of the other.
STEPS = """
from articles.models import Revision
from tests.management.halves import stage
stage(10)
first, second = (Revision.objects.order_by("pk").values_list("pk", flat=True) for _ in "ab")
pairs = list(zip(first.iterator(chunk_size=3), second.iterator(chunk_size=3)))
print(all(one == other for one, other in pairs) and len(pairs) == Revision.objects.count() >= 10)
"""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    with own_database() as direct:
        if not direct:
            pytest.skip("a run on SQLite")
        with a_pool(tmp_path_factory.mktemp("pool"), direct) as made:
            yield made


@pytest.fixture(scope="module")
def pooled(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Prepared through the pool too."""
    paper = Paper(
        tmp_path_factory.mktemp("pooled"),
        {"DATABASE_URL": pool.url, "DATABASE_DIRECT_URL": pool.direct},
    )
    done = paper.manage("prepare")
    assert done.returncode == 0, done.stderr
    return paper


@pytest.fixture(scope="module")
def serving(pooled: Paper) -> Iterator[Serving]:
    site = pooled.serve().wait_until_announced()
    inside(pooled, STORIES)
    yield site
    site.stop()


def inside(paper: Paper, code: str) -> list[str]:
    """The lines it prints."""
    done = paper.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()


def test_a_paper_is_read_published_and_published_on_time_through_three_connections(
    pool: Pool, serving: Serving
) -> None:
    for headline in ("Tram line opens", "On its minute"):
        eventually(lambda: headline in serving.ask("/city/")[2], 30, headline)  # noqa: B023
    assert serving.ask("/search/?q=tram")[0] == serving.ask("/readyz")[0] == 200
    assert 0 < pool.at_the_server() <= CONNECTIONS
    assert "does not exist" not in serving.log.read_text()  # a cursor, a table


def test_writers_beside_each_other_lose_nothing(pooled: Paper, serving: Serving) -> None:
    looked, wrong = inside(pooled, WRITERS)
    assert wrong == "[]"
    found = json.loads(looked)
    assert found["wrong"] == []
    assert list(found["states"].values()) == ["live"] * 12


def test_lists_that_are_read_in_steps_are_read_to_their_end(
    pooled: Paper, serving: Serving
) -> None:
    assert inside(pooled, STEPS)[-1] == "True"


def test_a_backup_goes_past_the_pool_and_leaves_nothing_in_it(
    pooled: Paper, pool: Pool, serving: Serving, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar"
    done = pooled.manage("backup", str(backup))
    assert done.returncode == 0, done.stderr
    assert pool.left_over() == set()
    done = Paper(tmp_path, pooled.settings).manage("restore", str(backup), "--replace", "--yes")
    assert done.returncode == 1
    assert "A site works with this database" in done.stderr
    assert "RECONNECT in its console" in done.stderr


def test_readers_read_on_while_the_pool_lets_everybody_wait(pool: Pool, serving: Serving) -> None:
    eventually(lambda: all(serving.ask(path)[0] == 200 for path in ("/", "/opinion/")), 20)
    eventually(lambda: all_well(serving), 10)
    pool.console("PAUSE")
    try:
        assert_stored_pages_go_on(serving)
    finally:
        pool.console("RESUME")
    eventually(lambda: all_well(serving), 10)


def test_a_pool_that_nobody_told_of_is_refused_with_the_cure(
    pooled: Paper, pool: Pool, tmp_path: Path
) -> None:
    for command in (["serve"], ["backup", str(tmp_path / "never.tar")]):
        done = pooled.manage(*command, DATABASE_DIRECT_URL="")
        assert done.returncode == 1
        assert "Set DATABASE_DIRECT_URL to the address of the server itself" in done.stderr
    done = pooled.manage("backup", str(tmp_path / "never.tar"), DATABASE_DIRECT_URL=pool.url)
    assert done.returncode == 1
    assert "DATABASE_DIRECT_URL leads to a pool as well" in done.stderr
    assert not (tmp_path / "never.tar").exists()
