"""Real sites for the tests of operating: a paper on disk, `manage.py`, and `serve` as processes."""

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def server(name: str) -> str | None:
    """Where the program is; Debian puts these where only root looks."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


def free_port() -> int:
    """Not one of those that the kernel gives to clients: one of them could take it before the site
    does, and would keep it for a minute after it has gone."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def eventually(what: Callable[[], Any], seconds: float = 5, why: str = "") -> Any:
    """The first true answer; AssertionError when there is none in so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        asked = time.monotonic()
        if answer := what():
            return answer
        now = time.monotonic()
        assert now < deadline, why or f"not within {seconds} s"
        time.sleep(max(0.05, now - asked))  # what is asked often is work for the site too


@dataclass
class Paper:
    """A folder, perhaps a database elsewhere, and the environment of its commands."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of a developer's shell but the path."""
        own = {"NEWSROOM_ENV": "test", "NEWSROOM_DATA_DIR": str(self.data), **self.settings}
        return {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **own, **more}

    def manage(
        self, *arguments: str, typed: str = "", **more: str
    ) -> "subprocess.CompletedProcess[str]":
        """A command run to its end, with no terminal."""
        return subprocess.run(
            [*MANAGE, *arguments], env=self.environment(**more), input=typed, text=True,
            capture_output=True, check=False, start_new_session=True, timeout=60,
        )  # fmt: skip

    def serve(self, *arguments: str, port: int = 0, **more: str) -> "Serving":
        port = port or free_port()
        log = self.data / f"serve-{port}.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [*MANAGE, "serve", *arguments],
                env=self.environment(PORT=str(port), **more), stdout=out, stderr=out,
            )  # fmt: skip
        return Serving(process, port, log)


@dataclass
class Serving:
    """`manage.py serve` and whatever it started."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def wait_until_announced(self) -> "Serving":
        def said() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return "Ctrl-C stops" in self.log.read_text()

        eventually(said, 30, "the address was not printed")
        return self

    def ask(
        self, path: str = "/", peer: str = "127.0.0.1", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and text; OSError when nobody answers."""
        return self._exchange("GET", path, peer=peer, headers=headers)

    def send(
        self, path: str, fields: Mapping[str, str], peer: str = "127.0.0.1", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """The same of a form that is sent from our own page."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        own = {**kind, "Sec-Fetch-Site": "same-origin", **headers}
        return self._exchange("POST", path, urlencode(fields), peer=peer, headers=own)

    def _exchange(
        self, method: str, path: str, body: str | None = None, *, peer: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=20, source_address=(peer, 0)
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            named = answer.msg
            headers = {name: ", ".join(named.get_all(name, [])) for name in named}
            return answer.status, headers, answer.read().decode()
        except http.client.HTTPException as error:  # cut off half-way
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.ask()[0] == 200
        except OSError:
            return False

    def processes(self) -> dict[int, str]:
        """Number and role of every living process of this site, whoever its parent is now."""
        mark, found = f"PORT={self.port}".encode(), {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark not in (folder / "environ").read_bytes().split(b"\0"):
                    continue
                line = (folder / "cmdline").read_bytes().decode().split("\0")
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            role = next((r for r in ("db_worker", "tick", "serve") if r in line), "")
            if "newsroom.management.web" in line:
                role = "web" if parent == self.process.pid else "web worker"
            if role:
                found[int(folder.name)] = role
        return found

    def pids(self, role: str) -> set[int]:
        return {pid for pid, known in self.processes().items() if known == role}

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)
