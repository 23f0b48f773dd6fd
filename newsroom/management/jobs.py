"""What the tick does and how often; each job takes the time and is safe to run twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread

from django.core.management import call_command
from django.db import close_old_connections, connections
from django.utils import timezone

from articles import drafts, pruning
from articles.archive.counting import count_all
from articles.feeds.websub import run_due as hub_due
from articles.fronts.due import run_due as fronts_due
from articles.popularity.due import run_due as popularity_due
from articles.publishing.due import run_due as publishing_due
from articles.reports.due import forget_addresses
from articles.search import upkeep
from newsletter.due import run_due as newsletter_due
from newsletter.taking_in import run_due as spool_due
from newsroom.cache.cdn.outer import caches
from newsroom.cache.cdn.telling import Telling
from newsroom.cache.upkeep import prune_entries
from newsroom.lib.tasks import revive
from newsroom.management import bookkeeping
from newsroom.management.heartbeat import Heart

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
    # It waits for machines elsewhere, and in a thread of its own.
    apart: bool = False
    # It cares for files of its own machine, and every machine needs it.
    own: bool = False
    next_at: datetime | None = field(default=None)
    # When it was last noted that all is well; None after a failure.
    noted_at: datetime | None = field(default=None)


def jobs() -> list[Job]:
    """Every job of the site, in the order they run."""
    outside = [Job("tell the caches", Telling().run, timedelta(seconds=1), apart=True)]
    return [
        Job("publish due", publishing_due, timedelta(seconds=5)),
        Job("fronts", fronts_due, timedelta(seconds=5)),
        Job("sign-up spool", spool_due, timedelta(seconds=5), own=True),
        Job("count reads", popularity_due, timedelta(seconds=15)),
        Job("tell the hub", hub_due, timedelta(minutes=1)),
        Job("revive tasks", lambda at: revive(at=at), timedelta(seconds=30)),
        Job("search index", upkeep.run_due, timedelta(minutes=10)),
        Job("newsletter", newsletter_due, timedelta(hours=1)),
        Job("forget reporters", forget_addresses, timedelta(hours=1)),
        Job("page cache", prune_entries, timedelta(hours=1)),
        Job("archive", count_all, timedelta(days=1)),
        Job("prune kept text", drafts.prune, timedelta(days=1)),
        Job("prune revisions", pruning.prune, timedelta(days=1)),
        Job("clear sessions", _clear_sessions, timedelta(days=1)),
        Job("prune tasks", _prune_tasks, timedelta(days=1)),
        *(outside if caches() else []),
    ]


# What is due by the second does not wait for what is done by the hour or day.
PROMPT = timedelta(minutes=1)


def run_until(
    stopped: Event, all_jobs: list[Job], *, seconds: float = 5, heart: Heart | None = None
) -> None:
    """Look for due jobs every few seconds until the event is set; the heart beats at every look.

    Jobs of every minute and oftener run here, the others in threads beside it, which end with the
    process: each is safe to run again. A job apart is looked at as often as it wants to run.
    """
    here = [job for job in all_jobs if not job.apart]
    prompt = [job for job in here if job.every <= PROMPT]
    upkeep = [job for job in here if job.every > PROMPT]

    def turn(some: list[Job], pause: float, heart: Heart | None = None) -> None:
        while not stopped.is_set():
            run_due(some, at=timezone.now())
            if heart:
                heart.beat()
            stopped.wait(pause)

    def beside(some: list[Job], pause: float) -> None:
        try:
            turn(some, pause)
        finally:
            connections.close_all()  # this thread's own

    def start(name: str, some: list[Job], pause: float) -> None:
        Thread(target=beside, args=(some, pause), name=name, daemon=True).start()

    start("upkeep", upkeep, seconds)
    for job in all_jobs:
        if job.apart:
            start(job.name, [job], min(seconds, job.every.total_seconds()))
    turn(prompt, seconds, heart)


def run_due(all_jobs: list[Job], *, at: datetime) -> None:
    """Run what is due. A job that fails is noted and tried again; the others run all the same."""
    for job in all_jobs:
        if job.next_at and at < job.next_at:
            continue
        job.next_at = at + job.every
        fresh = job.noted_at is not None and at - job.noted_at < bookkeeping.FRESH
        try:
            if not fresh:
                bookkeeping.started(job.name, at)
            job.run(at)
            if not fresh:
                bookkeeping.done(job.name, at)
                job.noted_at = at
        except Exception as error:
            job.next_at = at + min(job.every, timedelta(minutes=1))
            job.noted_at = None
            if bookkeeping.failed(job.name, at, error):
                logger.exception("The job %r failed; it is tried again soon.", job.name)
        finally:
            close_old_connections()
