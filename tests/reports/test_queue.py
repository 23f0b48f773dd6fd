"""The queue on the desk: who sees it, what it says of a passage, and who may decide what."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Section
from articles.publishing import publish
from articles.reports.admin.showing import Showing
from articles.reports.closing import close
from articles.reports.models import ErrorReport
from articles.reports.permissions import outcomes_for
from articles.revisions import revise
from newsroom.accounts.models import User
from tests.conftest import person

Log = Callable[[User], Client]
Make = Callable[..., ErrorReport]
QUEUE = "/admin/reports/errorreport/"
Outcome = ErrorReport.Outcome


def test_the_desk_and_the_queue_show_open_reports_oldest_first(
    report: Make, editor: User, client_for: Log
) -> None:
    made = [report(text=f"Report {number}") for number in range(3)]
    close(made[2], by=editor, outcome=Outcome.SPAM)
    browser = client_for(editor)
    for address in ("/admin/", QUEUE):
        page = browser.get(address).content.decode()
        assert page.index("Report 0") < page.index("Report 1")
        assert "Report 2" not in page
    assert "Report 2" in browser.get(f"{QUEUE}?state=closed").content.decode()


def test_the_queue_costs_no_query_more_when_it_is_longer(
    report: Make, editor: User, client_for: Log
) -> None:
    browser = client_for(editor)
    report(text="First")
    browser.get(QUEUE)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(QUEUE).status_code == 200
        return len(captured)

    before = count()
    for number in range(12):
        report(text=f"Report {number}")
    assert count() == before


def test_the_passage_is_shown_where_it_stood_and_whether_readers_still_see_it(
    report: Make, editor: User, client_for: Log, mended
) -> None:
    address = f"{QUEUE}{report().pk}/change/"
    page = client_for(editor).get(address).content.decode()
    assert "opened on Monday. <mark>It runs seven trams an hour.</mark>" in page
    assert "Readers see this passage now." in page
    mended()
    page = client_for(editor).get(address).content.decode()
    assert "<mark>It runs seven trams an hour.</mark>" in page
    assert "Readers no longer see this passage." in page
    other = report(passage="the second paragraph", text="Wrong day")
    page = client_for(editor).get(f"{QUEUE}{other.pk}/change/").content.decode()
    assert "Not word for word in the version the reader had." in page


def test_an_editor_closes_a_report_with_a_correction(
    report: Make, editor: User, client_for: Log
) -> None:
    made = report()
    address = f"{QUEUE}{made.pk}/close/"
    browser = client_for(editor)
    assert browser.get(address).status_code == 200
    wrong = browser.post(address, {"outcome": "corrected", "reply": "on"})
    assert "Say what was wrong" in wrong.content.decode()
    words = {"outcome": "corrected", "correction": "Six trams, not seven.", "reply": "on"}
    assert browser.post(address, words)["Location"] == QUEUE
    made.refresh_from_db()
    assert (made.outcome, made.change and made.change.text) == (
        "corrected", "Six trams, not seven.",
    )  # fmt: skip
    assert "Six trams, not seven." in browser.get(f"{QUEUE}{made.pk}/change/").content.decode()
    late = browser.post(address, words, follow=True)
    assert "closed already" in late.content.decode()
    browser.post(f"{QUEUE}{made.pk}/reopen/")
    made.refresh_from_db()
    assert made.state == "in_hand"


def test_the_newest_correction_since_the_report_is_proposed(
    report: Make, editor: User, client_for: Log
) -> None:
    other = report(text="Another")
    made = report()
    close(other, by=editor, outcome=Outcome.CORRECTED, correction="Six trams, not seven.")
    page = client_for(editor).get(f"{QUEUE}{made.pk}/close/").content.decode()
    assert "Six trams, not seven." in page
    other.refresh_from_db()
    data = {"outcome": "corrected", "change": str(other.change_id)}
    client_for(editor).post(f"{QUEUE}{made.pk}/close/", data)
    made.refresh_from_db()
    assert made.change_id == other.change_id


def test_who_keeps_the_queue_closes_spam_and_who_edits_the_section_decides(
    report: Make, chief: User, editor: User, service: User, client_for: Log
) -> None:
    made = report()
    every = [Outcome.CORRECTED, Outcome.MENDED, Outcome.NO_ERROR, Outcome.SPAM]
    assert outcomes_for(chief, made) == outcomes_for(editor, made) == every
    assert outcomes_for(service, made) == [Outcome.SPAM]
    Section.objects.get().editors.add(person("Section editor", "Other Editor"))
    assert outcomes_for(editor, made) == [Outcome.SPAM]
    for outcome in ("corrected", "mended", "no_error"):
        words = {"outcome": outcome, "correction": "Six."}
        answer = client_for(service).post(f"{QUEUE}{made.pk}/close/", words)
        assert answer.status_code == 200
    assert ErrorReport.objects.open().count() == 1
    client_for(service).post(f"{QUEUE}{made.pk}/close/", {"outcome": "spam"})
    assert not ErrorReport.objects.open().exists()


@pytest.mark.parametrize("who", ["reporter", "letters"])
def test_others_see_no_reader(
    report: Make, who: str, request: pytest.FixtureRequest, client_for: Log
) -> None:
    pk = report().pk
    browser = client_for(request.getfixturevalue(who))
    assert "There are six." not in browser.get("/admin/").content.decode()
    for address in (QUEUE, f"{QUEUE}{pk}/close/", f"{QUEUE}{pk}/change/"):
        assert browser.get(address).status_code == 403
    assert browser.post(f"{QUEUE}{pk}/close/", {"outcome": "spam"}).status_code == 403
    assert browser.post(f"{QUEUE}{pk}/reopen/").status_code == 403


def test_reports_are_taken_in_hand_and_closed_as_spam_together(
    report: Make, service: User, client_for: Log
) -> None:
    made = [report(text=f"Report {number}") for number in range(2)]
    chosen = {"_selected_action": [one.pk for one in made]}
    browser = client_for(service)
    browser.post(QUEUE, {"action": "take_in_hand", **chosen})
    assert set(ErrorReport.objects.values_list("state", "assigned_to")) == {("in_hand", service.pk)}
    browser.post(QUEUE, {"action": "mark_spam", **chosen})
    assert set(ErrorReport.objects.values_list("outcome", flat=True)) == {"spam"}


def test_the_desk_writes_its_note_and_never_the_readers_words(
    report: Make, service: User, editor: User, client_for: Log
) -> None:
    made = report()
    client_for(service).post(
        f"{QUEUE}{made.pk}/change/",
        {"assigned_to": editor.pk, "note": "Asked the operator", "text": "x",
         "email": "x@x.example", "outcome": "spam"},
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.note, made.assigned_to, made.state) == ("Asked the operator", editor, "in_hand")
    assert (made.text, made.email, made.outcome) == ("There are six.", "ada@reader.example", "")


@pytest.mark.parametrize("address", ["999999/close/", f"{'9' * 30}/close/", "0/change/"])
def test_a_report_that_is_not_there_is_a_404(
    row, editor: User, client_for: Log, address: str
) -> None:
    assert client_for(editor).get(f"{QUEUE}{address}").status_code in {302, 404}


def test_hostile_words_are_harmless_at_the_desk(
    report: Make, editor: User, client_for: Log
) -> None:
    evil = "<script>alert(1)</script>\u202e" + "w" * 3000
    article = Article.objects.get()
    article.headline, article.body = "<b>\u202eHeadline</b>", f"<p>{'w' * 100_000}</p>"
    article.save()
    publish(article, by=None, revision=revise(article, by=None))
    made = report(passage=evil[:900], text=evil)
    browser = client_for(editor)
    for address in ("/admin/", QUEUE, f"{QUEUE}{made.pk}/change/", f"{QUEUE}{made.pk}/close/"):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert "script&gt;alert" in page
    assert "<mark>" in Showing().where(made)


def test_who_keeps_the_queue_reads_no_headline_that_readers_have_not_had(
    report: Make, service: User, client_for: Log
) -> None:
    made = report()
    Article.objects.update(headline="Minister to resign")
    browser = client_for(service)
    for address in ("/admin/", QUEUE, f"{QUEUE}{made.pk}/change/", f"{QUEUE}{made.pk}/close/"):
        page = browser.get(address).content.decode()
        assert "Tram line opens" in page
        assert "Minister" not in page
    assert "There are six." not in browser.get(f"{QUEUE}?q=Minister").content.decode()
    assert "There are six." in browser.get(f"{QUEUE}?q=tram+line").content.decode()
    assert browser.get(f"{QUEUE}?o=2").status_code == 200
