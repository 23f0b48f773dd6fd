"""What recurs: jobs run when due, one failing stops no other, tasks left behind come back."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Timer

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.lib.tasks import ATTEMPTS, revive
from newsroom.management.jobs import Job, jobs, run_due, run_until
from tests.management.chores import fails, succeeds

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between jobs the tick drops its connection; here that one holds the test's transaction."""
    monkeypatch.setattr("newsroom.management.jobs.close_old_connections", lambda: None)


@pytest.mark.django_db
def test_every_job_of_the_site_runs(caplog: pytest.LogCaptureFixture) -> None:
    call_command("tick")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert {job.name for job in jobs()} >= {"revive tasks", "newsletter", "clear sessions"}


@pytest.mark.django_db
def test_a_job_runs_again_only_when_it_is_due() -> None:
    ran: list[datetime] = []

    def note(at: datetime) -> int:
        ran.append(at)
        return 0

    every_hour = [Job("hourly", note, timedelta(hours=1))]
    for minutes in (0, 1, 59, 60, 61, 300):
        run_due(every_hour, at=NOON + minutes * MINUTE)
    assert ran == [NOON, NOON + 60 * MINUTE, NOON + 300 * MINUTE]


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    ran: list[str] = []

    def broken(at: datetime) -> int:
        ran.append("broken")
        raise RuntimeError("no")

    def sound(at: datetime) -> int:
        ran.append("sound")
        return 0

    both = [Job("broken", broken, timedelta(days=1)), Job("sound", sound, timedelta(days=1))]
    run_due(both, at=NOON)
    assert ran == ["broken", "sound"]
    assert "The job 'broken' failed" in caplog.text
    run_due(both, at=NOON + MINUTE)  # tried again soon, though it is a daily one
    assert ran == ["broken", "sound", "broken"]


@pytest.mark.django_db
def test_the_task_of_a_killed_worker_comes_back_and_is_done(run_tasks: Callable[[], None]) -> None:
    succeeds.enqueue()
    row = DBTaskResult.objects.get()
    row.claim("a worker that was killed")
    assert revive(at=timezone.now() + 14 * MINUTE) == 0
    later = timezone.now() + 16 * MINUTE
    with time_machine.travel(later, tick=False):
        assert revive(at=later) == 1
        assert revive(at=later) == 0
        run_tasks()
    row.refresh_from_db()
    assert (row.status, row.return_value) == (TaskResultStatus.SUCCESSFUL, "done")


@pytest.mark.django_db
def test_a_task_is_tried_six_times_with_growing_waits_and_then_stays_failed(
    run_tasks: Callable[[], None],
) -> None:
    fails.enqueue()
    at, waits = timezone.now(), []
    while True:
        with time_machine.travel(at, tick=False):
            run_tasks()
        row = DBTaskResult.objects.get()
        assert row.status == TaskResultStatus.FAILED
        wait = next((m for m in range(1, 2000) if revive(at=at + m * MINUTE)), None)
        if wait is None:
            break
        waits.append(wait)
        at += wait * MINUTE
    assert waits == [1, 4, 16, 64, 256]
    assert len(row.worker_ids) == ATTEMPTS
    assert row.status == TaskResultStatus.FAILED


@pytest.mark.usefixtures("crowd")  # the thread needs a database that is no one's memory
def test_a_job_of_the_day_that_takes_long_keeps_what_is_due_by_the_second_from_nothing() -> None:
    stopped, free, begun = Event(), Event(), Event()
    looked: list[bool] = []

    def long(at: datetime) -> int:
        begun.set()
        free.wait(20)
        return 0

    def look(at: datetime) -> int:
        looked.append(begun.is_set() and not free.is_set())
        if looked.count(True) >= 2:
            free.set()
            stopped.set()
        return 0

    # The long one stands first: in one row it would hold the other back.
    both = [Job("long", long, timedelta(days=1)), Job("look", look, timedelta(0))]
    giving_up = Timer(20, stopped.set)
    giving_up.start()
    run_until(stopped, both, seconds=0.05)
    giving_up.cancel()
    assert looked.count(True) == 2
