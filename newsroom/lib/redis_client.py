"""Redis that no reader waits for: short patience, and left alone for a while after it failed."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger("newsroom.redis")

# Seconds: how long an answer is waited for, and how long Redis is left alone after it failed.
PATIENCE, SILENCE = 0.25, 2.0

T = TypeVar("T")


class Away(Exception):
    """Redis has not done what it was asked, and who asked goes on without."""


def options() -> dict[str, Any]:
    """For every connection. A connection that Redis has closed meanwhile is made again once; an
    answer that does not come is not waited for twice."""
    return {
        "socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "protocol": 2,
        "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    }  # fmt: skip


def connect(url: str) -> "redis.Redis":
    """Safe to share between threads and to carry over a fork; connects when it is first used."""
    return redis.Redis.from_url(url, **options())


class Breaker:
    """In front of what asks Redis: while it fails, one of all threads asks it every SILENCE
    seconds, and the others go on at once."""

    def __init__(self, purpose: str, *, refusing_is_failing: bool = False) -> None:
        """`purpose` is for the log: what Redis is used for here. A Redis that refuses (it is full,
        or may not be written to) still answers other questions: does that help?"""
        self._purpose, self._refusing_is_failing = purpose, refusing_is_failing
        self._fails, self._next = False, 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether Redis failed when it was last asked."""
        return self._fails

    def call(self, deed: Callable[[], T]) -> T:
        """What `deed` returns. Raises Away, whatever went wrong."""
        if self._fails and not self._is_my_turn():
            raise Away(self._purpose)
        try:
            answer = deed()
        except redis.ResponseError as error:
            self._note(fails=self._refusing_is_failing, error=error)
            raise Away(str(error)) from error
        except Exception as error:  # whatever answers in its place may say anything
            self._note(fails=True, error=error)
            raise Away(str(error)) from error
        self._note(fails=False)
        return answer

    def _is_my_turn(self) -> bool:
        with self._lock:
            mine = time.monotonic() >= self._next
            if mine:
                self._next = time.monotonic() + SILENCE
            return mine

    def _note(self, *, fails: bool, error: Exception | None = None) -> None:
        if fails:
            self._next = time.monotonic() + SILENCE
        if fails != self._fails:
            self._fails = fails
            if fails:
                logger.warning("%s: Redis does not serve (%s).", self._purpose, error)
            else:
                logger.info("%s: Redis serves again.", self._purpose)
