"""The database as it is at one moment, as a file, while the site goes on writing.

Inside `snapshot` Django's own connection shows exactly what is in the file. Left out is what is
worth something to a thief and nothing to the paper: sessions, and the counters of the shared cache.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from newsroom.management.backups import Refused

PAGES = 2000  # of SQLite, a step


@contextmanager
def snapshot(target: Path, told: Callable[[int], None]) -> Iterator[None]:
    """Write the database into a new file; it is whole when the block has ended.

    Raises Refused, OSError and sqlite3.Error. SQLite: as fast as the disk, and writers go on.
    PostgreSQL: one transaction is open until the block ends.
    """
    kind = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    if kind is None:
        raise Refused(f"Backups know SQLite and PostgreSQL, and not {connection.vendor}.")
    with kind(target, told):
        yield


@contextmanager
def looking_at(path: Path) -> Iterator[None]:
    """Let Django's connection lead to another SQLite file."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def tables() -> set[str]:
    """The names of the tables that are there. Raises DatabaseError."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return set()  # looking would make the file
    return set(connection.introspection.table_names())


def database_file() -> Path:
    """Where the SQLite database is. Raises Refused for one in memory."""
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        raise Refused("The database is in memory: there is no file to keep.")
    return Path(name)


@contextmanager
def _sqlite(target: Path, told: Callable[[int], None]) -> Iterator[None]:
    path = database_file()
    if not path.exists():
        raise Refused(f"There is no database at {path}.")
    with (
        closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        size = source.execute("PRAGMA page_size").fetchone()[0]
        # A reading transaction fixes the moment; without it each write would begin the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        done = 0

        def step(_status: int, remaining: int, total: int) -> None:
            nonlocal done
            told((total - remaining - done) * size)
            done = total - remaining

        source.backup(copy, pages=PAGES, progress=step)
        source.execute("COMMIT")
        # What is deleted must not stay readable in the free pages of the file.
        copy.execute("PRAGMA secure_delete=ON")
        for table in _left_out():
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608  (our own names)
    with looking_at(target):
        yield
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whoever opens it


@contextmanager
def _postgresql(target: Path, told: Callable[[int], None]) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot(), current_schema()")
        name, schema = cursor.fetchone()
        run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={name}", f"--schema={schema}", f"--file={target}",
            *(f"--exclude-table-data={schema}.{table}" for table in _left_out()),
        )  # fmt: skip
        told(target.stat().st_size)
        yield


def _left_out() -> list[str]:
    cache = settings.CACHES["default"]
    in_database = cache["BACKEND"].endswith("DatabaseCache")
    return [Session._meta.db_table, *([cache["LOCATION"]] if in_database else [])]


def run(name: str, *arguments: str) -> None:
    """A program of PostgreSQL, to its end. Raises Refused with what it said."""
    done = subprocess.run(  # noqa: S603  (our own arguments)
        [program(name), *arguments], env=environment(), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"{name} failed: {last_words(done.stderr, done.returncode)}")


def program(name: str) -> str:
    """Where pg_dump and its sisters are; Debian keeps the newest beside the older ones."""
    if found := shutil.which(name):
        return found
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    if not beside:
        raise Refused(
            f"{name} is not installed. It comes with the client programs of PostgreSQL (Debian and "
            "Ubuntu: apt install postgresql-client), of the server's version or newer."
        )
    return str(beside[-1])


def _version(path: Path) -> int:
    number = path.parts[-3]
    return int(number) if number.isdigit() else 0


def environment() -> dict[str, str]:
    """How the programs find the database. Arguments could be read by everybody on the machine."""
    told = connection.settings_dict
    _arguments, own = DatabaseClient.settings_to_cmd_args_env(told, [])
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    place = {name: str(told[key]) for name, key in names.items() if told.get(key)}
    return {**os.environ, **(own or {}), **place, "LC_MESSAGES": "C"}


def last_words(said: str, code: int) -> str:
    """The end of what a program wrote, for a sentence."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    ended = f"ended by signal {-code}" if code < 0 else f"exit code {code}"
    return f"{' '.join(lines[-3:])[-500:]} ({ended})" if lines else ended
