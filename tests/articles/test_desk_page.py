"""The desk: what is mine, what waits, what time will do and did late, whether the clock runs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.models import Article, PublishedArticle, Section
from articles.models.kinds import Workflow
from articles.publishing.correct import correct
from articles.publishing.log import record
from articles.publishing.schedule import schedule
from articles.publishing.workflow import move
from newsroom.accounts.models import User
from newsroom.lib.panels import Row
from newsroom.models import JobRun
from newsroom.pages.templatetags.countdown import words

Log = Callable[[User], Client]
Write = Callable[..., Article]


def rows(desk: Client, title: str) -> list[Row]:
    context = desk.get("/admin/").context
    found = {str(panel.title): panel for panel in [*context["alarms"], *context["panels"]]}
    return list(found[title].rows) if title in found else []


@pytest.fixture
def running(db: None) -> JobRun:
    """The tick has just done its work."""
    now = timezone.now()
    return JobRun.objects.create(name="publish due", started_at=now, done_at=now)


def test_what_was_sent_back_stands_first_in_my_work_with_what_is_missing(
    reporter: User, editor: User, client_for: Log, write: Write
) -> None:
    back = write("Sent back", created_by=reporter)
    move(back, by=reporter, to=Workflow.IN_EDIT)
    move(back, by=editor, to=Workflow.WRITING, note="A second source")
    write("Going on", created_by=reporter, due_at=timezone.now())
    first, second = rows(client_for(reporter), "My work")
    assert (first.label, first.more) == ("Sent back", "A second source")
    assert "sent back by Edith Editor" in first.note
    assert second.label == "Going on"
    assert "due" in second.note


def test_what_waits_for_an_editor_is_what_is_in_edit_or_approved_in_their_sections(
    editor: User, chief: User, client_for: Log, write: Write
) -> None:
    other = Section.objects.create(name="World", slug="world")
    other.editors.add(chief)
    write("Approved", workflow=Workflow.APPROVED)
    write("In edit", workflow=Workflow.IN_EDIT)
    write("Being written")
    write("Foreign", section=other, workflow=Workflow.IN_EDIT)
    mine = rows(client_for(editor), "Waits for an editor")
    assert [row.label for row in mine] == ["In edit", "Approved"]
    everything = rows(client_for(chief), "Waits for an editor")
    assert [row.label for row in everything] == ["In edit", "Foreign", "Approved"]


def test_what_is_scheduled_counts_down_without_a_script(
    editor: User, client_for: Log, write: Write
) -> None:
    when = timezone.now() + timedelta(hours=2, minutes=14, seconds=30)
    schedule(write("Embargoed"), by=editor, publish_at=when)
    desk = client_for(editor)
    assert [row.label for row in rows(desk, "Scheduled")] == ["Embargoed"]
    assert "in 2 h 14 min" in desk.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(30, "any moment now"), (-59, "any moment now"), (61, "in 1 min"), (3599, "in 59 min"),
     (8070, "in 2 h 14 min"), (86400 + 3600, "in 1 d 1 h"), (-3600, "since 60 min")],
)  # fmt: skip
def test_a_countdown_is_rounded_down(seconds: int, said: str) -> None:
    now = timezone.now()
    assert words(now + timedelta(seconds=seconds), at=now) == said


def test_late_and_failed_publications_are_said_in_plain_words(
    editor: User, client_for: Log, write: Write, live: Callable[..., PublishedArticle]
) -> None:
    now, failed, late = timezone.now(), write("Failed"), live("Late").article
    record("publish_failed", failed, by=None, at=now, note="There is no text yet.")
    record("publish", late, by=None, at=now, details={"late_seconds": 3780})
    told = {row.label: row for row in rows(client_for(editor), "Not as planned")}
    assert "did not go live" in told["Failed"].note
    assert told["Failed"].more == "There is no text yet."
    assert "went live 63 minutes late" in told["Late"].note
    schedule(failed, by=editor, publish_at=now + timedelta(hours=1))  # somebody saw to it
    assert [row.label for row in rows(client_for(editor), "Not as planned")] == ["Late"]


def test_the_desk_says_that_the_clock_stands_still(
    running: JobRun, editor: User, reporter: User, client_for: Log
) -> None:
    desk = client_for(editor)
    assert rows(desk, "The machine") == []
    stopped = timezone.now() - timedelta(minutes=2)
    JobRun.objects.update(started_at=stopped, done_at=stopped)
    said = rows(desk, "The machine")[0].label
    assert said.startswith("The clock that publishes has not run since ")
    assert f"{timezone.localtime(stopped):%H:%M}" in said
    assert rows(client_for(reporter), "The machine") == []
    JobRun.objects.all().delete()
    assert "never run" in rows(desk, "The machine")[0].label


def test_the_desk_says_that_publishing_fails(
    running: JobRun, editor: User, client_for: Log
) -> None:
    JobRun.objects.update(
        failed_at=timezone.now() + timedelta(seconds=1), error="OperationalError: disk full"
    )
    assert "disk full" in rows(client_for(editor), "The machine")[0].label


def task(age: timedelta, **columns: object) -> DBTaskResult:
    made = DBTaskResult.objects.create(
        task_path="newsroom.media.lab.make_sizes", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", queue_name="default", run_after=timezone.now() - age,
        exception_class_path="", traceback="", **columns,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=timezone.now() - age)
    return made


def test_the_desk_says_that_the_worker_takes_nothing(
    running: JobRun, chief: User, client_for: Log
) -> None:
    desk = client_for(chief)
    task(timedelta(seconds=30), status=TaskResultStatus.READY)
    assert rows(desk, "The machine") == []
    assert "The worker" in {row.label for row in rows(desk, "The machine at work")}
    task(timedelta(minutes=2), status=TaskResultStatus.READY)
    assert "The worker does nothing: 1 task" in rows(desk, "The machine")[0].label
    task(timedelta(minutes=9), status=TaskResultStatus.RUNNING, started_at=timezone.now())
    assert rows(desk, "The machine") == []  # busy with another


def test_failed_jobs_are_named_to_the_chief(
    running: JobRun, chief: User, editor: User, client_for: Log
) -> None:
    failed = task(
        timedelta(hours=1), status=TaskResultStatus.FAILED, finished_at=timezone.now(),
        worker_ids=["a", "b"],
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=failed.pk).update(exception_class_path="smtplib.SMTPException")
    JobRun.objects.create(name="newsletter", failed_at=timezone.now(), error="ValueError: x")
    row = rows(client_for(chief), "Failed jobs")[0]
    assert (row.label, row.more) == ("make sizes", "SMTPException; tried 2 times")
    assert "Job “newsletter” fails" in {
        row.label for row in rows(client_for(chief), "The machine at work")
    }
    assert rows(client_for(editor), "Failed jobs") == []


def test_corrections_of_the_week_stand_on_the_desk(
    editor: User, client_for: Log, live: Callable[..., PublishedArticle]
) -> None:
    correct(live("Trams").article, by=editor, text="It was six trams.")
    row = rows(client_for(editor), "Corrections this week")[0]
    assert (row.label, row.more) == ("Trams", "It was six trams.")


def test_newsletter_editors_and_customer_service_see_their_own_work_only(
    letters: User, service: User, client_for: Log, write: Write,
    live: Callable[..., PublishedArticle],
) -> None:  # fmt: skip
    write("Secret draft", due_at=timezone.now(), workflow=Workflow.IN_EDIT)
    live("Live one")
    for user in (letters, service):
        page = client_for(user).get("/admin/").content.decode()
        assert "Secret draft" not in page
        assert "Live one" not in page
        assert client_for(user).get("/admin/articles/article/").status_code == 403


def test_hostile_headlines_and_notes_are_harmless_on_the_desk(
    editor: User, reporter: User, client_for: Log, write: Write
) -> None:
    nasty = "<script>alert(1)</script>\u202egpj.exe" + "x" * 100
    article = write(nasty, created_by=reporter, due_at=timezone.now())
    move(article, by=editor, to=Workflow.IN_EDIT, note="<img src=x>" + "w" * 1_000_000)
    move(article, by=editor, to=Workflow.WRITING, note="<img src=x onerror=alert(1)>" + "w" * 9999)
    for user in (editor, reporter):
        for address in ("/admin/", "/admin/articles/article/", "/admin/articles/article/day/",
                        f"/admin/articles/article/{article.pk}/stage/"):  # fmt: skip
            page = client_for(user).get(address)
            text = page.content.decode()
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert len(text) < 200_000
