"""How long this process waits for its database: not for ever.

A PostgreSQL that is stopped refuses at once. One that hangs, or whose network swallows everything,
accepts and never answers: every thread that asks it would be lost, and with the last of them the
pages that need no database. So the driver asks here while it waits.

SQLite lets a writer wait ten seconds for the lock; who has waited for it once in a request does not
wait again.
"""

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import OperationalError as Locked
from django.db import connections
from django.db.backends.signals import connection_created
from psycopg2 import OperationalError, extensions

from newsroom.cache.log import TOO_LONG, Log

# Seconds for one statement: of a reader's page or form, of worker and tick at what cannot wait, of
# all else (an import, a long report), and where it is known that nobody answers.
READER, BACKGROUND, OTHERS, NOT_AT_ALL = 5.0, 60.0, 600.0, 0.0
_STEP_MS = 250
_longest: ContextVar[float] = ContextVar("longest", default=OTHERS)


@contextmanager
def waiting(seconds: float) -> Iterator[None]:
    """No statement inside has longer than this, if the database is PostgreSQL."""
    before = _longest.set(seconds)
    try:
        yield
    finally:
        _longest.reset(before)


def limit(log: Callable[[], Log | None] = lambda: None) -> None:
    """For every connection that this process makes from now on; one with a log gives up as soon as
    that is known to get no answer either. COPY cannot be used in such a process."""
    if connections["default"].vendor == "postgresql":
        extensions.set_wait_callback(partial(_wait, log))
    else:
        connection_created.connect(_have_wait_once, dispatch_uid="wait once")


def _have_wait_once(connection: Any, **_kwargs: Any) -> None:
    if _wait_once not in connection.execute_wrappers:
        connection.execute_wrappers.append(_wait_once)


def _wait_once(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """The connection is given up with its request: the next one waits as long as ever."""
    try:
        return execute(sql, params, many, context)
    except Locked as error:
        if "locked" in str(error):
            context["connection"].connection.execute("PRAGMA busy_timeout = 0")
            context["connection"].close_at = 0.0
        raise


def _wait(present: Callable[[], Log | None], connection: Any) -> None:
    """Returns when the answer is there. Raises OperationalError; the connection is closed then."""
    log, began, poll, longest = present(), time.monotonic(), select.poll(), _longest.get()
    if longest == NOT_AT_ALL:
        raise OperationalError("the database is away, and was not asked")
    while (state := connection.poll()) != extensions.POLL_OK:
        wanted = select.POLLIN if state == extensions.POLL_READ else select.POLLOUT
        poll.register(connection.fileno(), wanted)
        ready = poll.poll(_STEP_MS)
        poll.unregister(connection.fileno())
        waited = time.monotonic() - began
        if not ready and (
            waited > longest or (waited > TOO_LONG and log and (log.is_reading or log.is_away))
        ):
            raise OperationalError(f"the database has not answered for {waited:.1f} s")
