"""An object store of a test's own: a real server on this machine, which speaks S3 (moto)."""

import os
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

import boto3

from tests.own_server import OwnServer

KEYS = {"AWS_ACCESS_KEY_ID": "of-the-tests", "AWS_SECRET_ACCESS_KEY": "a-secret-of-the-tests"}
PREFIX = "paper"


class OwnStore(OwnServer):
    """It keeps what it has in memory, for as long as it runs."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        server = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.run(server, env={"PATH": os.environ["PATH"]})

    def client(self, service: str = "s3") -> Any:
        """To look into it."""
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name="us-east-1",
            aws_access_key_id="looks", aws_secret_access_key="into-it",
        )  # fmt: skip

    def bucket(self) -> "OwnBucket":
        name = f"pictures-{uuid.uuid4().hex[:12]}"
        self.client().create_bucket(Bucket=name)
        return OwnBucket(self, name)

    @contextmanager
    def refusing(self, *, after: int = 0) -> Iterator[None]:
        """It asks whose the keys are, after so many questions more, and nobody is known."""
        self._ask_for_keys(after=after)
        try:
            yield
        finally:
            self._ask_for_keys(after=10**9)

    def _ask_for_keys(self, *, after: int) -> None:
        address, kind = f"{self.endpoint}/moto-api/reset-auth", {"Content-Type": "text/plain"}
        urlopen(Request(address, str(after).encode(), kind, method="POST")).close()


@dataclass
class OwnBucket:
    store: OwnStore
    name: str

    @property
    def url(self) -> str:
        """As MEDIA_STORAGE_URL."""
        return f"s3://{self.name}/{PREFIX}?endpoint={self.store.endpoint}&region=us-east-1"

    @property
    def environment(self) -> dict[str, str]:
        """For a machine that keeps its pictures here."""
        return {"MEDIA_STORAGE_URL": self.url, **KEYS}

    def names(self) -> list[str]:
        """Of everything in it, in order, below the prefix."""
        pages = self.store.client().get_paginator("list_objects_v2").paginate(Bucket=self.name)
        keys = sorted(each["Key"] for page in pages for each in page.get("Contents", ()))
        assert all(key.startswith(f"{PREFIX}/") for key in keys), keys
        return [key.removeprefix(f"{PREFIX}/") for key in keys]

    def read(self, name: str) -> bytes:
        found = self.store.client().get_object(Bucket=self.name, Key=f"{PREFIX}/{name}")
        return bytes(found["Body"].read())


@contextmanager
def own_store() -> Iterator[OwnStore]:
    store = OwnStore()
    store.start()
    try:
        yield store
    finally:
        store.kill()


@contextmanager
def saying(status: int, code: str) -> Iterator[str]:
    """The address of a store that answers every question with one error."""
    body = f"<Error><Code>{code}</Code><Message>Not here.</Message></Error>".encode()

    class Answer(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815  (names of the library)

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
