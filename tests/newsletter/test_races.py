"""The same reader twice at the same moment."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from newsletter import tokens
from newsletter.choices import confirm, unsubscribe
from newsletter.models import Consent, Newsletter, Notice, SignUp, Subscriber, Subscription
from newsletter.signup import answer
from newsroom.pages.models import TermsVersion
from tests.conftest import AT_ONCE, rounds
from tests.newsletter.conftest import READER, values, version

ROUNDS = rounds(5, 100)


def paper() -> tuple[Newsletter, TermsVersion]:
    terms = version()
    return Newsletter.objects.create(name="The Morning Post", slug="morning"), terms


def waiting(email: str) -> int:
    newsletter, terms = Newsletter.objects.get(), TermsVersion.objects.get()
    return SignUp.objects.create(
        newsletter=newsletter, email=email, at=timezone.now(), terms=terms, wording="I accept.",
        with_box=False, source="page", language="en", network="",
    ).pk  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_simultaneous_sign_ups_end_in_one_subscription_and_one_mail(crowd: Callable) -> None:
    crowd(paper, 1)
    for round_ in range(ROUNDS):
        ids = crowd(
            lambda n=round_: [waiting(f"Reader{n}@post.example") for _ in range(AT_ONCE)], 1
        )
        (rows,) = ids
        crowd(lambda rows=rows: answer.func(rows.pop()))
    for model in (Subscriber, Subscription, Consent, Notice):
        assert crowd(model.objects.count, 1) == [ROUNDS]
    assert crowd(SignUp.objects.count, 1) == [0]


@pytest.mark.django_db(transaction=True)
def test_who_left_and_comes_back_several_times_at_once_is_asked_once(crowd: Callable) -> None:
    crowd(paper, 1)

    def gone() -> None:
        answer.func(waiting(READER))
        link = tokens.token(tokens.CONFIRM, Subscription.objects.get())
        confirm(link, network="", at=timezone.now())
        way_out = tokens.token(tokens.UNSUBSCRIBE, Subscription.objects.get())
        unsubscribe(way_out, source="mail", network="", at=timezone.now())

    crowd(gone, 1)
    (rows,) = crowd(lambda: [waiting(READER) for _ in range(AT_ONCE)], 1)
    crowd(lambda: answer.func(rows.pop()))
    assert crowd(Consent.objects.filter(event="asked").count, 1) == [2]
    assert crowd(Notice.objects.count, 1) == [2]


@pytest.mark.django_db(transaction=True)
def test_one_sign_up_taken_by_two_workers_counts_once(crowd: Callable) -> None:
    crowd(paper, 1)
    for round_ in range(1, rounds(1, 100) + 1):
        (row,) = crowd(lambda n=round_: waiting(f"reader{n}@post.example"), 1)
        crowd(lambda row=row: answer.func(row))
        assert crowd(Consent.objects.count, 1) == [round_]


@pytest.mark.django_db(transaction=True)
def test_simultaneous_clicks_confirm_once(crowd: Callable) -> None:
    crowd(paper, 1)
    for round_ in range(1, rounds(1, 100) + 1):
        (row,) = crowd(lambda n=round_: waiting(f"reader{n}@post.example"), 1)
        crowd(lambda row=row: answer.func(row), 1)
        newest = Subscription.objects.order_by("pk")
        (token,) = crowd(lambda: tokens.token(tokens.CONFIRM, newest.last()), 1)  # noqa: B023
        crowd(lambda token=token: confirm(token, network="", at=timezone.now()))
        assert crowd(Consent.objects.filter(event="confirmed").count, 1) == [round_]


@pytest.mark.django_db(transaction=True)
def test_simultaneous_forms_are_all_answered(crowd: Callable) -> None:
    crowd(paper, 1)
    (form,) = crowd(lambda: values(Newsletter.objects.get()), 1)

    def post() -> int:
        return Client().post("/newsletter/", form, HTTP_SEC_FETCH_SITE="same-origin").status_code

    assert crowd(post) == [303] * AT_ONCE
    assert crowd(SignUp.objects.count, 1) == [AT_ONCE]
