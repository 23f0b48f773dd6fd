"""While all is held nothing leaves the house; what waits leaves once, when it is released."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from articles.feeds import websub
from articles.models import PublishedArticle, Unannounced
from articles.publishing import expire_at, schedule
from articles.publishing.due import run_due
from articles.revisions import revise
from newsroom.accounts.adapter import send_notice
from newsroom.accounts.models import User
from newsroom.lib import emails
from newsroom.management.jobs import jobs
from newsroom.outgoing import holding
from newsroom.outgoing.door import Held
from newsroom.outgoing.models import Hold
from tests.fronts.stories import story

Run = Callable[[], None]

ROOT = Path(__file__).parents[2]
# What these do stays in the house: pictures, the search index, the archive's numbers.
INSIDE = {
    "newsroom.media.renditions.make", "articles.share_cards.draw_ahead",
    "articles.search.upkeep.follow_topics", "articles.archive.counting.count_in_background",
}  # fmt: skip


@pytest.fixture
def held(db: None) -> None:
    holding.hold(at=timezone.now())


def all_tasks() -> Iterator[Task]:  # type: ignore[type-arg]
    for package in ("newsroom", "articles", "newsletter"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "task" in path.read_text("utf-8") and "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found = vars(import_module(name)).values()
                yield from (task for task in found if isinstance(task, Task))


def notice(subject: str = "Your password was changed") -> None:
    send_notice.enqueue("reader@paper.test", subject, "By you, we hope.")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("outgoing", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("held")
def test_mail_waits_while_all_is_held_and_leaves_once_when_released(run_tasks: Run) -> None:
    notice()
    run_tasks()
    run_tasks()
    assert mail.outbox == []
    assert "Waiting for the release: 1 send notice." in said()
    assert "Leaving now: 1 send notice." in said("release")
    run_tasks()
    run_tasks()
    assert [message.subject for message in mail.outbox] == ["Your password was changed"]
    assert said() == "Nothing is held: mail leaves.\n"


@pytest.mark.usefixtures("held")
def test_what_waits_outlives_the_pruning_and_the_reviving_of_tasks(run_tasks: Run) -> None:
    notice()
    run_tasks()
    for job in jobs():
        if job.name in {"revive tasks", "prune tasks"}:
            job.run(timezone.now() + timedelta(days=400))
    run_tasks()
    assert mail.outbox == []
    holding.release()
    run_tasks()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("option", "leaves"), [([], 0), (["--with-queued"], 1)])
def test_mail_that_waited_in_the_backup_is_sent_only_if_the_operator_says_so(
    held: None, run_tasks: Run, option: list[str], leaves: int
) -> None:
    notice("From before")
    DBTaskResult.objects.update(queue_name=holding.CAME_WITH_BACKUP, run_after=holding.PUT_ASIDE)
    run_tasks()
    assert "sent only --with-queued: 1 send notice." in said()
    told = said("release", *option)
    assert ("Not sent, because they waited in the backup: 1 send notice." in told) == (leaves == 0)
    run_tasks()
    assert len(mail.outbox) == leaves


@pytest.mark.usefixtures("held")
def test_mail_that_comes_past_the_queue_is_refused_at_the_door(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "newsroom.outgoing.door.Door"
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    context = {"user": User(name="Rami"), "link": "/", "site_url": "/"}
    with pytest.raises(Held):
        emails.send("password_reset", to="rami@paper.test", context=context)
    assert mail.outbox == []
    holding.release()
    emails.send("password_reset", to="rami@paper.test", context=context)
    assert len(mail.outbox) == 1


def test_every_task_is_held_unless_what_it_does_stays_in_the_house() -> None:
    found = {task.module_path: task.queue_name for task in all_tasks()}
    inside = {path for path, queue in found.items() if queue != holding.OUTGOING}
    assert inside == INSIDE, "make it an outgoing_task, or name it above if it tells nobody"
    assert len(found) - len(inside) >= 9


@pytest.mark.usefixtures("held")
def test_no_hub_is_told_and_no_tasks_pile_up_while_all_is_held(
    settings: Settings, run_tasks: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(websub, "tell", told.append)
    settings.WEBSUB_HUB = "https://hub.example/"
    story("Tram line opens", at=timezone.now())
    for _minute in range(3):
        websub.run_due(timezone.now())
        run_tasks()
    assert told == []
    assert holding.waiting()["announce"] == 1
    holding.release()
    run_tasks()
    assert len(told) == 1
    assert not Unannounced.objects.exists()


@pytest.mark.usefixtures("held")
def test_a_plan_waits_while_all_is_held_but_what_expires_is_withdrawn(chief: User) -> None:
    now = timezone.now()
    soon, over = now + timedelta(hours=1), now + timedelta(hours=2)
    planned = story("Embargoed", at=now).article
    planned.headline = "Embargoed, and prolonged by the original"
    planned.save()
    revise(planned, by=None)
    schedule(planned, by=chief, publish_at=soon)
    expire_at(story("Licensed", at=now).article, by=chief, when=soon, reason="Licence ends.")
    assert run_due(over) == 1
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Embargoed"]
    holding.release()
    assert run_due(over) == 1
    assert "prolonged" in PublishedArticle.objects.get().headline


def test_the_desk_says_that_it_is_a_restored_copy(
    chief: User, client_for: Callable[[User], Client]
) -> None:
    desk = client_for(chief)
    assert "restored copy" not in desk.get("/admin/").content.decode()
    now = timezone.now()
    Hold.objects.create(since=now, backup_at=now - timedelta(hours=3))
    page = desk.get("/admin/")
    alarms = [row.label for panel in page.context["alarms"] for row in panel.rows]
    assert alarms[0].startswith("This is a restored copy, of ")
    assert "no mail leaves it" in page.content.decode()


def test_an_operator_holds_by_hand(db: None, run_tasks: Run) -> None:
    assert "no mail leaves" in said("hold")
    assert "no mail leaves" in said("hold")
    assert Hold.objects.count() == 1
    notice()
    run_tasks()
    assert mail.outbox == []
