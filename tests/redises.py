"""Redis servers of a test's own, and what can happen to them."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from tests.own_server import OwnServer

REDIS = shutil.which("redis-server")


@dataclass
class OwnRedis(OwnServer):
    """One on a free port; it keeps nothing unless the options say so."""

    folder: Path
    options: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *more: str) -> None:
        assert REDIS
        where = ["--port", str(self.port), "--dir", str(self.folder)]
        self.run([REDIS, *where, *self.options, *more])

    def client(self) -> Any:
        """To look into it, and to do it harm."""
        return redis.Redis.from_url(self.url)

    def commands(self) -> int:
        """How many it has been asked, those of this method aside."""
        with self.client() as client:
            told = client.info("commandstats")
        return sum(
            each["calls"] for name, each in told.items() if name not in OF_THE_CONNECTION
        )  # fmt: skip


OF_THE_CONNECTION = {
    f"cmdstat_{name}" for name in ("info", "ping", "hello", "client|setinfo", "client|setname")
}


@contextmanager
def own_redis(folder: Path, *options: str) -> Iterator[OwnRedis]:
    server = OwnRedis(folder, options or ("--save", "", "--appendonly", "no"))
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def babble(port: int) -> Iterator[None]:
    """Something on Redis's port that is no Redis."""
    listener = socket.create_server(("127.0.0.1", port))

    def answer(end: socket.socket) -> None:
        with suppress(OSError), end:
            while end.recv(4096):
                end.sendall(b"$5\r\nhello\r\n:7\r\n*1\r\n$-1\r\nHTTP/1.1 400 Bad Request\r\n\r\n")
                time.sleep(0.01)

    def accept() -> None:
        with suppress(OSError):
            while True:
                end, _address = listener.accept()
                threading.Thread(target=answer, args=(end,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
