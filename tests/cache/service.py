"""The purging side of a CDN, on a port of this machine: notes what it was asked."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request; header names in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Service:
    """How it answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b'{"status":"ok","success":true}'
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    asked: list[Asked] = field(default_factory=list)
    # So many requests are answered as they should be, before `status` counts.
    good: int = 0


@contextmanager
def a_service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            said = {name.lower(): text for name, text in self.headers.items()}
            body = self.rfile.read(int(said.get("content-length", 0)))
            service.asked.append(Asked(self.command, self.path, said, body))
            time.sleep(service.seconds)
            status = 200 if len(service.asked) <= service.good else service.status
            self.send_response(status)
            for name, text in service.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            self.wfile.write(service.body)

        do_GET = do_POST = do_PURGE = answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
