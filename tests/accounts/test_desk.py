"""The desk: what each role finds there, and under what policy its pages stand."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.accounts import roles
from newsroom.accounts.models import User
from newsroom.lib.panels import Panel, Row
from tests.accounts.doors import proved

Door = Callable[[User], Client]


def test_the_list_is_grouped_by_job(chief: User, client_for: Door) -> None:
    page = client_for(chief).get(reverse("admin:index"))
    groups = [str(group["name"]) for group in page.context["app_list"]]
    assert groups == ["Write", "Place", "Readers", "Site", "People"]


def test_a_reporter_finds_what_reporters_do(reporter: User, client_for: Door) -> None:
    page = client_for(reporter).get(reverse("admin:index"))
    names = {
        model["object_name"] for group in page.context["app_list"] for model in group["models"]
    }
    assert {"Article", "Picture"} <= names
    assert not {"User", "SiteSettings", "Subscriber"} & names


@pytest.mark.parametrize("role", ["chief", "editor", "reporter", "letters", "service"])
def test_every_role_opens_its_desk_and_every_list_on_it(
    role: str, request: pytest.FixtureRequest, client_for: Door
) -> None:
    client = client_for(request.getfixturevalue(role))
    page = client.get(reverse("admin:index"))
    assert page.status_code == 200
    for group in page.context["app_list"]:
        for model in group["models"]:
            assert client.get(model["admin_url"]).status_code in {200, 302}, model["admin_url"]


def test_panels_stand_in_order_and_empty_ones_without_a_word_are_left_out(
    chief: User, client_for: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsroom.admin import Desk

    panels = [
        Panel("Last", [Row("Story & co", "/admin/x/")], order=9),
        Panel("Silent"),
        Panel("First", empty="Nothing waits.", order=1),
    ]
    monkeypatch.setattr(Desk, "_panels", lambda self, request: panels)
    text = client_for(chief).get(reverse("admin:index")).content.decode()
    assert text.index("First") < text.index("Nothing waits.") < text.index("Story &amp; co")
    assert "Silent" not in text


def test_where_one_left_off_is_on_the_desk(chief: User, client_for: Door) -> None:
    client = proved(client_for(chief))
    users = reverse("admin:accounts_user_changelist")
    other = User.objects.create_user("o@paper.test", None, name="Olga Other", is_staff=True)
    client.post(users, {"action": "deactivate", "_selected_action": [other.pk]})
    assert b"Olga Other" in client.get(reverse("admin:index")).content


@pytest.mark.parametrize("name", ["admin:index", "admin:jsi18n", "admin:accounts_user_changelist"])
def test_pages_for_staff_are_kept_by_nobody_and_run_no_inline_script(
    name: str, chief: User, client_for: Door
) -> None:
    page = client_for(chief).get(reverse(name))
    assert page["Cache-Control"] == "private, no-store"
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    if name != "admin:jsi18n":
        html = page.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
        assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_scripts_of_a_form_carry_the_nonce_of_the_policy(chief: User, client_for: Door) -> None:
    page = client_for(chief).get(reverse("admin:articles_section_add"))
    assert page.status_code == 200
    nonces = set(re.findall(r'nonce="([^"]+)"', page.content.decode()))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in page["Content-Security-Policy"]


def test_readers_pages_have_no_nonce(client: Client, db: None) -> None:
    assert "nonce" not in client.get("/no-such-page-here/")["Content-Security-Policy"]


def test_roles_are_not_edited_in_the_admin(chief: User, client_for: Door) -> None:
    for path in ("/admin/auth/group/", "/admin/account/emailaddress/", "/admin/mfa/authenticator/"):
        assert client_for(chief).get(path).status_code == 404
    assert roles.CHIEF in roles.ROLES
