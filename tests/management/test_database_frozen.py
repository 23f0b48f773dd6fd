"""PostgreSQL hangs: worker and tick wait for it for a time, say so, and go on when it answers."""

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg2
import pytest

from tests.conftest import rounds
from tests.management.postgres import Cluster, a_postgres, programs
from tests.management.sites import MANAGE, Paper, eventually

# The commands as they are, with less patience and a quicker heart.
HASTY = """
from datetime import timedelta
from django.core.management import call_command
from newsroom.cache import patience
from newsroom.management import heartbeat
patience.BACKGROUND, heartbeat.EVERY = 1.0, timedelta(seconds=1)
"""
COMMANDS = {
    "worker": "call_command('db_worker', queue_name='*')",
    "tick": "call_command('tick', loop=True)",
}
SILENCE = "the database has not answered for"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    where = programs()
    if where is None:
        pytest.skip("no server of PostgreSQL")
    with a_postgres(where) as made:
        yield made


def heard(cluster: Cluster) -> dict[str, datetime]:
    connection = psycopg2.connect(cluster.url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind, heard_at FROM newsroom_heartbeat")
            return dict(cursor.fetchall())
    finally:
        connection.close()


def test_worker_and_tick_let_go_of_a_frozen_database_and_go_on_when_it_answers(
    cluster: Cluster, tmp_path: Path
) -> None:
    paper = Paper(tmp_path, {"DATABASE_URL": cluster.url})
    done = paper.manage("migrate")
    assert done.returncode == 0, done.stderr
    logs = {kind: tmp_path / f"{kind}.log" for kind in COMMANDS}
    running: list[subprocess.Popen[bytes]] = []
    try:
        for kind, command in COMMANDS.items():
            with logs[kind].open("wb") as log:
                running.append(
                    subprocess.Popen(
                        [*MANAGE, "shell", "--no-imports", "-c", HASTY + command],
                        env=paper.environment(), stdout=log, stderr=log,
                    )
                )  # fmt: skip
        eventually(lambda: set(heard(cluster)) == set(COMMANDS), 60, "not both were heard of")
        for _round in range(rounds(1, 10)):
            before = {kind: log.read_text().count(SILENCE) for kind, log in logs.items()}
            last = heard(cluster)
            cluster.freeze()
            for kind, log in logs.items():  # twice: it asks again
                eventually(
                    lambda: log.read_text().count(SILENCE) >= before[kind] + 2,  # noqa: B023  (called at once)
                    60,
                    f"{kind} waits for ever",
                )
            cluster.thaw()
            eventually(
                lambda: all(heard(cluster)[kind] > last[kind] for kind in COMMANDS),  # noqa: B023  (called at once)
                60,
                "not both went on",
            )
        assert [process.poll() for process in running] == [None, None]
    finally:
        cluster.thaw()
        for process in running:
            process.kill()
            process.wait()
