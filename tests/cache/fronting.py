"""Debian's nginx and Varnish with the configurations we ship, and a site behind them that obeys."""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.management.sites import ROOT, eventually, free_port, server

SHIPPED = ROOT / "docs" / "operating"
NGINX, VARNISH = server("nginx"), server("varnishd")
SHARED = "public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400"
WRAPPED = """
{user} worker_processes auto; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/newsroom.conf;
}}
"""


class Answer(NamedTuple):
    """What came back; header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str = "/", method: str = "GET", peer: str = "127.0.0.1", **headers: str
) -> Answer:
    """OSError when nobody answers."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=30, source_address=(peer, 0)
    )  # fmt: skip
    try:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, path, headers={"Host": "localhost", **named})
        answer = connection.getresponse()
        said = {name.lower(): text for name, text in answer.getheaders()}
        return Answer(answer.status, said, answer.read())
    finally:
        connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 256

    def __init__(self, *arguments: Any) -> None:
        self.open = set[socket.socket]()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        """Those who keep a connection lose it too."""
        super().server_close()
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@dataclass
class Origin:
    """A site that answers as it is told: by path, or the same for all."""

    port: int = field(default_factory=free_port)
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Cache-Control": SHARED})
    body: bytes = b"first"
    seconds: float = 0
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    # Answers that were taken to their end.
    sent: int = 0
    _server: _Server | None = None

    def come(self) -> None:
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                said = {name.lower(): text for name, text in self.headers.items()}
                self.rfile.read(int(said.get("content-length", 0)))
                probe = self.command == "HEAD" and self.path == "/"  # Varnish looks whether we live
                if not probe:
                    origin.asked.append((self.command, self.path, said))
                time.sleep(0 if probe else origin.seconds)
                body = origin.body
                if "ETag" in origin.headers and said.get("if-none-match") == origin.headers["ETag"]:
                    self.send_response(304)
                    body = b""
                else:
                    self.send_response(200 if probe else origin.status)
                    self.send_header("Content-Length", str(len(body)))
                for name, text in origin.headers.items():
                    self.send_header(name, text)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)
                    origin.sent += 1

            do_GET = do_HEAD = do_POST = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def go(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@contextmanager
def an_origin() -> Iterator[Origin]:
    made = Origin()
    made.come()
    try:
        yield made
    finally:
        made.go()


@dataclass
class Proxy:
    """A cache that runs: where readers ask, and where it is told what to forget."""

    port: int
    told_at: str
    process: "subprocess.Popen[bytes]"

    def get(self, path: str = "/", **headers: str) -> Answer:
        return ask(self.port, path, **headers)


def shipped(name: str, changes: dict[str, str]) -> str:
    """The file with an operator's own values; each must stand in it."""
    text = (SHIPPED / name).read_text()
    for ours, own in changes.items():
        assert ours in text, f"{ours} is not in {name}"
        text = text.replace(ours, own)
    return text


@contextmanager
def an_nginx(folder: Path, site: int, **changes: str) -> Iterator[Proxy]:
    """`site` is the port of the site behind it."""
    if not NGINX:
        pytest.skip("nginx is not installed")
    port, private = free_port(), free_port()
    folder.mkdir(exist_ok=True)
    own = {
        "listen 80;": f"listen 127.0.0.1:{port};", "127.0.0.1:8000": f"127.0.0.1:{site}",
        "127.0.0.1:8079": f"127.0.0.1:{private}", "courier.example": "localhost",
        "/var/lib/nginx": str(folder), "/srv/newsroom": str(folder), **changes,
    }  # fmt: skip
    (folder / "newsroom.conf").write_text(shipped("nginx.conf", own))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(WRAPPED.format(folder=folder, user=user))
    with _running([NGINX, "-c", str(folder / "nginx.conf")], folder, port) as process:
        yield Proxy(port, f"http://127.0.0.1:{private}/hard-purge", process)


@contextmanager
def a_varnish(folder: Path, site: int, **changes: str) -> Iterator[Proxy]:
    if not VARNISH:
        pytest.skip("Varnish is not installed")
    port = free_port()
    folder.mkdir(exist_ok=True)
    own = {'"8000"': f'"{site}"', "courier.example": "localhost", **changes}
    (folder / "varnish.vcl").write_text(shipped("varnish.vcl", own))
    command = [
        VARNISH, "-F", "-n", str(folder / "work"), "-f", str(folder / "varnish.vcl"),
        "-a", f"127.0.0.1:{port}", "-s", "malloc,32m", "-p", "http_gzip_support=off",
        *([] if os.geteuid() else ["-j", "none"]),
    ]  # fmt: skip
    with _running(command, folder, port) as process:
        yield Proxy(port, f"http://127.0.0.1:{port}", process)


@contextmanager
def _running(
    command: Sequence[Any], folder: Path, port: int
) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
    try:
        eventually(lambda: process.poll() is not None or _listens(port), 20)
        assert process.poll() is None, (folder / "said").read_text()
        yield process
    finally:
        process.terminate()
        process.wait(15)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
