"""What `/metrics` says, in the text format of Prometheus; about ten short queries.

What is counted is of this machine since the server started, and what waits on its disk; what is
asked of the database is of the whole paper, and left out while the database is away
(`newsroom_database_up` says so).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from articles.publishing import due
from newsletter import spool
from newsroom.lib.counters import Counters
from newsroom.media.renditions import in_a_store
from newsroom.media.store_failures import failures
from newsroom.models import Heartbeat, JobRun

__all__ = ["CONTENT_TYPE", "text"]


def text(answered: Counters, stored: Counters | None) -> bytes:
    """`answered` counts the site's own answers, `stored` those of the page cache in front of it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Measured(answered, stored))
    return generate_latest(registry)


class _Measured(Collector):
    def __init__(self, answered: Counters, stored: Counters | None) -> None:
        self._answered, self._stored = answered, stored

    def collect(self) -> Iterator[Metric]:
        yield from self._counted()
        yield from _store_failures()
        yield from _spooled(timezone.now())
        up = GaugeMetricFamily("newsroom_database_up", "Whether the database answers.")
        try:
            now = timezone.now()
            found = [*_heard(now), *_jobs(), *_tasks(now), *_publications(now)]
        except DatabaseError:
            found = []
        up.add_metric([], 1 if found else 0)
        yield up
        yield from found

    def _counted(self) -> Iterator[Metric]:
        sums = self._answered.sums()
        yield GaugeMetricFamily(
            "newsroom_web_processes",
            "Web processes of this machine that have answered.",
            self._answered.processes(),
        )
        answers = CounterMetricFamily(
            "newsroom_site_answers",
            "Answers of the site behind its stored pages.",
            labels=["status"],
        )
        for name in self._answered.names[:-1]:
            answers.add_metric([name], sums[name])
        yield answers
        yield CounterMetricFamily(
            "newsroom_site_seconds", "Seconds those answers took.", sums["microseconds"] / 1e6
        )
        if self._stored is None:
            return
        sums = self._stored.sums()
        pages = CounterMetricFamily(
            "newsroom_stored_answers",
            "Answers from stored pages: fresh, out of date, or refused for want of a database.",
            labels=["kind"],
        )
        for name, kind in (("hits", "fresh"), ("stale", "stale"), ("refused", "refused")):
            pages.add_metric([kind], sums[name])
        yield pages
        yield CounterMetricFamily("newsroom_pages_made", "Pages made and stored.", sums["made"])
        yield CounterMetricFamily(
            "newsroom_pages_made_from_replica",
            "Those of them that were made from the replica.",
            sums["from_replica"],
        )


def _store_failures() -> Iterator[Metric]:
    """Nothing where pictures lie in a folder."""
    if not in_a_store():
        return
    failed = CounterMetricFamily(
        "newsroom_picture_store_failures",
        "Questions that the store of pictures did not answer, refused, or had no room for.",
        labels=["reason"],
    )
    for reason, number in failures.counters.sums().items():
        failed.add_metric([reason.removeprefix("store_")], number)
    yield failed


def _spooled(at: datetime) -> Iterable[Metric]:
    """Of this machine's disk: sign-ups from a time without a database."""
    waiting = spool.waiting()
    signups = GaugeMetricFamily(
        "newsroom_spooled_signups", "Sign-ups on this machine's disk.", labels=["state"]
    )
    signups.add_metric(["waiting"], len(waiting))
    signups.add_metric(["refused"], len(spool.refused()))
    return signups, GaugeMetricFamily(
        "newsroom_spooled_signup_oldest_waiting_seconds",
        "How long the first of them has waited.",
        max(0.0, at.timestamp() - waiting[0].at) if waiting else 0,
    )


def _heard(at: datetime) -> Iterable[Metric]:
    """Of worker and tick, whether there is anything to do or not; of one that never ran nothing."""
    heard = GaugeMetricFamily(
        "newsroom_last_heard_seconds",
        "Since one of this kind last said that it lives; twice a minute is well.",
        labels=["kind"],
    )
    for beat in Heartbeat.objects.order_by("pk"):
        heard.add_metric([beat.kind], max(0.0, (at - beat.heard_at).total_seconds()))
    return (heard,)


def _jobs() -> Iterable[Metric]:
    """Of the tick: when each ended well for the last time, and whether it fails since."""
    done = GaugeMetricFamily(
        "newsroom_job_done_timestamp_seconds", "When the job last ended well.", labels=["job"]
    )
    failing = GaugeMetricFamily(
        "newsroom_job_failing", "Whether it has failed since.", labels=["job"]
    )
    for job in JobRun.objects.order_by("pk"):
        if job.done_at:
            done.add_metric([job.name], job.done_at.timestamp())
        fails = job.failed_at and (job.done_at is None or job.done_at < job.failed_at)
        failing.add_metric([job.name], bool(fails))
    return done, failing


def _tasks(at: datetime) -> Iterable[Metric]:
    """Of the worker: mails, picture sizes and the like, by what they do and how they stand."""
    tasks = GaugeMetricFamily(
        "newsroom_tasks", "Tasks, among them each kind of mail.", labels=["task", "status"]
    )
    rows = DBTaskResult.objects.order_by().values("task_path", "status").annotate(n=Count("pk"))
    for row in sorted(rows, key=lambda row: (row["task_path"], row["status"])):
        tasks.add_metric([row["task_path"].rsplit(".", 1)[-1], row["status"].lower()], row["n"])
    waiting = DBTaskResult.objects.ready().order_by().aggregate(since=Min("enqueued_at"))["since"]
    return tasks, GaugeMetricFamily(
        "newsroom_task_oldest_waiting_seconds",
        "How long the first task in the queue has waited.",
        max(0.0, (at - waiting).total_seconds()) if waiting else 0,
    )


def _publications(at: datetime) -> Iterable[Metric]:
    count, first = due.overdue(at)
    return (
        GaugeMetricFamily(
            "newsroom_publications_overdue", "Publications whose minute has passed.", count
        ),
        GaugeMetricFamily(
            "newsroom_publication_oldest_overdue_seconds",
            "For how long the first of them should have been out.",
            (at - first).total_seconds() if first else 0,
        ),
    )
