"""A PostgreSQL of a test's own, to be stopped, frozen and brought back."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.management.sites import free_port


def programs() -> Path | None:
    """Where initdb and pg_ctl are; None without a server of PostgreSQL."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = [path for path in map(shutil.which, ["initdb"]) if path]
    places = [*known, *(Path(path).resolve().parent for path in found)]
    return next((place for place in reversed(places) if (place / "pg_ctl").exists()), None)


@dataclass
class Cluster:
    """Its folder and port; the server runs as nobody in particular, for root may not."""

    folder: Path
    port: int
    programs: Path

    @property
    def url(self) -> str:
        return f"postgres://paper@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        if os.getuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        with (self.folder / "said").open("a") as said:
            done = subprocess.run(
                command, cwd="/", check=False, stdin=subprocess.DEVNULL, stdout=said,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
        assert done.returncode == 0, (self.folder / "said").read_text()

    def start(self) -> None:
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        """As hard as it goes without a power cut."""
        self.run("pg_ctl", "-m", "immediate", "stop")

    def freeze(self) -> None:
        """It accepts connections and answers nobody."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        """To the server, then to each of its processes: it starts no other meanwhile."""
        head = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(head, number)
        for child in Path(f"/proc/{head}/task/{head}/children").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(child), number)


@contextmanager
def a_postgres(where: Path) -> Iterator[Cluster]:
    """Made, started, and thrown away with its folder; that of pytest is root's alone."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    cluster = Cluster(folder, free_port(), where)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    cluster.run("initdb", "--no-sync", "-A", "trust", "-U", "paper", "-E", "UTF8", "--locale=C")
    with (folder / "data" / "postgresql.conf").open("a") as file:
        file.write(
            f"port = {cluster.port}\nlisten_addresses = '127.0.0.1'\nfsync = off\n"
            "unix_socket_directories = ''\n"
        )
    cluster.start()
    try:
        yield cluster
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            cluster.thaw()
            cluster.stop()
        shutil.rmtree(folder)
