"""Every address of the site answers, whatever it is asked."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import PublishedArticle, Section
from tests.conftest import part

# What stands for each argument in a pattern: something that is there in the demo paper.
VALUES = {
    "slug": "water", "section": "politics", "article_id": "1", "segment": "politics",
    "post_id": "1",
    "address": "politics/", "digest": "0" * 24, "window": "day", "token": "forged", "number": "1",
    "pk": "1", "year": "2026", "what": "section", "part": "2", "month": "05", "day": "17",
    "form": "atom",
}  # fmt: skip
# Addresses matched by a regular expression, by how the expression begins.
EXPRESSIONS = {
    "accounts/password/": "/accounts/password/reset/key/1-forged/",
    "media/(?P<folde": f"/media/aa/{'a' * 32}/master.jpg",
}
ODD = (
    "before=-1", "before=abc", "before=99999999T999999Z-1", "before=00010101T000000Z-1",
    "before=20260101T000000Z-9999999999999999999", "before=%00", "before=%FF%FE", "before=",
    "before=" + "9" * 10_000, "q=%00", "%00=1", "page=-1", "unknown=1", "p=1", "p=%C3%28",
    "p=999999999999999999999999", "=&&=%%%", "desk=%00", "desk[]=1", "version=1'%20OR%201=1--",
)  # fmt: skip
ODD_PATHS = (
    "/%00/", "/%FF/", "/" + "a" * 10_000 + "/", "/politics/%00-1/", "/politics/x-" + "9" * 30 + "/",
    "/topic/%00/", "/topic/" + "ש" * 300 + "/", "/author/../", "/author/%2e%2e/", "/opinion/x-1/",
    "//evil.example/", "/politics//", "/.git/config", "/.env", "/media/", "/media/../settings.py",
    "/static/../manage.py", "/politics/x-0/", "/newsletter/confirm/" + "x" * 5000 + "/", "/feed",
    "/POLITICS/", "/politics/feed/x/", "/admin/nope/", "/" + quote("﷽") + "/",
    "/feed/%00/", "/topic/%FF/feed/atom/",
    "/?" + "a=1&" * 2000,
)  # fmt: skip


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def addresses() -> list[str]:
    """Each pattern outside the admin with its arguments filled in."""
    found = []
    for route in patterns(get_resolver()):
        if route.startswith("admin/"):
            continue
        head, caret, _expression = route.partition("^")
        if caret:
            found.append(EXPRESSIONS[head + route[len(head) + 1 :][:9]])
            continue
        found.append("/" + re.sub(r"<(?:[a-z]+:)?([a-z_0-9]+)>", lambda m: VALUES[m[1]], route))
    return found


@pytest.mark.usefixtures("paper")
def test_every_address_answers_readers_with_a_page_a_redirect_or_a_4xx(client: Client) -> None:
    answers = {}
    for address in addresses():
        for method in (client.get, client.head, client.post):
            response = method(address)
            answers[(method.__name__, address)] = response.status_code
    assert len(answers) > 50
    assert {key: code for key, code in answers.items() if code >= 500} == {}


@pytest.mark.usefixtures("paper")
def test_odd_input_never_makes_a_5xx(client: Client) -> None:
    row = PublishedArticle.objects.first()
    assert row is not None
    lists = ("/", "/politics/", "/topic/water/", "/author/miriam-odunsi-kray/", "/opinion/",
             "/opinion/the-committee-stage/", row.get_absolute_url(), "/feed/", "/contact/",
             "/feeds/", "/topic/water/feed/json/", "/newsletter/", "/about-us/",
             "/staff/")  # fmt: skip
    broken = {}
    for address, query in part(product(lists, ODD), 4):
        code = client.get(f"{address}?{query}", follow=False).status_code
        if code >= 500:
            broken[f"{address}?{query[:40]}"] = code
    for address in ODD_PATHS:
        code = client.get(address).status_code
        if code >= 500:
            broken[address[:60]] = code
    assert broken == {}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["-1", "abc", "20261301T000000Z-1", "20260101T000000Z-x", "\x00"])
def test_a_malformed_page_key_is_a_404(client: Client, key: str) -> None:
    Section.objects.create(name="Politics", slug="politics")
    assert client.get("/politics/").status_code == 200
    assert client.get("/politics/", {"before": key}).status_code == 404


@pytest.mark.usefixtures("paper")
def test_no_link_on_a_page_is_dead(client: Client) -> None:
    """Follows every local link two steps from the front page."""
    seen: dict[str, str] = {"/": ""}
    codes: dict[str, int] = {}
    edge = ["/"]
    for _step in range(2):
        following = []
        for address in edge:
            response = client.get(address)
            codes[address] = response.status_code
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            for href in re.findall(r'href="(/[^"#]*)', response.content.decode()):
                href = href.replace("&amp;", "&")
                if href not in seen and not href.startswith(("/static/", "/media/", "/admin/")):
                    seen[href] = address
                    following.append(href)
        edge = following
    codes |= {href: client.get(href).status_code for href in edge}
    assert {f"{a} (on {seen[a]})": code for a, code in codes.items() if code != 200} == {}
    assert len(seen) > 80


@pytest.mark.django_db
def test_methods_the_site_does_not_speak_are_refused(client: Client) -> None:
    for method in ("TRACE", "PUT", "DELETE", "PROPFIND", "BREW"):
        assert client.generic(method, "/").status_code == 405


@pytest.mark.django_db
def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "testserver:99999x"}).status_code == 400
