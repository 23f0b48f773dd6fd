"""Only named proxies are believed when they say who asks and how."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from newsroom.lib.proxies import claims_from_named_proxies_only
from newsroom.lib.ratelimit import client_address
from tests.management.sites import free_port
from tests.management.test_database_down import without_database

NAMED, STRANGER = "127.0.0.2", "127.0.0.1"


def test_over_a_real_connection_https_is_believed_from_the_named_proxy_alone(
    tmp_path: Path,
) -> None:
    paper = without_database(
        tmp_path, f"postgres://127.0.0.1:{free_port()}/paper",
        SITE_URL="https://news.example", TRUSTED_PROXIES=NAMED,
    )  # fmt: skip
    site = paper.serve("--web-only").wait_until_announced()
    host, claim = {"Host": "news.example"}, {"X-Forwarded-Proto": "https"}
    try:
        status, headers, _text = site.ask(peer=STRANGER, **host, **claim)
        assert (status, headers["location"]) == (301, "https://news.example/")
        # Here the question gets past the redirect, to the pages, which have no database.
        status, headers, _text = site.ask(peer=NAMED, **host, **claim)
        assert status == 503
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert site.ask(peer=NAMED, **host)[0] == 301
    finally:
        site.stop()


def seen(peer: str, **headers: str) -> HttpRequest:
    """The request as everything behind the middleware gets it."""
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)
    claims_from_named_proxies_only(lambda request: HttpResponse())(request)
    return request


@pytest.mark.parametrize("name", ["For", "Proto", "Host", "Port"])
def test_what_a_stranger_claims_is_forgotten(settings: Settings, name: str) -> None:
    settings.TRUSTED_PROXIES = [NAMED]
    header = f"X-Forwarded-{name}"
    assert header not in seen(STRANGER, **{header: "203.0.113.9"}).headers
    assert header in seen(NAMED, **{header: "203.0.113.9"}).headers
    assert "Forwarded" not in seen(STRANGER, forwarded="for=203.0.113.9").headers


def test_the_reader_behind_the_named_proxy_is_the_one_it_saw(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [NAMED]
    chain = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}
    assert client_address(seen(NAMED, **chain)) == "203.0.113.9"
    assert client_address(seen(STRANGER, **chain)) == STRANGER


def test_the_middleware_is_the_first(settings: Settings) -> None:
    assert settings.MIDDLEWARE[0] == "newsroom.lib.proxies.claims_from_named_proxies_only"
