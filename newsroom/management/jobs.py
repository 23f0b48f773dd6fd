"""What the tick does and how often; each job takes the time and is safe to run twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import close_old_connections

from newsletter.due import run_due as newsletter_due
from newsroom.lib.tasks import revive

logger = logging.getLogger("newsroom.tick")


def _clear_sessions(at: datetime) -> int:
    call_command("clearsessions")
    return 0


def _prune_tasks(at: datetime) -> int:
    """Finished tasks are kept for 14 days, failed ones for 30."""
    call_command(
        "prune_db_task_results",
        min_age_days=14,
        failed_min_age_days=30,
        queue_name="*",
        verbosity=0,
    )
    return 0


@dataclass
class Job:
    """One recurring piece of work."""

    name: str
    run: Callable[[datetime], int]
    every: timedelta
    next_at: datetime | None = field(default=None)


def jobs() -> list[Job]:
    """Every job of the site, in the order they run."""
    return [
        Job("revive tasks", lambda at: revive(at=at), timedelta(seconds=30)),
        Job("newsletter", newsletter_due, timedelta(hours=1)),
        Job("clear sessions", _clear_sessions, timedelta(days=1)),
        Job("prune tasks", _prune_tasks, timedelta(days=1)),
    ]


def run_due(all_jobs: list[Job], *, at: datetime) -> None:
    """Run what is due. A job that fails is logged and tried again; the others run all the same."""
    for job in all_jobs:
        if job.next_at and at < job.next_at:
            continue
        job.next_at = at + job.every
        try:
            job.run(at)
        except Exception:
            logger.exception("The job %r failed; it runs again in a minute.", job.name)
            job.next_at = at + timedelta(minutes=1)
        finally:
            close_old_connections()
