"""Invitations and forgotten passwords: links by mail, each good for one use."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.accounts import roles
from newsroom.accounts.models import User
from tests.accounts.doors import log_in, proved

LINK = re.compile(r"https?://[^/\s]+(/accounts/\S+)")
NEW = "quite-a-new-password"


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def link() -> str:
    """The path of the link in the last mail."""
    found = LINK.search(mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.fixture
def invited(
    chief: User, client_for: Callable[[User], Client], run_tasks: Callable[[], None]
) -> User:
    """Somebody whom the chief editor has just invited in the admin."""
    client = proved(client_for(chief))
    group = Group.objects.get(name=roles.REPORTER)
    posted = {"email": "New@Paper.test", "name": "Nuno New", "groups": [group.pk]}
    assert client.post(reverse("admin:accounts_user_add"), posted).status_code == 302
    run_tasks()
    return User.objects.get(email="new@paper.test")


def test_an_invitation_lets_somebody_in_once(invited: User, client: Client) -> None:
    assert mail.outbox[-1].to == ["new@paper.test"]
    assert invited.is_staff
    assert not invited.has_usable_password()
    path = link()
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": NEW}).status_code == 302
    assert log_in(client, invited.email, NEW) == 302
    assert client.get(reverse("admin:index")).status_code == 200
    assert Client().post(path, {"password": "one-more-password"}).status_code == 404


def test_looking_at_an_invitation_sets_nothing(invited: User, client: Client) -> None:
    for _ in range(3):
        assert client.get(link()).status_code == 200
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_a_poor_password_is_refused_beside_its_field(invited: User, client: Client) -> None:
    page = client.post(link(), {"password": "12345"})
    assert page.status_code == 200
    assert "too short" in page.content.decode()


def test_an_invitation_ends_after_a_week(invited: User, client: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(link()).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@paper.test"}])
def test_an_invitation_ends_with_what_it_was_for(
    change: dict[str, object], invited: User, client: Client
) -> None:
    User.objects.filter(pk=invited.pk).update(**change)
    assert client.get(link()).status_code == 404


def test_a_forged_invitation_is_nobody_s(client: Client) -> None:
    for token in ("x", "a:b:c", "\x00", "9" * 4000):
        assert client.get(reverse("accept_invitation", args=[token])).status_code == 404


def test_an_invitation_can_be_sent_again(
    invited: User, chief: User, client_for: Callable[[User], Client], run_tasks: Callable[[], None]
) -> None:
    chosen = {"action": "invite_again", "_selected_action": [invited.pk, chief.pk]}
    proved(client_for(chief)).post(reverse("admin:accounts_user_changelist"), chosen)
    run_tasks()
    assert [message.to for message in mail.outbox] == [["new@paper.test"]] * 2


def ask(client: Client, email: str) -> tuple[int, str, str]:
    answer = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
    words = [line for line in answer.content.decode().splitlines() if "csrf" not in line]
    return answer.status_code, str(answer.redirect_chain), "\n".join(words)


def test_a_forgotten_password_is_mended_by_mail(
    client: Client, editor: User, run_tasks: Callable[[], None]
) -> None:
    ask(client, "Edith@paper.test")
    run_tasks()
    page = client.get(link(), follow=True)
    form = page.redirect_chain[-1][0]
    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)
    assert done.status_code == 200
    assert log_in(client, editor.email, NEW) == 302
    assert b"no longer works" in Client().get(link(), follow=True).content


def test_a_new_password_by_mail_ends_the_wait(
    client: Client, editor: User, run_tasks: Callable[[], None]
) -> None:
    for _ in range(6):
        log_in(client, editor.email, "wrong")
    assert log_in(client, editor.email) == 200
    ask(client, editor.email)
    run_tasks()
    form = client.get(link(), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert log_in(client, editor.email, NEW) == 302


def test_the_answer_is_the_same_for_unknown_addresses(
    client: Client, editor: User, run_tasks: Callable[[], None]
) -> None:
    assert ask(client, editor.email) == ask(client, "nobody@paper.test")
    run_tasks()
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_the_same_address_is_mailed_three_times_an_hour(
    editor: User, run_tasks: Callable[[], None]
) -> None:
    answers = [ask(Client(REMOTE_ADDR=f"10.0.0.{n}"), editor.email)[0] for n in range(5)]
    run_tasks()
    assert answers == [200, 200, 200, 429, 429]
    assert len(mail.outbox) == 3


def test_the_link_names_our_own_host_whatever_the_request_said(
    editor: User, run_tasks: Callable[[], None], settings: object
) -> None:
    ask(Client(headers={"host": "localhost"}), editor.email)
    run_tasks()
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in mail.outbox[-1].body  # type: ignore[attr-defined]


def test_an_old_address_opens_nothing_once_it_was_changed(
    chief: User, editor: User, client: Client, client_for: Callable[[User], Client]
) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    group = editor.groups.get()
    posted = {"email": "moved@paper.test", "name": "Edith", "groups": [group.pk], "is_active": "on"}
    page = reverse("admin:accounts_user_change", args=[editor.pk])
    assert proved(client_for(chief)).post(page, posted).status_code == 302
    assert log_in(client, "edith@paper.test") == 200
    assert log_in(client, "moved@paper.test") == 302
