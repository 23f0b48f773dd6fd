"""The web server's process: granian, with the site loaded once and shared by its workers.

`manage.py serve` runs it as `python -m newsroom.management.web WORKERS SOCKET...`. The sockets are
the supervisor's: while no web server runs, or one takes another's place, readers wait in them and
nobody is refused.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from granian import Granian
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import mp

from newsroom.cache.answering import respond
from newsroom.management.sockets import BACKLOG
from newsroom.management.supervisor import die_with_parent, say_up
from newsroom.wsgi import application, begin, front

if TYPE_CHECKING:
    from newsroom.cache.front import Front

THREADS = settings.WEB_THREADS
# Milliseconds a reader has to say what is wanted.
HEAD_WITHIN = 15_000
KILL_AFTER = 5  # seconds a worker has for the requests in hand
# Templates that are read when somebody needs them.
SELDOM = ("account/", "admin/", "allauth/", "emails/", "mfa/")
# By so much (nice) the threads that answer readers stand back for those that make pages anew.
STAND_BACK = 5


def site() -> Any:
    """What granian asks for in each worker; a process that was forked has it already."""
    begin()
    _stand_back()
    say_up()
    return application


def _stand_back() -> None:
    """Threads that come from here on, which are granian's, get less of the processor than ours.

    Under full load all threads of a worker want it, and readers are shown the old page until the
    one that makes it anew has had enough. Linux alone has priorities of threads.
    """
    if sys.platform == "linux":
        me = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, me)
        os.setpriority(os.PRIO_PROCESS, me, min(19, now + STAND_BACK))


class Server(Granian):  # type: ignore[misc, valid-type]
    """Granian on sockets that are there already."""

    def __init__(self, sockets: Sequence[int], **options: Any) -> None:
        super().__init__(**options)
        # Kept for as long as we live: whoever lets a holder go closes its socket.
        self._holders = [SocketHolder(each, False, BACKLOG) for each in sockets]  # type: ignore[call-arg]

    def _init_shared_socket(self) -> None:
        self._ssp: Any = None
        self._shd: Any = None
        self._sso: Any = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:
        self._shd = self._holders[idx % len(self._holders)]
        return super()._spawn_worker(idx, target, callback_loader)


def _in_a_forked_worker(parent: int) -> None:
    # It inherits granian's handlers, which swallow a signal until the worker sets its own.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent(parent)


def answer_at_hand(front: "Front") -> None:
    """Let granian ask the front for a page at hand before it makes a WSGI request, from here on.

    For that it copies the environment of the process and takes the answer through `start_response`:
    more work than the look-up is, and all of it while the other threads wait for the interpreter.
    Granian has no hook there, so its wrapper of applications gets one of ours around it.
    """
    granian: Any = mp
    wrap = granian._wsgi_call_wrap

    def wrapped(application: Any, *options: Any) -> Any:
        by_wsgi = wrap(application, *options)

        def run(reader: Any, scope: Any) -> int:
            page = front.at_hand(scope)
            if page is None:
                return int(by_wsgi(reader, scope))
            status, headers, body = respond(page, scope)
            number = int(status[:3])
            reader.response_bytes(number, headers, body)
            return number

        return run

    granian._wsgi_call_wrap = wrapped


def load_once() -> None:
    """Load what the first requests would, before the workers are forked, and leave it alone.

    They share its memory then. And the collector of cycles never looks at it again: a look at all
    of it takes a tenth of a second, in which a worker answers nobody.
    """
    with suppress(NoReverseMatch):
        reverse("")  # looks through all addresses, and remembers them
    folder = Path(settings.BASE_DIR) / "templates"
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(SELDOM):
            get_template(name)
    gc.collect()
    gc.freeze()


def main(workers: str, *sockets: str) -> None:
    """Serve until a signal. Granian starts a worker that dies again at once."""
    load_once()
    if front is not None:
        answer_at_hand(front)
    os.register_at_fork(after_in_child=partial(_in_a_forked_worker, os.getpid()))
    Server(
        [int(each) for each in sockets],
        target="newsroom.wsgi:application",
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_WITHIN),
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
