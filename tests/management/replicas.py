"""A primary of our own and a streaming replica of it, which can be held, frozen and stopped."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from newsroom.management.backups import Refused
from newsroom.management.backups.snapshot import program
from tests.management.sites import MANAGE, Paper, eventually, free_port

# Nothing here has to survive anything.
OPTIONS = {
    "listen_addresses": "127.0.0.1", "fsync": "off", "wal_level": "replica", "max_wal_senders": "4",
    "hot_standby": "on", "shared_buffers": "16MB", "max_connections": "40",
    # What stands still for long is not cut off by a clean-up of the primary.
    "hot_standby_feedback": "on", "max_standby_streaming_delay": "-1",
}  # fmt: skip


@dataclass
class Cluster:
    """One server of PostgreSQL with its folder."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = {**OPTIONS, "unix_socket_directories": str(self.folder)}
        told = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as said:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", str(self.folder), "-p", str(self.port), *told],
                stdout=said, stderr=said, user=_user(),
            )  # fmt: skip
        eventually(self.answers, 20)

    def answers(self) -> bool:
        with suppress(psycopg2.OperationalError):
            return self.ask("SELECT true") == "True"
        return False

    def ask(self, question: str) -> str:
        connection = psycopg2.connect(self.url, connect_timeout=3)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            answer = str(cursor.fetchone()[0])
        connection.close()
        return answer

    def freeze(self, number: signal.Signals = signal.SIGSTOP) -> None:
        """It accepts and answers nothing, until SIGCONT."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for pid in [self.process.pid, *map(int, children.read_text().split())]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(15)
            self.process = None


@contextmanager
def primary_and_replica() -> Iterator[tuple[Cluster, Cluster]]:
    try:
        program("initdb")
    except Refused:
        pytest.skip("PostgreSQL is not installed")
    # It refuses to be root, and cannot enter the folders of the tests.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-replica-"))
    primary = Cluster(folder / "primary", free_port())
    replica = Cluster(folder / "replica", free_port())
    try:
        if user := _user():
            shutil.chown(folder, user)
        _run("initdb", "-D", str(primary.folder), "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync")  # fmt: skip
        primary.start()
        _run("pg_basebackup", "-D", str(replica.folder), "-d", primary.url, "--no-sync",
             "--write-recovery-conf", "--checkpoint=fast")  # fmt: skip
        replica.start()
        yield primary, replica
    finally:
        for cluster in (replica, primary):
            cluster.stop()
        shutil.rmtree(folder)


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [program(name), *arguments], user=_user(), capture_output=True, text=True, check=False,
        cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _user() -> str | None:
    """Whom PostgreSQL runs as; None for who started the tests."""
    if os.geteuid():
        return None
    with suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


class Desk:
    """Somebody at work in a paper: a process that does what it is told and says when it is done."""

    LISTENS = (
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    said = {}\n"
        "    exec(json.loads(line), said)\n"
        "    print(json.dumps(said.get('answer')), flush=True)\n"
    )

    def __init__(self, paper: Paper) -> None:
        self._process = subprocess.Popen(
            [*MANAGE, "shell", "--no-imports", "-c", self.LISTENS], env=paper.environment(),
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def do(self, code: str) -> object:
        """What the code leaves in `answer`, when all of it is committed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(code)}\n")
        self._process.stdin.flush()
        answer: object = json.loads(self._process.stdout.readline())
        return answer

    def go(self) -> None:
        self._process.communicate(timeout=15)
