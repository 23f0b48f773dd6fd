"""Signing up while the database is away: noted on the disk, taken in once, or refused in words."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from newsletter import offers, spool, taking_in
from newsletter.models import Consent, Newsletter, SignUp, Subscriber, Subscription, TakenIn
from newsroom.cache import patience
from tests.newsletter.conftest import OWN, READER, link_in, values
from tests.post_office import Box

Tasks = Callable[[], None]


@contextmanager
def away() -> Iterator[None]:
    """The database fails at the first question."""

    def fail(*_args: Any) -> None:
        raise OperationalError("nobody answers")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def form(morning: Newsletter) -> dict[str, str]:
    """What a reader's page holds, from before the database went away."""
    return values(morning)


def post(form: dict[str, str], headers: Any = None, **changes: str) -> HttpResponse:
    with away():
        return Client().post(
            "/newsletter/", {**form, **changes}, **(OWN if headers is None else headers)
        )


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_sign_up_is_noted_and_taken_in_as_if_it_had_been_given_to_the_database(
    form: dict[str, str], run_tasks: Tasks, smtp: Box
) -> None:
    given = timezone.now() - timedelta(minutes=50)
    with time_machine.travel(given, tick=False):
        answer = post(form, {**OWN, "REMOTE_ADDR": "198.51.100.77"})
    assert answer.status_code == 202
    assert "We have noted your sign-up" in answer.content.decode()
    assert "not complete yet" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert not SignUp.objects.exists()
    taking_in.run_due(timezone.now())
    run_tasks()
    consent = Consent.objects.get()
    assert (consent.email, consent.at, consent.event) == (READER, given, "asked")
    assert consent.wording == "By subscribing I accept the terms of use."
    assert str(consent.terms_id) == form["terms_version"]
    assert (consent.source, consent.language) == ("/city/a-tram-12/", "en")
    assert consent.network == "198.51.100.0/24"
    assert [to for to, _letter in smtp.mails] == [[READER]]
    assert spool.waiting() == []
    page = Client().post(link_in(smtp.mails[0][1].get_body().get_content()))  # type: ignore[union-attr]
    assert "The subscription is confirmed" in page.content.decode()


