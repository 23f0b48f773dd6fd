"""What was agreed to: exact words, the right version, written once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import timezone

from newsletter.due import run_due
from newsletter.models import Consent, Newsletter, Subscriber, Subscription
from newsletter.models.consent import AppendOnlyError
from newsletter.models.newsletter import digest
from newsletter.receipt import receipt
from newsroom.pages.models import TermsVersion
from tests.newsletter.conftest import READER, Send, values, version


def test_the_consent_says_who_when_what_and_where(
    sign_up: Send, run_tasks: Callable[[], None], terms: TermsVersion
) -> None:
    sign_up("Reader@POST.example", language="he")
    run_tasks()
    consent = Consent.objects.get()
    assert consent.email == READER
    assert consent.terms == terms
    assert consent.wording == "By subscribing I accept the terms of use."
    assert consent.sha256 == digest(consent.wording)
    assert consent.source == "/city/a-tram-12/"
    assert consent.language == "he"
    assert consent.network == "127.0.0.0/24"
    assert not consent.with_box
    assert Subscriber.objects.get().email == "Reader@post.example"


def test_a_consent_is_never_changed_or_deleted(
    sign_up: Send, run_tasks: Callable[[], None]
) -> None:
    sign_up()
    run_tasks()
    consent = Consent.objects.get()
    consent.wording = "something else"
    for deed in (
        consent.save,
        consent.delete,
        Consent.objects.all().delete,
        lambda: Consent.objects.update(wording="x"),
        lambda: Consent.objects.bulk_update([consent], ["wording"]),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            deed()
    assert Consent.objects.get().wording == "By subscribing I accept the terms of use."


@pytest.mark.parametrize(("hours", "status"), [(23, 303), (25, 422)])
def test_superseded_terms_are_accepted_for_a_day(
    hours: float, status: int, morning: Newsletter, terms: TermsVersion, run_tasks: Callable
) -> None:
    shown = values(morning)
    version("Terms, again", days=-hours / 24)
    answer = Client().post("/newsletter/", shown, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == status
    run_tasks()
    if status == 303:
        assert Consent.objects.get().terms == terms
    else:
        assert not Consent.objects.exists()
        assert READER.encode() in answer.content
        assert b"The terms have changed" in answer.content


@pytest.mark.parametrize(("hours", "status"), [(23, 303), (25, 422)])
def test_a_superseded_wording_is_accepted_for_a_day_and_stored_as_shown(
    hours: float, status: int, morning: Newsletter, run_tasks: Callable
) -> None:
    shown = values(morning)
    with time_machine.travel(timezone.now() - timedelta(hours=hours)):
        morning.statement = "I accept the {terms}, gladly."
        morning.save()
    answer = Client().post("/newsletter/", shown, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == status
    run_tasks()
    kept = list(Consent.objects.values_list("wording", flat=True))
    assert kept == (["By subscribing I accept the terms of use."] if status == 303 else [])


def test_terms_of_the_future_start_at_their_hour_without_anybody_s_help(
    morning: Newsletter, terms: TermsVersion
) -> None:
    coming = version("Terms to come", days=1)
    assert values(morning)["terms_version"] == str(terms.pk)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert values(morning)["terms_version"] == str(coming.pk)
    caches["local"].clear()  # time never goes back but in tests
    early = {**values(morning), "terms_version": str(coming.pk)}
    answer = Client().post("/newsletter/", early, HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == 422


def test_a_required_box_starts_unticked_and_has_to_be_ticked(
    sign_up: Send, morning: Newsletter, run_tasks: Callable[[], None]
) -> None:
    morning.requires_box = True
    morning.save()
    page = Client().get("/newsletter/").content.decode()
    assert 'name="accept"' in page
    assert "checked" not in page
    answer = sign_up()
    assert answer.status_code == 422
    assert b"Please tick the box" in answer.content
    assert sign_up(accept="yes").status_code == 303
    run_tasks()
    assert Consent.objects.get().with_box


def test_what_nobody_confirmed_is_forgotten_after_a_week(
    sign_up: Send, run_tasks: Callable[[], None], confirmed: Callable[..., str]
) -> None:
    confirmed("kept@post.example")
    sign_up("lapses@post.example")
    run_tasks()
    now = timezone.now()
    run_due(now + timedelta(days=6))
    assert Subscription.objects.count() == 2
    assert run_due(now + timedelta(days=8)) > 0
    assert [s.email for s in Subscriber.objects.all()] == ["kept@post.example"]
    assert set(Consent.objects.values_list("email", flat=True)) == {"kept@post.example"}
    assert run_due(now + timedelta(days=8)) == 0


def test_who_left_and_did_not_confirm_again_stays_somebody_who_left(
    sign_up: Send, run_tasks: Callable[[], None], confirmed: Callable[..., str]
) -> None:
    Client().post(confirmed())
    sign_up()
    run_tasks()
    assert Subscription.objects.get().state == "pending"
    run_due(timezone.now() + timedelta(days=8))
    assert Subscription.objects.get().state == "unsubscribed"
    assert Consent.objects.count() == 3


def test_a_receipt_holds_every_consent_of_an_address(confirmed: Callable[..., str]) -> None:
    Client().post(confirmed())
    paper = receipt(Subscriber.objects.get())
    assert [c["event"] for c in paper["consents"]] == ["asked", "confirmed", "unsubscribed"]
    assert paper["consents"][0]["terms_version"] == 1
    assert paper["consents"][1]["wording"] == "By subscribing I accept the terms of use."
