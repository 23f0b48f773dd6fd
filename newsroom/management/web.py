"""The web server's process: granian, with the site loaded once and shared by its workers.

`manage.py serve` runs it as `python -m newsroom.management.web HOST PORT WORKERS`.
"""

import multiprocessing
import os
import signal
import sys
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from newsroom.management.supervisor import die_with_parent
from newsroom.wsgi import application

# Beyond this many threads a worker only waits for the interpreter (granian's own rule).
THREADS = min(8, 2 * multiprocessing.cpu_count() + 1)
KILL_AFTER = 5  # seconds a worker has for the requests in hand


def site() -> Any:
    """What granian asks for in each worker; a process that was forked has it already."""
    return application


def _in_a_forked_worker(parent: int) -> None:
    # It inherits granian's handlers, which swallow a signal until the worker sets its own.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent(parent)


def main(host: str, port: str, workers: str) -> None:
    """Serve until a signal. Granian starts a worker that dies again at once."""
    os.register_at_fork(after_in_child=partial(_in_a_forked_worker, os.getpid()))
    Granian(
        "newsroom.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(workers),
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=KILL_AFTER,
    ).serve(target_loader=site, wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
