"""The table of roles, and that nobody raises one: their own included."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from newsroom.accounts import roles
from newsroom.accounts.models import User
from tests.accounts.doors import proved

ADD = "admin:accounts_user_add"
CHANGE = "admin:accounts_user_change"


@pytest.fixture
def everybody(
    chief: User, editor: User, reporter: User, letters: User, service: User
) -> dict[str, User]:
    return dict(zip(roles.ROLES, (chief, editor, reporter, letters, service), strict=True))


def values(user: User, **changed: Any) -> dict[str, Any]:
    """What the change form of this user posts."""
    groups = list(user.groups.values_list("pk", flat=True))
    return {
        "email": user.email, "name": user.name, "groups": groups, "is_active": "on", **changed,
    }  # fmt: skip


def group(role: str) -> Group:
    return Group.objects.get(name=role)


@pytest.mark.django_db
def test_migrate_gives_each_role_what_the_table_says() -> None:
    stray = Permission.objects.get(codename="delete_user")
    group(roles.REPORTER).permissions.add(stray)
    Group.objects.filter(name=roles.CUSTOMER_SERVICE).delete()
    call_command("migrate", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)
    assert not group(roles.REPORTER).permissions.filter(pk=stray.pk).exists()
    for role in roles.ROLES:
        held = {
            f"{p.content_type.app_label}.{p.codename}"
            for p in group(role).permissions.select_related("content_type")
        }
        assert held, role
        assert all(roles.grants(role, name) for name in held)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (roles.CHIEF, "accounts.add_user", "accounts.delete_user"),
        (roles.CHIEF, "articles.publish_article", "auth.change_group"),
        (roles.SECTION_EDITOR, "articles.publish_article", "articles.change_section"),
        (roles.REPORTER, "articles.add_article", "articles.publish_article"),
        (roles.REPORTER, "media.change_picture", "media.delete_picture"),
        (roles.NEWSLETTER_EDITOR, "newsletter.export_subscribers", "articles.change_article"),
        (roles.CUSTOMER_SERVICE, "pages.change_message", "newsletter.export_subscribers"),
        (roles.CUSTOMER_SERVICE, "pages.change_servicedesk", "pages.change_sitesettings"),
    ],
)
def test_the_table_draws_the_line(role: str, may: str, may_not: str) -> None:
    assert roles.grants(role, may)
    assert not roles.grants(role, may_not)


@pytest.mark.parametrize("role", roles.ROLES[1:])
def test_only_chief_editors_open_the_people_pages(
    role: str, everybody: dict[str, User], client_for: Callable[[User], Client]
) -> None:
    client = proved(client_for(everybody[role]))
    chief = everybody[roles.CHIEF]
    before = User.objects.count()
    pages = [
        reverse(ADD), reverse("admin:accounts_user_changelist"), reverse(CHANGE, args=[chief.pk]),
        reverse(CHANGE, args=[everybody[role].pk]),
        reverse("admin:accounts_user_history", args=[chief.pk]),
        reverse("admin:accounts_user_delete", args=[chief.pk]),
    ]  # fmt: skip
    for page in pages:
        assert client.get(page).status_code == 403, page
        posted = values(everybody[role], groups=[group(roles.CHIEF).pk])
        assert client.post(page, posted).status_code == 403, page
    assert User.objects.count() == before
    assert list(everybody[role].groups.all()) == [group(role)]


@pytest.mark.parametrize("role", roles.ROLES[1:])
def test_a_stray_permission_does_not_open_the_people_pages(
    role: str, everybody: dict[str, User], client_for: Callable[[User], Client]
) -> None:
    everybody[role].user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    client = proved(client_for(everybody[role]))
    page = reverse(CHANGE, args=[everybody[role].pk])
    assert client.post(page, values(everybody[role])).status_code == 403


def test_a_chief_editor_gives_and_takes_roles(
    everybody: dict[str, User], client_for: Callable[[User], Client]
) -> None:
    reporter = everybody[roles.REPORTER]
    client = proved(client_for(everybody[roles.CHIEF]))
    page = reverse(CHANGE, args=[reporter.pk])
    answer = client.post(page, values(reporter, groups=[group(roles.SECTION_EDITOR).pk]))
    assert answer.status_code == 302
    assert list(reporter.groups.all()) == [group(roles.SECTION_EDITOR)]


def test_a_chief_editor_changes_neither_own_roles_nor_own_standing(
    everybody: dict[str, User], client_for: Callable[[User], Client]
) -> None:
    chief = everybody[roles.CHIEF]
    client = proved(client_for(chief))
    posted = values(chief, groups=[g.pk for g in Group.objects.all()], name="Chiara C.")
    posted.pop("is_active")
    assert client.post(reverse(CHANGE, args=[chief.pk]), posted).status_code == 302
    chief.refresh_from_db()
    assert chief.name == "Chiara C."
    assert chief.is_active
    assert list(chief.groups.all()) == [group(roles.CHIEF)]


def test_nobody_becomes_superuser_through_the_form(
    everybody: dict[str, User], client_for: Callable[[User], Client]
) -> None:
    client = proved(client_for(everybody[roles.CHIEF]))
    reporter = everybody[roles.REPORTER]
    sent = values(reporter, is_superuser="on", is_staff="on", user_permissions=[1, 2])
    client.post(reverse(CHANGE, args=[reporter.pk]), sent)
    reporter.refresh_from_db()
    assert not reporter.is_superuser
    assert not reporter.user_permissions.exists()


def test_a_chief_editor_cannot_take_over_who_runs_the_server(
    chief: User, client_for: Callable[[User], Client]
) -> None:
    root = User.objects.create_superuser("root@paper.test", "a-long-password", name="Root")
    client = proved(client_for(chief))
    answer = client.post(reverse(CHANGE, args=[root.pk]), values(root, email="mine@paper.test"))
    assert answer.status_code == 403
    act(client, "deactivate", root)
    root.refresh_from_db()
    assert (root.email, root.is_active) == ("root@paper.test", True)


def act(client: Client, action: str, *users: User) -> None:
    client.post(
        reverse("admin:accounts_user_changelist"),
        {"action": action, "_selected_action": [user.pk for user in users]},
    )


@pytest.mark.parametrize("way", ["role", "active", "action"])
def test_the_last_chief_editor_stays(
    way: str, chief: User, client_for: Callable[[User], Client]
) -> None:
    root = User.objects.create_superuser("root@paper.test", "a-long-password", name="Root")
    client = proved(client_for(root))
    page = reverse(CHANGE, args=[chief.pk])
    if way == "action":
        act(client, "deactivate", chief)
    else:
        posted = values(chief)
        posted.pop("groups" if way == "role" else "is_active")
        assert "last chief editor" in client.post(page, posted).content.decode()
    chief.refresh_from_db()
    assert chief.is_active
    assert chief.groups.filter(name=roles.CHIEF).exists()


def test_a_deactivated_person_is_out_at_the_next_click(
    chief: User, reporter: User, client_for: Callable[[User], Client]
) -> None:
    inside = client_for(reporter)
    assert inside.get(reverse("admin:index")).status_code == 200
    act(proved(client_for(chief)), "deactivate", reporter)
    assert inside.get(reverse("admin:index")).status_code == 302


def test_people_are_changed_only_after_the_password_was_typed_again(
    chief: User, reporter: User, client_for: Callable[[User], Client]
) -> None:
    answer = client_for(chief).post(reverse(CHANGE, args=[reporter.pk]), values(reporter, name="X"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    reporter.refresh_from_db()
    assert reporter.name != "X"
