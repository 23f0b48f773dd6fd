"""What a page cache can at best be: granian answering these bytes, and nothing else."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from newsroom.management.web import THREADS

BODY = [Path(os.environ["BARE_BODY"]).read_bytes()] if "BARE_BODY" in os.environ else []
# Those of the page, but what a server adds by itself.
HEADERS = [
    (name, value)
    for name, value in (
        line.split(": ", 1) for line in os.environ.get("BARE_HEADERS", "").splitlines()
    )
    if name not in ("server", "date")
]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return BODY


if __name__ == "__main__":
    Granian(
        "tests.benchmarks.bare:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=2,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
