"""A replica of the database: pages for readers are made from it when it has what they must show.

A streaming replica of PostgreSQL is always a little behind. An entry of the page cache is written
in the transaction of its change, and a replica takes transactions over in the order of their
commits: one that has an entry has its change, and all before it. So a page that is to be as of an
entry is made from the replica if that entry is there, and else from the primary.

Only pages that are made from their address alone (`@kept`) are made so. All else, and whatever is
written, is the primary's.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model

from newsroom.cache import generations
from newsroom.cache.models import Purge
from newsroom.cache.patience import waiting

logger = logging.getLogger(__name__)

REPLICA = "replica"
# Seconds: for the question whether it has an entry, for a statement of a page, for which it is left
# alone after a failure, and which it may be behind.
ASKING, STATEMENT, REST, BEHIND = 0.5, 2.0, 5.0, 60
# What is not purged but only grows old (lists of the most read) must not stand still with it. The
# tick writes twice a minute at the least, so that a replica that follows is younger. A server that
# follows nobody is no replica (any more).
HAS = (
    f"SELECT pg_is_in_recovery() "  # noqa: S608  (our own table)
    f"AND now() - pg_last_xact_replay_timestamp() < interval '{BEHIND} s' "
    f"AND (SELECT max(id) FROM {Purge._meta.db_table}) >= %s"
)

_reading: ContextVar[bool] = ContextVar("reading from the replica", default=False)
# When it may be asked again, by time.monotonic(); 0 while all is well.
_resting_until = 0.0


class Router:
    """For Django. It answers always: left to itself Django would ask where a row was read from."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return REPLICA if _reading.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def reading(as_of: int) -> Iterator[bool]:
    """Inside, rows are read from the replica if it has all entries up to this one; whether it has.

    One short query of the replica; none without one, or while it rests.
    """
    if REPLICA not in settings.DATABASES or not _has(as_of):
        yield False
        return
    before = _reading.set(True)
    # Numbers that were read from the primary would be given to values that are built from here.
    generations.forget_numbers()
    try:
        with waiting(STATEMENT):
            yield True
    finally:
        _reading.reset(before)
        generations.forget_numbers()


def rest(why: object) -> None:
    """It has failed: the primary does its work for some seconds."""
    global _resting_until
    if not _resting_until:
        logger.warning("the replica is left alone: %s", why)
    _resting_until = time.monotonic() + REST


def _has(as_of: int) -> bool:
    global _resting_until
    if resting := _resting_until:
        if time.monotonic() < resting:
            return False
        _resting_until = time.monotonic() + REST  # one asks, the others go on with the primary
    try:
        with waiting(ASKING), connections[REPLICA].cursor() as cursor:
            cursor.execute(HAS, [as_of])
            found = bool(cursor.fetchone()[0])
    except Error as error:
        connections[REPLICA].close()
        rest(error)
        return False
    if resting:
        logger.info("the replica answers again.")
        _resting_until = 0.0
    return found
