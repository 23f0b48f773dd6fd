"""The door: who comes in, how often one may try, and what is told and logged."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from newsroom.accounts.models import User
from tests.accounts.doors import PASSWORD, log_in, proved


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def test_an_address_in_capitals_is_the_same_person(client: Client, editor: User) -> None:
    assert log_in(client, "Edith@Paper.TEST") == 302
    assert client.get(reverse("admin:index")).status_code == 200


def test_two_people_cannot_have_one_address(editor: User) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="EDITH@paper.test", name="Second")])


def test_the_admin_sends_strangers_to_the_paper_s_own_log_in(client: Client) -> None:
    for page in (reverse("admin:index"), reverse("admin:login")):
        answer = client.get(page)
        assert answer.status_code == 302
        if page == reverse("admin:login"):
            assert answer["Location"].startswith(reverse("account_login"))
    page = client.get(reverse("account_login"))
    assert page["Cache-Control"] == "private, no-store"
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_who_is_not_of_the_staff_stays_outside(client: Client, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(is_staff=False)
    assert log_in(client, editor.email) == 302
    assert client.get(reverse("admin:login")).status_code == 403
    answer = client.get(reverse("admin:accounts_user_changelist"))
    assert answer.status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/3rdparty/"):
        assert client.get(path).status_code == 404


def test_known_and_unknown_addresses_are_refused_in_the_same_words(
    client: Client, editor: User
) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": email, "password": "not-the-password"})
        for email in (editor.email, "nobody@paper.test")
    ]
    known, unknown = (answer.content.decode().replace(editor.email, "nobody@paper.test")
                      for answer in answers)  # fmt: skip
    strip = [line for line in known.splitlines() if "csrfmiddlewaretoken" not in line]
    assert strip == [line for line in unknown.splitlines() if "csrfmiddlewaretoken" not in line]
    assert answers[0].status_code == answers[1].status_code == 200


def test_guessing_at_one_account_is_slowed_from_every_address(editor: User) -> None:
    for number in range(5):
        assert log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), editor.email, "wrong") == 200
    fresh = Client(REMOTE_ADDR="10.0.9.9")
    assert log_in(fresh, editor.email) == 200  # the right password, and still told to wait


def test_guessing_from_one_address_is_slowed_for_every_account(editor: User) -> None:
    guesser = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(10):
        log_in(guesser, f"person{number}@paper.test", "wrong")
    assert log_in(guesser, editor.email) == 200
    assert log_in(Client(REMOTE_ADDR="10.0.0.2"), editor.email) == 302


def test_a_stranger_s_guesses_do_not_lock_the_owner_out(client: Client, editor: User) -> None:
    assert log_in(client, editor.email) == 302
    client.post(reverse("account_logout"))
    for number in range(8):
        log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), editor.email, "wrong")
    assert log_in(client, editor.email) == 302


def test_the_device_cookie_of_one_account_opens_no_count_of_another(
    client: Client, editor: User, reporter: User
) -> None:
    assert log_in(client, reporter.email) == 302
    client.post(reverse("account_logout"))
    for number in range(5):
        log_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), editor.email, "wrong")
    assert log_in(client, editor.email) == 200


def test_every_try_is_logged_without_the_full_address(
    client: Client, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "newsroom.accounts"):
        for password in ("wrong", "wrong", "wrong", "wrong", "wrong", "wrong"):
            log_in(client, editor.email, password)
        cache.clear()
        log_in(client, editor.email)
    lines = [record.getMessage() for record in caplog.records if record.name == "newsroom.accounts"]
    assert [line.split(" for ")[0].split(" of ")[0] for line in lines] == [
        *["log-in refused"] * 5, "log-in throttled", "log-in",
    ]  # fmt: skip
    assert not any(editor.email in line for line in lines)
    assert all("e…@paper.test" in line for line in lines)


def test_log_in_gives_a_new_session(client: Client, editor: User) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["fixed"] = "by somebody else"
    session.save()
    before = session.session_key
    log_in(client, editor.email)
    assert client.session.session_key != before


def test_a_new_password_ends_the_other_sessions(client: Client, editor: User) -> None:
    other = Client()
    log_in(other, editor.email)
    log_in(client, editor.email)
    new = "another-long-password"
    posted = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), posted).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200
    assert other.get(reverse("admin:index")).status_code == 302


def test_log_in_leads_nowhere_else(client: Client, editor: User) -> None:
    answer = client.post(
        reverse("account_login"),
        {"login": editor.email, "password": PASSWORD, "next": "https://elsewhere.test/"},
    )
    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
     "mfa_add_webauthn", "account_logout", "account_reauthenticate"],
)  # fmt: skip
def test_the_pages_of_one_s_own_account_open(name: str, client: Client, editor: User) -> None:
    log_in(client, editor.email)
    page = proved(client).get(reverse(name))
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "style=" not in page.content.decode()
