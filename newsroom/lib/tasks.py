"""Background work: django-tasks rows, committed with what caused them, plus retry and reaping.

A task may run more than once (its worker may be killed after the work and before the record), so
every task must be safe to repeat. The tick calls `revive`.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

__all__ = ["revive", "task"]

ATTEMPTS = 6
# A task that has run this long has lost its worker; our longest (renditions) take seconds.
LOST_AFTER = timedelta(minutes=15)


def _wait(attempts: int) -> timedelta:
    """Back-off before the next attempt: 1, 4, 16, 64, 256 minutes."""
    return timedelta(minutes=4 ** max(0, attempts - 1))


def revive(*, at: datetime) -> int:
    """Queue failed tasks again after their back-off, and those whose worker is gone; how many.

    A task that failed `ATTEMPTS` times stays failed and shows on the desk.
    """
    lost = Q(status=TaskResultStatus.RUNNING, started_at__lt=at - LOST_AFTER)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__gt=at - timedelta(days=2))
    revived = 0
    rows = DBTaskResult.objects.filter(lost | failed).order_by()
    for row in list(rows.only("id", "status", "worker_ids", "started_at", "finished_at")):
        attempts = len(row.worker_ids)
        if attempts >= ATTEMPTS:
            continue
        if row.status == TaskResultStatus.FAILED and row.finished_at + _wait(attempts) > at:
            continue
        # Two ticks are harmless: only one of them finds this attempt, and no later one.
        attempt = DBTaskResult.objects.filter(
            pk=row.pk, status=row.status, started_at=row.started_at
        )
        revived += attempt.update(status=TaskResultStatus.READY, run_after=at)
    return revived
