"""Holding back what leaves the house by itself, and letting it go.

Held are mails and what third parties are told (tasks made with `outgoing_task`), and plans to
publish. Whoever wants to tell somebody outside makes such a task, or asks `held()`.
"""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.outgoing.models import Hold

# The queue of tasks that reach somebody outside. A restore moves those that came with the backup
# into the other one: the original has sent them, or is about to.
OUTGOING, CAME_WITH_BACKUP = "outgoing", "came with backup"
# What is put aside waits until then, which no worker lives to see.
PUT_ASIDE = datetime(9998, 1, 1, tzinfo=UTC)


def held() -> bool:
    """Whether nothing may leave; one short query."""
    return Hold.objects.exists()


@transaction.atomic
def hold(*, at: datetime) -> bool:
    """Keep everything in the house from now on; False when it is already."""
    if held():
        return False
    Hold.objects.create(since=at)
    return True


def waiting(queue: str = OUTGOING) -> Counter[str]:
    """How many tasks of each name were put aside."""
    rows = DBTaskResult.objects.filter(
        queue_name=queue, status=TaskResultStatus.READY, run_after=PUT_ASIDE
    )
    paths = rows.order_by().values_list("task_path", flat=True)
    return Counter(path.rpartition(".")[2] for path in paths.iterator())


@transaction.atomic
def release(*, with_queued: bool = False) -> tuple[Counter[str], Counter[str]]:
    """Let go what waits: each task once. What leaves, and what came with the backup and does not.

    `with_queued` lets that leave too: for who knows that the original did not send it.
    """
    # A worker that is putting a task aside has the row locked: its task is found below.
    list(Hold.objects.select_for_update())
    going, queued = waiting(), waiting(CAME_WITH_BACKUP)
    rows = DBTaskResult.objects.filter(queue_name=CAME_WITH_BACKUP, run_after=PUT_ASIDE)
    if with_queued:
        rows.update(queue_name=OUTGOING)
        going, queued = going + queued, Counter()
    else:
        rows.delete()
    DBTaskResult.objects.filter(queue_name=OUTGOING, run_after=PUT_ASIDE).update(
        run_after=timezone.now()
    )
    Hold.objects.all().delete()
    return going, queued


def born_held(*, at: datetime, backup_at: datetime) -> list[tuple[str, list[Any]]]:
    """SQL that a restore carries out in the transaction that puts the rows back.

    So there is no moment in which a copy could send. What the backup's queue holds for others is
    set apart: the original has sent it since, or is about to. Sound for every backup's schema: the
    first that could be backed up had these tables and columns.
    """
    tasks, hold = DBTaskResult._meta.db_table, Hold._meta.db_table
    moment = connection.ops.adapt_datetimefield_value
    return [
        (f"DELETE FROM {hold}", []),  # noqa: S608  (the copy of a copy)
        (
            f"INSERT INTO {hold} (since, backup_at) VALUES (%s, %s)",  # noqa: S608
            [moment(at), moment(backup_at)],
        ),
        (
            f"UPDATE {tasks} SET queue_name = %s, status = %s, run_after = %s, worker_ids = '[]' "  # noqa: S608
            "WHERE queue_name = %s AND status <> %s",
            [
                CAME_WITH_BACKUP, TaskResultStatus.READY.value, moment(PUT_ASIDE), OUTGOING,
                TaskResultStatus.SUCCESSFUL.value,
            ],
        ),
    ]  # fmt: skip
