"""A reader tells us of an error: without script, without an account, and nobody is let in by it."""

import re

import pytest
from django.core import mail
from django.test import Client

from articles.models import Article, PublishedArticle
from articles.publishing import withdraw
from articles.reports.models import PASSAGE_LENGTH, TEXT_LENGTH, ErrorReport
from articles.reports.views import LIMIT
from articles.revisions import revise
from tests.reports.conftest import OWN, PASSAGE


def test_the_article_leads_to_a_form_that_works_without_script(client: Client, row, send) -> None:
    page = client.get(row.get_absolute_url()).content.decode()
    href = re.search(r'href="(/report/[^"]+)"', page)[1]
    assert href == f"/report/{row.pk}/?revision={row.revision_id}"
    form = client.get(href, {"passage": PASSAGE}).content.decode()
    form = client.get(f"{href}&passage=It+runs").content.decode()
    assert "It runs</textarea>" in form
    assert f'name="revision" value="{row.revision_id}"' in form
    assert "Tram line opens" in form
    response = send()
    assert (response.status_code, response["Location"]) == (303, f"/report/{row.pk}/sent/")
    assert "Your report has arrived" in client.get(response["Location"]).content.decode()
    report = ErrorReport.objects.get()
    assert (report.article_id, report.revision_id, report.passage, report.text) == (
        row.pk, row.revision_id, PASSAGE, "There are six.",
    )  # fmt: skip
    assert report.state == "new"


def test_a_report_is_bound_to_the_version_the_reader_had(row, send, mended) -> None:
    mended()
    send()
    live = PublishedArticle.objects.get().revision_id
    assert ErrorReport.objects.get().revision_id == row.revision_id != live


@pytest.mark.parametrize("named", ["", "0", "abc", "9" * 30, "-1", "²", "1; DROP", "unseen"])
def test_a_version_no_reader_ever_saw_counts_as_the_live_one(row, send, named: str) -> None:
    article = Article.objects.get()
    article.headline = "Not published yet"
    article.save()
    unseen = revise(article, by=None)
    assert send(revision=str(unseen.pk) if named == "unseen" else named).status_code == 303
    assert ErrorReport.objects.get().revision_id == row.revision_id


def test_neither_cookie_nor_token_nor_account_is_needed(client: Client, row, send) -> None:
    response = client.get(f"/report/{row.pk}/")
    assert "csrf" not in response.content.decode()
    assert not response.cookies
    assert not send().cookies
    assert send(email="", text="Anonymous").status_code == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", " \u200b ?! "),
        ("text", "x" * (TEXT_LENGTH + 1)),
        ("text", "nul\x00nul"),
        ("passage", "x" * (PASSAGE_LENGTH + 1)),
        ("email", "not an address"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_stays(
    send, field: str, value: str
) -> None:
    response = send(**{field: value})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in html
    assert ("There are six." if field != "text" else PASSAGE) in html
    assert not ErrorReport.objects.exists()


def test_too_many_reports_from_one_network_get_a_clear_answer(client, row, send) -> None:
    for number in range(LIMIT):
        assert send(text=f"Error {number}").status_code == 303
    response = send(text="One more")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One more" in response.content.decode()
    assert ErrorReport.objects.count() == LIMIT
    other = client.post(
        f"/report/{row.pk}/", {"text": "Me too"}, headers=OWN, REMOTE_ADDR="10.9.9.9"
    )
    assert other.status_code == 303


def test_the_field_nobody_sees_traps_programs_without_telling_them(row, send) -> None:
    response = send(website="http://spam.example/")
    assert (response.status_code, response["Location"]) == (303, f"/report/{row.pk}/sent/")
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "null"}, {}])
def test_a_form_from_elsewhere_is_shown_again_and_taken_when_confirmed(send, headers) -> None:
    response = send(headers)
    assert response.status_code == 200
    assert not ErrorReport.objects.exists()
    token = re.search(r'name="confirmation" value="([^"]+)"', response.content.decode())[1]
    assert send(headers, confirmation=token, text="Something else").status_code == 200
    assert send(headers, confirmation=token).status_code == 303
    assert ErrorReport.objects.get().text == "There are six."


def test_a_button_pressed_twice_makes_one_report(send) -> None:
    assert {send().status_code, send().status_code} == {303}
    assert ErrorReport.objects.count() == 1
    send(text="Something else is wrong too")
    assert ErrorReport.objects.count() == 2


def test_what_readers_do_not_see_has_no_form(client: Client, row) -> None:
    draft = Article.objects.create(headline="Secret plans", section=row.section)
    revise(draft, by=None)
    missing = client.get("/report/999999/")
    hidden = client.get(f"/report/{draft.pk}/?revision=1")
    assert (missing.status_code, hidden.status_code) == (404, 404)
    assert hidden.content == missing.content.replace(b"999999", str(draft.pk).encode())
    assert client.post(f"/report/{draft.pk}/", {"text": "x"}, headers=OWN).status_code == 404
    sent = client.get(f"/report/{draft.pk}/sent/").content.decode()
    assert "Secret plans" not in sent
    withdraw(row.article, by=None, reason="A mistake")
    assert client.get(f"/report/{row.pk}/").status_code == 404


def test_no_mail_goes_to_an_address_that_was_only_typed(send, run_tasks) -> None:
    send()
    run_tasks()
    assert mail.outbox == []


def test_hostile_words_are_text_on_the_form(client: Client, row, send) -> None:
    evil = "</textarea><script>alert(1)</script>\u202e"
    html = client.get(f"/report/{row.pk}/", {"passage": evil, "revision": evil}).content.decode()
    assert "<script>alert" not in html
    assert "\u202e" not in html.partition("id_passage")[2].partition("</textarea>")[0]
    assert send(text=evil + "a" * 4000, passage=evil).status_code == 303
    assert client.get(f"/report/{row.pk}/?passage=%00&revision=%00").status_code == 200
