"""Exchanging the database in one step: SQLite by renaming a file, PostgreSQL by one transaction.

Until that step the old one is untouched; with it comes the hold, so that a copy is born silent.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from newsroom.management import running
from newsroom.management.backups import Refused
from newsroom.management.backups.manifest import Manifest, count_rows, differences
from newsroom.management.backups.snapshot import (
    database_file,
    environment,
    last_words,
    looking_at,
    program,
    run,
    tables,
)
from newsroom.outgoing.holding import born_held

Finish = Callable[[], None]
# Of a dump's entries, what a database has already or only its owner may make.
NOT_OURS = re.compile(r"\d+; \d+ \d+ (SCHEMA|EXTENSION|ACL|COMMENT - (SCHEMA|EXTENSION)) ")
# Every table of the schema that no extension brought.
CLEAR = """DO $$ DECLARE found record; BEGIN
FOR found IN SELECT c.oid::regclass::text AS name, c.relkind AS kind FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                  AND d.objid = c.oid AND d.deptype = 'e')
LOOP EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE found.kind WHEN 'v' THEN 'VIEW'
  WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, found.name); END LOOP; END $$;
"""


class Database(Protocol):
    """Where the database of a backup is unpacked, and how it takes the place of the old one."""

    staged: Path

    def refuse_if_used(self) -> None:
        """Raise Refused while somebody works with it."""

    def strangers(self) -> list[str]:
        """Tables that would go and are not the paper's."""

    def exchange(self, manifest: Manifest, finish: Finish, *, at: datetime) -> None:
        """Put it in place, migrated. `finish` is called when Django's connection shows it.

        Raises Refused, OSError or Error with the old one in place; HalfDone with the new one.
        """

    def tidy(self) -> None:
        """Remove what was unpacked and is not in place."""


class HalfDone(Exception):
    """The database is the restored one, and something after it failed."""


def database() -> Database:
    """The one that the settings name. Raises Refused."""
    return Sqlite() if connection.vendor == "sqlite" else Postgresql()


class Sqlite:
    """A file beside the database is made ready, and renamed over it."""

    def __init__(self) -> None:
        self.path = database_file()
        self.staged = self.path.with_name(f"{self.path.name}.restoring")

    def refuse_if_used(self) -> None:
        """Whoever serves from this machine has the lock (running.py)."""

    def strangers(self) -> list[str]:
        return []

    def exchange(self, manifest: Manifest, finish: Finish, *, at: datetime) -> None:
        with looking_at(self.staged):
            if wrong := differences(manifest.rows, count_rows()):
                raise Refused(f"The backup does not hold what it says: {'; '.join(wrong)}.")
            with transaction.atomic(), connection.cursor() as cursor:
                for statement, values in born_held(at=at, backup_at=manifest.made_at):
                    cursor.execute(statement, values)
            _migrate()
            finish()
        with closing(sqlite3.connect(self.staged, isolation_level=None)) as staged:
            staged.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
        os.sync()
        self._close_old()
        self.staged.replace(self.path)
        os.sync()

    def _close_old(self) -> None:
        """Take its journals away: SQLite would play an old one into the new file."""
        if self.path.exists():
            try:
                with closing(sqlite3.connect(self.path, timeout=2, isolation_level=None)) as old:
                    mode = old.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            except sqlite3.OperationalError as error:
                raise Refused(f"Somebody else uses {self.path} ({error}).") from error
            except sqlite3.DatabaseError:
                mode = "delete"  # it is broken: nothing can be lost of it
            if mode != "delete":
                raise Refused(f"Somebody else uses {self.path}.")
        _remove_journals(self.path)

    def tidy(self) -> None:
        self.staged.unlink(missing_ok=True)
        _remove_journals(self.staged)


