"""What is kept of the tick's jobs, so that the desk can say whether they run.

A job of every few seconds that does well is noted twice a minute, not at every turn.
"""

import logging
from datetime import datetime, timedelta

from django.db import Error

from newsroom.models import JobRun

logger = logging.getLogger("newsroom.tick")

# How old a note of a frequent job may be while all is well.
FRESH = timedelta(seconds=30)
# Characters kept of an error.
LONGEST = 300


def started(name: str, at: datetime) -> None:
    """The job begins; a job that hangs is one that started and was not done."""
    _keep(name, started_at=at)


def done(name: str, at: datetime) -> None:
    """It ended well; the last failure stays until the next, `done_at` says that it is over."""
    _keep(name, done_at=at)


def failed(name: str, at: datetime, error: Exception) -> bool:
    """It ended badly; whether that is news: not the same failure within a minute."""
    words = f"{type(error).__name__}: {error}"[:LONGEST].replace("\x00", "")
    try:
        before = JobRun.objects.filter(name=name).values_list("error", "failed_at").first()
    except Error:
        return True
    _keep(name, failed_at=at, error=words)
    if not before or before[0] != words or before[1] is None:
        return True
    return bool(at - before[1] >= timedelta(minutes=1))


def _keep(name: str, **columns: object) -> None:
    """A database that is away is no reason to stop the tick."""
    try:
        if not JobRun.objects.filter(name=name).update(**columns):
            JobRun.objects.create(name=name, **columns)
    except Error as error:
        logger.warning("what became of the job %r cannot be kept: %s", name, error)
