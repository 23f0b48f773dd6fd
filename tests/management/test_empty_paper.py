"""A paper without the demo: it answers from the first minute, and `setup` gives it a chief."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from newsroom.accounts.models import User
from newsroom.accounts.roles import CHIEF
from newsroom.pages.models import SiteSettings
from tests.management.sites import Paper, Serving, eventually

ANSWERS = {
    "name": "The Lantern", "language": "en", "time_zone": "Asia/Tokyo",
    "email": "Chief@lantern.example", "chief": "Ann Lee", "password": "lamp-oil-and-wick",
}  # fmt: skip


def test_an_empty_paper_answers_and_offers_nothing_that_is_not_there(site: Serving) -> None:
    status, _headers, text = site.ask()
    assert status == 200
    assert "Nothing has been published here yet." in text
    assert 'href="/newsletter/"' not in re.search(r"<header.*?</header>", text, re.S)[0]
    for path in ("/opinion/", "/contact/", "/newsletter/", "/feed/", "/accounts/login/"):
        assert site.ask(path)[0] == 200, path


def test_setup_asks_until_it_is_answered_and_its_chief_can_log_in(
    site: Serving, paper: Paper
) -> None:
    typed = ["", "The Evening Lamp", "xx", "en", "Mars/Phobos", "Europe/Lisbon", "nobody",
             "Chief@lamp.example", "Ann Lee", "short", "lamp-oil-and-wick"]  # fmt: skip
    done = paper.manage("setup", typed="\n".join(typed) + "\n", PORT=str(site.port))
    assert done.returncode == 0, done.stderr
    for complaint in ("Please give a name", "one of en", "no time zone", "not an e-mail", "short"):
        assert complaint in done.stderr
    eventually(lambda: "The Evening Lamp" in site.ask()[2])  # a stored page, for a second more
    assert _log_in(site, "chief@lamp.example", "lamp-oil-and-wick").startswith(
        f"http://127.0.0.1:{site.port}/admin/"
    )


def _log_in(site: Serving, email: str, password: str) -> str:
    """Where a browser ends up that fills in the form."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    url = f"http://127.0.0.1:{site.port}/accounts/login/?next=/admin/"
    form = browser.open(url).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    values = {"csrfmiddlewaretoken": token, "login": email, "password": password}
    request = urllib.request.Request(
        url, urllib.parse.urlencode(values).encode(), {"Origin": f"http://127.0.0.1:{site.port}"}
    )
    return str(browser.open(request).geturl())


@pytest.mark.django_db
def test_setup_again_changes_what_is_answered_and_keeps_the_password() -> None:
    call_command("setup", **ANSWERS, stdout=StringIO())
    again = {**ANSWERS, "name": "The Night Lantern", "password": None}
    call_command("setup", **again, stdout=StringIO())
    chief = User.objects.get()
    assert chief.email == "chief@lantern.example"
    assert chief.check_password("lamp-oil-and-wick")
    assert chief.is_staff
    assert chief.groups.get().name == CHIEF
    assert SiteSettings.objects.get().name == "The Night Lantern"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "value"),
    [("language", "xx"), ("time_zone", "Mars/Phobos"), ("email", "nobody"), ("password", "short")],
)
def test_setup_refuses_a_bad_option_and_changes_nothing(option: str, value: str) -> None:
    with pytest.raises(CommandError):
        call_command("setup", **{**ANSWERS, option: value}, stdout=StringIO())
    assert not User.objects.exists()
    assert not SiteSettings.objects.exists()
