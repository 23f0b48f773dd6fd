"""What every answer carries and what none repeats: policies, hosts, cookies, secrets in the log."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from articles.models import Article, Section
from articles.publishing import publish
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.lib.logs import JsonFormatter, PlainFormatter
from newsroom.pages.models import SiteSettings
from tests.accounts.doors import PASSWORD

FORGED = {
    "x-forwarded-host": "evil.example", "forwarded": "host=evil.example", "via": "evil.example",
    "x-original-url": "/evil.example", "x-rewrite-url": "/evil.example", "x-host": "evil.example",
    "x-forwarded-server": "evil.example", "x-forwarded-prefix": "/evil.example",
    "x-http-method-override": "POST", "referer": "https://evil.example/",
    "x-forwarded-proto": "https",
}  # fmt: skip


@pytest.fixture
def live(db: None) -> Article:
    article = Article.objects.create(
        headline="Tram", body="<p>Text</p>", section=Section.objects.create(name="C", slug="city")
    )
    publish(article, by=None, revision=revise(article, by=None))
    return article


@pytest.mark.django_db
def test_every_kind_of_answer_carries_the_policy_and_no_guessing_of_types(client: Client) -> None:
    client.raise_request_exception = False
    answers = {
        200: client.get("/contact/"),
        301: client.get("/contact"),
        400: client.get("/", headers={"host": "evil.example"}),
        403: Client(enforce_csrf_checks=True).post("/accounts/login/"),
        404: client.get("/nowhere/"),
        405: client.generic("TRACE", "/"),
        413: client.post("/contact/", CONTENT_LENGTH=str(6 * 1024**2)),
    }
    answers[302] = client.get("/admin/")
    for address in ("/static/css/site.css", "/feed/", f"/media/aa/{'a' * 32}/master.jpg"):
        answers[address] = client.get(address)
        assert b"".join(answers[address])  # read to its end: an open file warns
    for code, answer in answers.items():
        assert answer.status_code == code or isinstance(code, str), code
        policy = answer.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, code
        assert "unsafe" not in policy, code
        assert answer["X-Content-Type-Options"] == "nosniff", code


@pytest.mark.django_db
def test_a_fault_carries_the_policy_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("newsroom.pages.views.contact.desks", broken)
    client.raise_request_exception = False
    answer = client.get("/contact/")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_no_page_repeats_a_host_that_the_request_named(client: Client, live: Article) -> None:
    address = live.published.get_absolute_url()
    for page in ("/", address, "/city/", "/feed/", "/city/feed/", "/contact/", "/nowhere/"):
        before = client.get(page).content
        forged = client.get(page, headers={**FORGED, "host": "testserver:6666"})
        assert b"6666" not in forged.content, page
        assert b"evil.example" not in forged.content, page
        assert b"6666" not in str(forged.headers).encode(), page
        assert forged.content == before, page


def test_the_feeds_name_the_site_s_own_address(client: Client, live: Article) -> None:
    for feed in ("/feed/", "/city/feed/"):
        text = client.get(feed).content.decode()
        assert f"<link>{settings.SITE_URL}{live.published.get_absolute_url()}</link>" in text
        assert f'href="{settings.SITE_URL}{feed}"' in text
        assert "testserver" not in text


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "//evil.example/", "/%2F%2Fevil.example", "/\\evil.example",
     "/%5Cevil.example", "///evil.example//", "/admin//evil.example", "/accounts//evil.example",
     "/%0d%0aSet-Cookie:a=b"],
)  # fmt: skip
def test_no_address_leads_off_the_site(address: str, client: Client, db: None) -> None:
    answer = client.get(address)
    place = answer.get("Location", "")
    assert answer.status_code < 500
    assert not place.replace("\\", "/").startswith(("//", "http")), place


def test_a_notice_names_the_paper_and_not_the_host_of_the_request(
    editor: User, run_tasks: Callable[[], None]
) -> None:
    SiteSettings(name="The Harbour Post").save()
    client = Client(headers={"host": "localhost:6666"})
    client.force_login(editor)
    new = "another-long-password"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), words)
    run_tasks()
    (sent,) = mail.outbox
    assert "The Harbour Post" in sent.body
    assert "6666" not in sent.body


def lines(message: str, *args: object, error: Exception | None = None) -> str:
    record = logging.LogRecord("n", logging.INFO, "f", 1, message, args, None)
    if error:
        record.exc_info = (type(error), error, None)
    return PlainFormatter().format(record)


def test_an_event_cannot_forge_a_second_line_of_the_log() -> None:
    text = lines("path %s", "/x\n2026-01-01 INFO all is well\r\x1b[2J\u2028y")
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def test_the_log_holds_no_token_and_no_whole_address() -> None:
    refused = ValueError("{'reader.name+tag@post.example': (550, b'no such user')}")
    text = lines(
        "GET /newsletter/confirm/%s/ for ada@reader.example", "abc:def12345", error=refused
    )
    assert "abc:def12345" not in text
    assert "reader.name" not in text
    assert "ada@" not in text
    assert "550" in text


def test_a_log_for_machines_is_an_object_a_line_with_the_same_cut_from_it() -> None:
    record = logging.LogRecord(
        "paper", logging.ERROR, "f", 1, "GET /reset/%s/ for ada@reader.example\n\u2028x",
        ("abc:def12345",), None,
    )  # fmt: skip
    error = ValueError("ada@reader.example")
    record.exc_info = (type(error), error, None)
    text = JsonFormatter().format(record)
    assert len(text.splitlines()) == 1
    said = json.loads(text)
    assert (said["level"], said["logger"]) == ("ERROR", "paper")
    assert said["message"] == "GET /reset/…/ for a…@reader.example\n\u2028x"
    assert "ValueError" in said["trace"]
    assert "ada@" not in text


def test_a_long_event_costs_no_time() -> None:
    assert len(lines("%s", "a." * 100_000)) > 200_000


def test_production_keeps_its_cookies_to_https_and_to_itself() -> None:
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
             "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE",
             "CSRF_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "DEBUG",
             "USE_X_FORWARDED_HOST")  # fmt: skip
    asked = (
        "from django.conf import settings as s; from newsroom.accounts.mark import COOKIE; "
        f"print([*(getattr(s, n) for n in {names!r}), COOKIE])"
    )
    environment = {
        "PATH": os.environ["PATH"], "NEWSROOM_ENV": "production", "SECRET_KEY": "k" * 50,
        "SITE_URL": "https://news.example", "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", asked], env=environment, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.strip() == str(
        [
            "__Host-session",
            True,
            True,
            "Lax",
            "__Host-csrf",
            True,
            True,
            True,
            False,
            False,
            "__Host-logged-in",
        ]
    )
