"""Debian's PgBouncer with the configuration we ship, before the server of the tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.cache.fronting import shipped
from tests.management.sites import eventually, free_port, server

PGBOUNCER = server("pgbouncer")
# So few that every process shares them with the others.
CONNECTIONS = 3
# What PgBouncer sets anew for each client, and each transaction for itself.
ITS_OWN = "client_encoding", "DateStyle", "TimeZone", "application_name", "transaction_isolation"


@dataclass
class Pool:
    """The address of the paper through the pool, and that of the server itself."""

    url: str
    direct: str

    def at_the_server(self) -> int:
        """How many connections the pool has there now."""
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        return int(_said(self.direct, f"SELECT count(*) {others} pg_backend_pid()")[0])

    def console(self, command: str) -> None:
        """As an operator types it."""
        told = urlsplit(self.url)
        connection = psycopg2.connect(
            told._replace(path="/pgbouncer", netloc=f"postgres@127.0.0.1:{told.port}").geturl()
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(command)
        connection.close()

    def left_over(self) -> set[object]:
        """What somebody has set on its connections and left there, each asked in turn."""
        question = (
            "SELECT string_agg(name, ' ') FROM pg_settings WHERE source = 'session' AND name <> "
            f"ALL('{{{','.join(ITS_OWN)}}}')"
        )
        return {*_said(self.url, question, times=4 * CONNECTIONS)} - {None}


def _said(url: str, question: str, times: int = 1) -> list[object]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    answers = []
    with connection.cursor() as cursor:
        for _turn in range(times):
            cursor.execute(question)
            answers += cursor.fetchone()
    connection.close()
    return answers


@contextmanager
def a_pool(folder: Path, direct: str) -> Iterator[Pool]:
    """In front of the database at this address."""
    if not PGBOUNCER:
        pytest.skip("PgBouncer is not installed")
    told, port = urlsplit(direct), free_port()
    written = shipped("pgbouncer.ini", {
        "newsroom = host=127.0.0.1 port=5432 dbname=newsroom": f"* = {_place(direct)}",
        "listen_port = 6432": f"listen_port = {port}",
        # Whoever asks is let in as the user above; and connections are lent in turn, so that no
        # two transactions of a client follow each other on one.
        "auth_type = scram-sha-256": "auth_type = any\nadmin_users = postgres",
        "pool_mode = transaction": "pool_mode = transaction\nserver_round_robin = 1",
        "auth_file = /etc/pgbouncer/userlist.txt": "",
        "default_pool_size = 20": f"default_pool_size = {CONNECTIONS}",
    })  # fmt: skip
    # It refuses to be root; what it reads is handed to it open, whoever it then is.
    configured = os.memfd_create("pgbouncer.ini")
    os.write(configured, written.encode())
    os.fchmod(configured, 0o644)
    log = folder / "pgbouncer.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [PGBOUNCER, f"/proc/self/fd/{configured}"], stdout=said, stderr=said,
            pass_fds=[configured], user=None if os.geteuid() else "nobody",
        )  # fmt: skip
    os.close(configured)
    url = told._replace(netloc=f"{told.username}@127.0.0.1:{port}").geturl()
    try:
        eventually(lambda: process.poll() is not None or _answers(url), 10)
        assert process.poll() is None, log.read_text()
        yield Pool(url, direct)
    finally:
        process.terminate()
        process.wait(10)


def _place(direct: str) -> str:
    told = urlsplit(direct)
    place = {"host": told.hostname, "port": told.port or 5432, "user": told.username,
             "password": told.password}  # fmt: skip
    return " ".join(f"{name}={value}" for name, value in place.items() if value)


def _answers(url: str) -> bool:
    with suppress(psycopg2.OperationalError):
        psycopg2.connect(url).close()
        return True
    return False
