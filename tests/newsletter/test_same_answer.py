"""Nobody learns from the form whether an address is known, and nobody's mailbox is filled by it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsletter.models import Consent, Newsletter, Notice, Subscriber, Subscription
from tests.newsletter.conftest import READER, Send


def shape(answer: Any) -> tuple[Any, ...]:
    return answer.status_code, answer.content, sorted(answer.items()), str(answer.cookies)


def test_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(
    sign_up: Send, confirmed: Callable[..., str], run_tasks: Callable[[], None]
) -> None:
    confirmed("known@post.example")
    sign_up("waiting@post.example")
    run_tasks()
    answers, work = [], []
    for email in ("known@post.example", "waiting@post.example", "nobody@post.example"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(shape(sign_up(email)))
        work.append([re.sub(r"_x\d+", "", q["sql"])[:40] for q in queries])
    assert answers[0] == answers[1] == answers[2]
    assert work[0] == work[1] == work[2]


def test_a_subscriber_is_told_so_by_mail_at_most_once_a_day(
    sign_up: Send, confirmed: Callable[..., str], run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    confirmed()
    for _time in range(3):
        sign_up(READER.upper())
        run_tasks()
    (letter,) = mailoutbox
    assert "already subscribed" in letter.subject
    assert Subscription.objects.get().state == "confirmed"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        sign_up()
        run_tasks()
    assert len(mailoutbox) == 2


def test_one_confirmation_an_hour_and_three_a_day(
    sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    start = timezone.now()
    sent = []
    for hour in (0, 0.1, 0.9, 1.1, 1.2, 2.5, 4, 5, 23, 24.5):
        with time_machine.travel(start + timedelta(hours=hour)):
            sign_up()
            run_tasks()
            sent.append(len(mailoutbox))
    assert sent == [1, 1, 1, 2, 2, 3, 3, 3, 3, 4]
    assert Consent.objects.count() == 4
    assert Subscriber.objects.count() == 1


def test_a_second_newsletter_within_the_hour_waits_its_turn(
    sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list, morning: Newsletter
) -> None:
    evening = Newsletter.objects.create(name="Evening", slug="evening")
    sign_up()
    run_tasks()
    sign_up(newsletter=evening)
    run_tasks()
    assert len(mailoutbox) == 1
    first, second = Notice.objects.order_by("at")
    assert second.at - first.at == timedelta(hours=1)
    assert DBTaskResult.objects.filter(run_after=second.at).exists()
    with time_machine.travel(second.at + timedelta(seconds=1)):
        run_tasks()
    assert "Evening" in mailoutbox[1].subject


def test_the_thirty_first_sign_up_of_a_network_gets_429_and_keeps_what_was_typed(
    sign_up: Send,
) -> None:
    codes = [sign_up(f"r{n}@post.example").status_code for n in range(30)]
    assert set(codes) == {303}
    answer = sign_up("one.more@post.example")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert b'value="one.more@post.example"' in answer.content
    other = sign_up("x@post.example", headers={"HTTP_SEC_FETCH_SITE": "same-origin",
                                               "REMOTE_ADDR": "198.51.100.7"})  # fmt: skip
    assert other.status_code == 303


def test_the_brake_holds_for_the_whole_site_and_is_logged(
    sign_up: Send, settings: Any, caplog: Any
) -> None:
    settings.NEWSLETTER_SIGNUPS_PER_HOUR = 2
    codes = [sign_up(f"r{n}@post.example").status_code for n in range(3)]
    assert codes == [303, 303, 429]
    assert "brake" in caplog.text


def test_a_robot_that_fills_the_hidden_field_gets_the_same_answer_and_nothing_else(
    sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    person, robot = sign_up(), sign_up("robot@post.example", website="http://spam.example")
    assert shape(person) == shape(robot)
    run_tasks()
    assert len(mailoutbox) == 1


def test_a_task_that_runs_twice_subscribes_once(
    sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    sign_up()
    run_tasks()
    DBTaskResult.objects.filter(task_path="newsletter.signup.answer").update(status="READY")
    run_tasks()
    assert len(mailoutbox) == 1
    assert Subscription.objects.count() == 1
