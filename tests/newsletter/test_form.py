"""The form on cached pages: no token, no cookie, and nobody posts it for somebody else."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from newsletter.models import Newsletter, SignUp
from tests.newsletter.conftest import READER, Send, values


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "http://testserver"},
    ],
)
def test_our_own_page_is_believed(headers: dict, sign_up: Send) -> None:
    assert sign_up(headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_others_are_asked_once_more_by_a_page_that_carries_the_values(
    headers: dict, sign_up: Send
) -> None:
    answer = sign_up(headers=headers)
    assert answer.status_code == 200
    assert not SignUp.objects.exists()
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]
    assert Client().post("/newsletter/", {"token": token}, **headers).status_code == 303
    assert SignUp.objects.get().email == READER
    elsewhere = Client().post("/newsletter/", {"token": token}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 422  # the page was shown to another network


@pytest.mark.parametrize("token", ["x", "x:y:z", "\x00", "x" * 10_000])
def test_a_made_up_token_is_worth_nothing(token: str, morning: Newsletter) -> None:
    answer = Client().post("/newsletter/", {**values(morning), "token": token})
    assert answer.status_code == 422
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("field", ["newsletter", "terms_version", "wording", "form", "language"])
@pytest.mark.parametrize(
    "odd", ["", "\x00", "-1", "x" * 10_000, "٣", "9" * 30, "/\nSet-Cookie: x", "/\x00é"]
)
def test_odd_values_in_hidden_fields_are_answered_with_a_page(
    field: str, odd: str, sign_up: Send, run_tasks: Callable[[], None]
) -> None:
    answer = sign_up(**{field: odd}) if field != "newsletter" else _with_slug(odd)
    assert answer.status_code in {303, 422}
    run_tasks()


def _with_slug(slug: str):
    newsletter = Newsletter.objects.get()
    data = {**values(newsletter), "newsletter": slug}
    return Client().post("/newsletter/", data, HTTP_SEC_FETCH_SITE="same-origin")


@pytest.mark.parametrize("query", ["?before=abc", "?email=%00", "?x=" + "y" * 9000, "?%ff=%fe"])
def test_odd_queries_get_the_page(query: str, morning: Newsletter) -> None:
    assert Client().get(f"/newsletter/{query}").status_code == 200


def test_without_a_newsletter_or_terms_the_page_says_so(db: None) -> None:
    assert b"No newsletter is open" in Client().get("/newsletter/").content
    Newsletter.objects.create(name="Early", slug="early", is_default=True)
    assert b"No newsletter is open" in Client().get("/newsletter/").content
    assert _box() == ""


def test_the_page_offers_every_open_newsletter_in_order(morning: Newsletter) -> None:
    Newsletter.objects.create(name="Evening", slug="evening", order=1)
    Newsletter.objects.create(name="Closed", slug="closed", order=2, is_active=False)
    page = Client().get("/newsletter/").content.decode()
    assert page.index("The Morning Post") < page.index("Evening")
    assert "Closed" not in page
    assert page.count('name="wording"') == 2


def test_an_error_keeps_what_was_typed_beside_the_right_form(
    morning: Newsletter, sign_up: Send
) -> None:
    evening = Newsletter.objects.create(name="Evening", slug="evening", order=1)
    answer = sign_up('<b>"typo@', newsletter=evening)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer["Cache-Control"] == "private, no-store"
    assert page.count('value="&lt;b&gt;&quot;typo@"') == 1
    assert page.index('value="&lt;b&gt;&quot;typo@"') > page.index("Evening</bdi>")


def test_a_statement_is_text_and_its_link_the_only_html(morning: Newsletter) -> None:
    morning.statement = "<script>x</script> & {terms}"
    morning.save()
    page = Client().get("/newsletter/").content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; <a href=" in page


def _box() -> str:
    request = RequestFactory().get("/city/a-tram-12/")
    template = Template("{% load newsletter_tags %}{% newsletter_box %}")
    return template.render(Context({"request": request}))


def test_the_box_costs_nothing_when_warm_and_changes_with_the_newsletter(
    morning: Newsletter,
) -> None:
    with CaptureQueriesContext(connection) as cold:
        html = _box()
    assert 'value="/city/a-tram-12/"' in html
    assert 'action="/newsletter/"' in html
    assert 'name="newsletter" value="morning"' in html
    with CaptureQueriesContext(connection) as warm:
        assert _box() == html
    asked = [q["sql"] for q in cold if "generation" not in q["sql"]]
    assert len(asked) <= 2
    assert not [q["sql"] for q in warm if "generation" not in q["sql"]]
    morning.name = "The Evening Post"
    morning.save()
    assert "The Evening Post" in _box()
    morning.is_active = False
    morning.save()
    assert _box() == ""
