"""Links from mails: what scanners, forgers and impatient readers do with them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from newsletter import tokens
from newsletter.models import Consent, Subscription
from newsroom.lib.signing import sign
from tests.newsletter.conftest import READER, Send, link_in


@pytest.fixture
def confirm_link(sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list) -> str:
    sign_up()
    run_tasks()
    return link_in(mailoutbox.pop().body)


def test_a_scanner_that_follows_links_confirms_and_leaves_nothing(
    confirm_link: str, confirmed: Callable[..., str]
) -> None:
    for _visit in range(3):
        Client().get(confirm_link)
        Client().head(confirm_link)
        Client().options(confirm_link)
    assert Subscription.objects.get().state == "pending"
    leave = confirmed("second@post.example")
    for _visit in range(3):
        Client().get(leave)
        Client().head(leave)
    assert Subscription.objects.filter(state="confirmed").count() == 1


def test_pressing_the_button_twice_is_like_pressing_it_once(
    confirm_link: str, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    pages = [Client().post(confirm_link).content for _ in range(3)]
    assert pages[0] == pages[1] == pages[2]
    run_tasks()
    assert len(mailoutbox) == 1
    assert Consent.objects.filter(event="confirmed").count() == 1


def test_an_old_link_to_confirm_does_not_undo_leaving(
    confirm_link: str, run_tasks: Callable[[], None], mailoutbox: list, sign_up: Send
) -> None:
    Client().post(confirm_link)
    run_tasks()
    Client().post(link_in(mailoutbox.pop().body))
    Client().post(confirm_link)
    assert Subscription.objects.get().state == "unsubscribed"
    sign_up()  # asked again, by whomever: only the new mail's link counts
    run_tasks()
    Client().post(confirm_link)
    assert Subscription.objects.get().state == "pending"


@pytest.mark.parametrize("deed", ["confirm", "unsubscribe"])
def test_forged_and_foreign_tokens_get_the_same_page_and_no_effect(
    deed: str, confirm_link: str, confirmed: Callable[..., str]
) -> None:
    leave = confirmed("second@post.example")
    pending = Subscription.objects.get(state="pending")
    live = Subscription.objects.get(state="confirmed")
    other = {"confirm": leave, "unsubscribe": confirm_link}[deed].split("/")[3]
    right = {"confirm": confirm_link, "unsubscribe": leave}[deed].split("/")[3]
    forged = [
        other,
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        "x" * 60,
        "a:b:c",
        "%00",
        "x" * 5000,
        "é",
        sign("newsletter.again", live.pk, live.version),
        sign(f"newsletter.{deed}", "x", "y"),
        sign(f"newsletter.{deed}", 10**17, 1),
        sign(f"newsletter.{deed}", live.pk, 99),
    ]
    pages = set()
    for token in forged:
        answer = Client().post(f"/newsletter/{deed}/{token}/")
        assert answer.status_code == 200, token
        assert Client().get(f"/newsletter/{deed}/{token}/").status_code == 200
        pages.add(answer.content.replace(token.encode(), b"").replace(b"%C3%A9", b""))
    assert len({len(page) for page in pages}) <= 2  # the canonical link quotes odd tokens
    pending.refresh_from_db()
    live.refresh_from_db()
    assert (pending.state, live.state) == ("pending", "confirmed")


def test_a_link_to_confirm_lapses_after_seven_days_and_says_so(confirm_link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1)):
        answer = Client().post(confirm_link)
    assert b"no longer works" in answer.content
    assert Subscription.objects.get().state == "pending"


def test_a_link_to_leave_works_for_years(confirmed: Callable[..., str]) -> None:
    link = confirmed()
    with time_machine.travel(timezone.now() + timedelta(days=2000)):
        Client().post(link)
    assert Subscription.objects.get().state == "unsubscribed"


def test_tokens_hold_no_address(confirm_link: str) -> None:
    assert READER not in confirm_link
    assert tokens.read(tokens.CONFIRM, confirm_link.split("/")[3]) is not None
