"""A reader signs up, confirms from the mail, leaves, comes back: over a real mail server."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from newsletter.models import Consent, Newsletter, Subscription
from tests.newsletter.conftest import READER, Box, Send, link_in


def test_a_reader_signs_up_confirms_and_leaves(
    sign_up: Send, run_tasks: Callable[[], None], smtp: Box, morning: Newsletter, settings: object
) -> None:
    answer = sign_up()
    assert (answer.status_code, answer["Location"]) == (303, "/newsletter/check-mail/")
    assert Client().get(answer["Location"]).status_code == 200
    run_tasks()
    ((recipients, letter),) = smtp.mails
    assert recipients == [READER]
    assert letter["To"] == READER
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    link = link_in(text)
    assert f"{settings.SITE_URL}{link}" in text  # type: ignore[attr-defined]
    assert f"{settings.SITE_URL}{link}" in letter.get_body(("html",)).get_content()  # type: ignore
    assert letter["List-Unsubscribe"] is None  # nothing to leave yet

    stranger = Client()
    page = stranger.get(link)
    assert page.status_code == 200
    assert b"The Morning Post" in page.content
    assert Subscription.objects.get().state == "pending"
    assert stranger.post(link).status_code == 200
    assert not stranger.cookies
    subscription = Subscription.objects.get()
    assert subscription.state == "confirmed"
    assert subscription.confirmed_at

    run_tasks()
    _recipients, welcome = smtp.mails[1]
    leave = link_in(welcome.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert welcome["List-Unsubscribe"].strip() == f"<{settings.SITE_URL}{leave}>"  # type: ignore[attr-defined]
    assert welcome["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stranger.get(leave).status_code == 200
    assert Subscription.objects.get().state == "confirmed"
    assert stranger.post(leave).status_code == 200
    assert Subscription.objects.get().state == "unsubscribed"
    events = list(Consent.objects.order_by("pk").values_list("event", flat=True))
    assert events == ["asked", "confirmed", "unsubscribed"]


def test_a_mail_program_unsubscribes_with_one_post_and_no_redirect(
    confirmed: Callable[..., str],
) -> None:
    link = confirmed()
    for _attempt in range(2):
        answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
    assert Subscription.objects.get().state == "unsubscribed"
    left = Consent.objects.filter(event="unsubscribed").get()
    assert left.source == "one click"


def test_who_left_can_come_back(
    confirmed: Callable[..., str], mailoutbox: list, run_tasks: Callable[[], None], sign_up: Send
) -> None:
    old_link = confirmed()
    Client().post(old_link)
    sign_up()
    run_tasks()
    (letter,) = mailoutbox
    Client().post(link_in(letter.body))
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.version) == ("confirmed", 2)
    Client().post(old_link)  # the way out of an old mail still leads out
    assert Subscription.objects.get().state == "unsubscribed"


def test_the_pages_behind_links_are_private_and_the_others_are_for_everyone(
    morning: Newsletter,
) -> None:
    for name in ("confirm", "unsubscribe"):
        answer = Client().get(reverse(f"newsletter:{name}", args=["x"]))
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"
    for path in ("/newsletter/", "/newsletter/check-mail/"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()
        assert b"csrfmiddlewaretoken" not in answer.content


def test_a_letter_in_hebrew_reads_from_the_right(
    sign_up: Send, morning: Newsletter, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    morning.language = "he"
    morning.statement = "בהרשמה אני מקבל את {terms}."
    morning.save()
    sign_up()
    run_tasks()
    html = mailoutbox[0].alternatives[0][0]
    assert 'lang="he" dir="rtl"' in html
