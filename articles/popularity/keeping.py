"""Where readers are counted: in Redis, or in the tick's memory (docs/decisions/most-read.md).

Web processes call `hand_over`, the tick calls `take`. Neither touches a disk or the database.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from articles.popularity.post import Sender, listening
from articles.popularity.tally import Tally

logger = logging.getLogger(__name__)

ASK_AGAIN = 5.0  # seconds until a Redis that did not answer is asked again what it is


class Keeper(Protocol):
    """Takes reads in, and gives the batch out where it can."""

    def hand_over(self, article_id: int, reader: str) -> bool: ...
    def take(self) -> dict[int, int]: ...
    def close(self) -> None: ...


class _Process:
    """What this process knows: whom to hand reads to, its own tally, since when reads are lost."""

    def __init__(self) -> None:
        self.sender = Sender()
        self.keeper: Keeper | None = None
        self.ask_at = 0.0
        self.tally: Tally | None = None
        self.lost_since: datetime | None = None

    def close(self) -> None:
        self.sender.close()
        if self.keeper is not None:
            self.keeper.close()


_process: list[_Process] = []


def _own() -> _Process:
    if not _process:
        _process.append(_Process())
    return _process[0]


def hand_over(article_id: int, reader: str) -> bool:
    """Give a read to whoever counts; False when it is lost. Never raises, hardly ever waits."""
    own = _own()
    keeper = _keeper(own)
    taken = keeper is not None and keeper.hand_over(article_id, reader)
    if taken:
        own.lost_since = None
    elif own.lost_since is None:
        own.lost_since = timezone.now()
    return taken


def take() -> dict[int, int]:
    """The batch: readers by story since the last call. What was taken is given out only once.

    Raises redis.RedisError when Redis counts and does not answer.
    """
    own = _own()
    batch = own.tally.take() if own.tally else {}
    if keeper := _keeper(own):
        for story, reads in keeper.take().items():
            batch[story] = batch.get(story, 0) + reads
    return batch


def lost_since() -> datetime | None:
    """Since when this process cannot hand over what it is told, as its latest read showed."""
    return _own().lost_since


def writes_to_disk() -> bool:
    """Whether there is a Redis that is not used because it writes to a disk, or may."""
    own = _own()
    return bool(settings.REDIS_URL) and settings.COUNT_READS_IN == "auto" and (
        _keeper(own) is own.sender
    )  # fmt: skip


@contextmanager
def counting() -> Iterator[None]:
    """Keep the tally in this process (the tick that runs on) for as long as the block lasts."""
    own = _own()
    own.tally = Tally()
    try:
        with listening(own.tally):
            yield
    finally:
        own.tally = None


def _keeper(own: _Process) -> Keeper | None:
    """Who counts, found out once; None while Redis does not say what it is."""
    if own.keeper is None:
        if not settings.REDIS_URL or settings.COUNT_READS_IN == "tick":
            own.keeper = own.sender
        elif time.monotonic() >= own.ask_at:
            own.keeper = _redis_or(own.sender)
            own.ask_at = time.monotonic() + ASK_AGAIN
    return own.keeper


def _redis_or(sender: Sender) -> Keeper | None:
    """Redis, or the tick if Redis would write to a disk; None when it does not answer."""
    from redis import RedisError

    from articles.popularity.shared import Shared

    shared = Shared(settings.CACHES["default"]["LOCATION"])
    if settings.COUNT_READS_IN == "redis":
        return shared
    try:
        if shared.keeps_on_disk() is False:
            return shared
    except RedisError as error:
        logger.warning("Readers are not counted for now: Redis does not answer (%s).", error)
        shared.close()
        return None
    logger.warning("Redis writes to a disk, or may; readers are counted in the tick's memory.")
    shared.close()
    return sender
