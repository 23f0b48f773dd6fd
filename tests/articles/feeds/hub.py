"""A WebSub hub on a port of this machine: takes announcements, and fetches feeds as hubs do."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs
from urllib.request import urlopen


@dataclass
class Hub:
    """What it was told, request by request, and how it answers."""

    url: str = ""
    told: list[list[str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0

    @property
    def topics(self) -> set[str]:
        return {topic for request in self.told for topic in request}

    def take(self, fields: dict[str, list[str]], content_type: str) -> None:
        """The publisher's side of the protocol, checked."""
        if content_type != "application/x-www-form-urlencoded":
            self.faults.append(content_type)
        if fields.get("hub.mode") != ["publish"]:
            self.faults.append(f"hub.mode {fields.get('hub.mode')}")
        if not fields.get("hub.url") or fields["hub.url"] != fields.get("hub.topic"):
            self.faults.append("hub.url and hub.topic differ")
        self.told.append(fields.get("hub.url", []))

    def fetch(self, topic: str) -> bytes:
        """The feed, which must name this hub and the topic as its own address."""
        with urlopen(topic, timeout=20) as answer:
            links = {
                rel: url
                for url, rel in re.findall(r'<([^>]+)>; rel="([a-z]+)"', answer.headers["Link"])
            }
            assert links == {"hub": self.url, "self": topic}
            assert "max-age=0" in answer.headers["Cache-Control"]
            content: bytes = answer.read()
        assert self.url.encode() in content
        assert topic.encode() in content
        return content


@contextmanager
def running_hub() -> Iterator[Hub]:
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fields = parse_qs(self.rfile.read(length).decode())
            hub.take(fields, self.headers["Content-Type"])
            time.sleep(hub.seconds)
            self.send_response(hub.status)
            for name, value in hub.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(hub.body)))
            self.end_headers()
            self.wfile.write(hub.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