class Postgresql:
    """Old tables go and the dump comes in one transaction of psql."""

    def __init__(self) -> None:
        self._folder = settings.DATA_DIR / ".restoring"
        self.staged = self._folder / "database.dump"
        for name in ("pg_restore", "psql"):
            program(name)  # raises at once when it is not installed

    def refuse_if_used(self) -> None:
        if places := running.connected_elsewhere():
            said = f"A site works with this database, from {', '.join(places)}. Stop `serve` there."
            if settings.DATABASE_DIRECT:
                said += " A pool keeps its connections open: RECONNECT in its console ends them."
            raise Refused(said)

    def strangers(self) -> list[str]:
        ours = [config.label for config in apps.get_app_configs()] + ["django"]
        cache = settings.CACHES["default"].get("LOCATION")
        return sorted(
            name
            for name in tables()
            if name != cache and not any(name.startswith(f"{label}_") for label in ours)
        )

    def exchange(self, manifest: Manifest, finish: Finish, *, at: datetime) -> None:
        self._load(manifest, at)
        try:
            _migrate()
            finish()
        except Exception as error:
            raise HalfDone(str(error)) from error

    def _load(self, manifest: Manifest, at: datetime) -> None:
        entries, chosen = self._folder / "entries", self._folder / "chosen"
        run("pg_restore", "--list", f"--file={entries}", str(self.staged))
        lines = entries.read_text("utf-8", "replace").splitlines(keepends=True)
        chosen.write_text("".join(line for line in lines if not NOT_OURS.match(line)))
        closing_words = self._closing(manifest, at)
        connection.close()
        with (self._folder / "said").open("w+", errors="replace") as said:
            psql = subprocess.Popen(  # noqa: S603  (our own arguments)
                [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"],
                env=environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
            )  # fmt: skip
            dump = subprocess.Popen(  # noqa: S603
                [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-",
                 f"--use-list={chosen}", str(self.staged)],
                env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip
            # Without the last word nothing happened, whoever of us three dies before it.
            if code := _pipe(psql, dump, closing_words):
                said.seek(0)
                words = last_words(said.read(), code)
                raise Refused(f"PostgreSQL did not take the backup: {words}.")

    def _closing(self, manifest: Manifest, at: datetime) -> bytes:
        """The hold, and a count that undoes all if a row is missing."""
        words = [b"RESET search_path;\n"]
        with connection.cursor() as cursor:
            for statement, values in born_held(at=at, backup_at=manifest.made_at):
                words.append(cursor.mogrify(statement, values) + b";\n")
        for label, count in manifest.rows.items():
            if label in _labels():
                table = apps.get_model(label)._meta.db_table
                words.append(
                    f"DO $$ BEGIN IF (SELECT count(*) FROM {table}) <> {int(count)} THEN "  # noqa: S608
                    f"RAISE EXCEPTION 'it does not hold what it says of {table}'; "
                    "END IF; END $$;\n".encode()
                )
        return b"".join([*words, b"COMMIT;\n"])

    def tidy(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _pipe(
    psql: "subprocess.Popen[bytes]", dump: "subprocess.Popen[bytes]", closing_words: bytes
) -> int:
    """Let the dump flow into psql between the first word and the last; 0, or who failed."""
    into, out = psql.stdin, dump.stdout
    if into is None or out is None:  # they were asked for
        return 1
    try:
        with out:
            into.write(b"BEGIN;\nSET LOCAL lock_timeout = '10s';\n" + CLEAR.encode())
            shutil.copyfileobj(out, into, 1 << 16)
        if code := dump.wait():
            psql.kill()
            return code
        into.write(closing_words)
        into.close()
    except BrokenPipeError:  # psql ended and has said why
        dump.kill()
    except BaseException:
        psql.kill()
        dump.kill()
        raise
    finally:
        with suppress(BrokenPipeError):
            into.close()
        dump.wait()
        code = psql.wait()
    return code


def _labels() -> set[str]:
    return {model._meta.label for model in apps.get_models()}


def _migrate() -> None:
    """As `prepare` does."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _remove_journals(path: Path) -> None:
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