def test_files_are_private_and_hold_nothing_in_their_names(
    form: dict[str, str], data_dir: Path
) -> None:
    before = os.umask(0)
    try:
        post(form)
    finally:
        os.umask(before)
    place = data_dir / "sign-ups"
    (file,) = files(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert READER.encode() in file.read_bytes()
    assert "reader" not in file.name
    taking_in.run_due(timezone.now())
    assert files(place) == []


def test_a_crash_between_taking_in_and_deleting_the_file_takes_nothing_twice(
    form: dict[str, str], run_tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(form)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "forget", lambda _name: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taking_in.run_due(timezone.now())
    run_tasks()
    Client().post(link_in(str(mail.outbox[0].body)))
    run_tasks()
    assert len(spool.waiting()) == 1
    taking_in.run_due(timezone.now())  # or who has confirmed since would get "already subscribed"
    run_tasks()
    assert spool.waiting() == []
    assert (Consent.objects.count(), len(mail.outbox)) == (2, 2)


def test_who_is_subscribed_already_stays_so_and_is_told_the_same(
    form: dict[str, str], confirmed: Callable[..., str], run_tasks: Tasks
) -> None:
    confirmed()
    known, unknown = post(form), post(form, email="nobody@post.example")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    taking_in.run_due(timezone.now())
    run_tasks()
    assert Subscription.objects.get(subscriber__email=READER).state == "confirmed"
    assert sorted(letter.subject for letter in mail.outbox) == [
        "Please confirm: The Morning Post",
        "You are already subscribed to The Morning Post",
    ]


def test_the_same_address_several_times_gets_one_mail(
    form: dict[str, str], run_tasks: Tasks
) -> None:
    for hours in (5, 3, 1):
        with time_machine.travel(timezone.now() - timedelta(hours=hours)):
            assert post(form, email=READER.upper()).status_code == 202
    taking_in.run_due(timezone.now())
    run_tasks()
    assert spool.waiting() == []
    assert (Subscriber.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nobody"}, "This is not a whole e-mail address"),
        ({"newsletter": "none-of-ours"}, "The Morning Post"),
    ],
)
def test_a_form_with_a_mistake_comes_back_at_once(
    form: dict[str, str], changes: dict[str, str], words: str
) -> None:
    answer = post(form, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert spool.waiting() == []


def test_a_box_that_was_not_ticked_is_asked_for_without_a_database_too(
    morning: Newsletter,
) -> None:
    Newsletter.objects.filter(pk=morning.pk).update(requires_box=True)
    Newsletter.objects.get().save()
    form = values(morning)
    assert post(form).status_code == 422
    assert post(form, accept="yes").status_code == 202


def test_what_only_the_database_knows_is_refused_in_words(form: dict[str, str]) -> None:
    for changes in ({"wording": "0" * 64}, {"terms_version": "999999999"}):
        answer = post(form, **changes)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "We could not take your sign-up" in answer.content.decode()
    assert spool.waiting() == []


def test_a_process_that_never_read_the_offers_refuses(
    form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "_last", [])
    assert post(form).status_code == 503
    with away():
        assert Client().get("/newsletter/").status_code == 503


def test_the_form_itself_is_shown_without_a_database_and_kept_by_no_cache(
    form: dict[str, str],
) -> None:
    with away():
        page = Client().get("/newsletter/")
    assert page.status_code == 200
    assert form["wording"] in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_a_full_spool_refuses_and_so_does_a_disk_that_cannot_be_written(
    form: dict[str, str], settings: Settings, data_dir: Path
) -> None:
    settings.NEWSLETTER_SPOOL = 2
    answers = [post(form, email=f"reader{n}@post.example").status_code for n in range(4)]
    assert answers == [202, 202, 503, 503]
    assert len(files(data_dir / "sign-ups")) == 2
    settings.NEWSLETTER_SPOOL, settings.DATA_DIR = 5, data_dir / "a-file"
    settings.DATA_DIR.write_bytes(b"")
    assert post(form).status_code == 503


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_nothing_is_noted(
    form: dict[str, str],
) -> None:
    assert post(form, website="https://spam.example").content == post(form).content
    assert len(spool.waiting()) == 1


def test_a_network_has_thirty_an_hour_without_a_database_too(
    form: dict[str, str], settings: Settings
) -> None:
    statuses = [post(form, email=f"reader{n}@post.example").status_code for n in range(32)]
    assert statuses == [202] * 30 + [429] * 2
    settings.NEWSLETTER_SIGNUPS_PER_HOUR = 30  # of the whole site
    other = post(form, headers={**OWN, "REMOTE_ADDR": "203.0.113.9"})
    assert (other.status_code, other["Retry-After"]) == (429, "3600")
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert post(form).status_code == 202


def test_a_form_from_elsewhere_is_asked_once_more(form: dict[str, str]) -> None:
    answer = post(form, headers={"HTTP_SEC_FETCH_SITE": "cross-site"})
    text = answer.content.decode()
    assert "One last step" in text
    assert spool.waiting() == []
    token = text.split('name="token" value="')[1].split('"')[0]
    assert post({"token": token}, headers={}).status_code == 202
    assert spool.read(spool.waiting()[0]).email == READER


def test_a_newsletter_that_was_closed_meanwhile_loses_nobody(
    form: dict[str, str], morning: Newsletter, letters: Any, client_for: Any, capsys: Any
) -> None:
    post(form)
    Newsletter.objects.update(is_active=False)
    taking_in.run_due(timezone.now())
    assert spool.waiting() == []
    assert not SignUp.objects.exists()
    desk = client_for(letters).get("/admin/").content.decode()
    assert "1 sign-up could not be taken in" in desk
    call_command("sign_ups")
    said = capsys.readouterr().out
    assert "r…@post.example: the newsletter is not open for sign-up." in said
    assert READER not in said
    Newsletter.objects.update(is_active=True)
    call_command("sign_ups", "retry")
    taking_in.run_due(timezone.now())
    assert SignUp.objects.get().email == READER
    assert spool.refused() == []


def test_what_cannot_be_taken_in_keeps_no_other_from_it(
    form: dict[str, str], data_dir: Path, capsys: Any
) -> None:
    post(form)
    post(form, email="other@post.example")
    first, _second = spool.waiting()
    (data_dir / "sign-ups" / first.text).write_bytes(b'{"email": ')
    (data_dir / "sign-ups" / "notes.txt").write_bytes(b"of somebody else")
    taking_in.run_due(timezone.now())
    assert SignUp.objects.get().email == "other@post.example"
    call_command("sign_ups")
    assert "the file cannot be read" in capsys.readouterr().out
    call_command("sign_ups", "forget")
    assert [path.name for path in files(data_dir / "sign-ups")] == ["notes.txt"]


def test_while_the_database_is_away_nothing_is_lost_by_trying(form: dict[str, str]) -> None:
    post(form)
    with away(), pytest.raises(OperationalError):
        taking_in.run_due(timezone.now())
    assert len(spool.waiting()) == 1
    assert not TakenIn.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_sqlite_s_lock_waits_once_and_is_noted(
    form: dict[str, str], crowd: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a run on PostgreSQL")
    own = connections.settings["default"]
    monkeypatch.setitem(own, "OPTIONS", {**own["OPTIONS"], "timeout": 1})
    other = sqlite3.connect(own["NAME"], isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")
    connection_created.connect(patience._have_wait_once)

    def timed() -> tuple[int, float]:
        began = time.monotonic()
        answer = Client().post("/newsletter/", form, **OWN)
        return answer.status_code, time.monotonic() - began

    try:
        ((status, seconds),) = crowd(timed, 1)
    finally:
        connection_created.disconnect(patience._have_wait_once)
        other.close()
    assert status == 202
    assert seconds < 3  # a second at most for each of five attempts to write, without it


def test_the_page_speaks_the_language_of_the_paper_that_the_form_names(
    form: dict[str, str],
) -> None:
    text = post(form, language="he").content.decode()
    assert '<html lang="he" dir="rtl">' in text
    assert "noted" not in text
