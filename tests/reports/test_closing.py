"""The desk decides: a correction, a mended text or neither, and the reader hears of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.models import Article, Change, History, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing import CannotPublish, publish, unpublish
from articles.reports.closing import AlreadyClosed, close, reopen
from articles.reports.due import KEPT_FOR, forget_addresses
from articles.reports.models import ErrorReport
from articles.revisions import revise
from newsroom.accounts.models import User

Outcome = ErrorReport.Outcome
Make = Callable[..., ErrorReport]


def test_a_report_closes_into_a_correction_and_the_reader_gets_the_link(
    report: Make, editor: User, run_tasks, client: Client
) -> None:
    closed = close(
        report(), by=editor, outcome=Outcome.CORRECTED, correction="Six trams, not seven."
    )
    change = Change.objects.corrections().get()
    assert (closed.state, closed.change, closed.closed_by) == ("closed", change, editor)
    run_tasks()
    (sent,) = mail.outbox
    row = PublishedArticle.objects.get()
    link = f"{row.get_absolute_url()}#correction-{change.pk}"
    assert sent.to == ["ada@reader.example"]
    assert "Tram line opens" in sent.subject
    assert link in sent.body
    assert "Six trams, not seven." in sent.body
    assert "It runs seven trams an hour." in sent.body
    page = client.get(row.get_absolute_url()).content.decode()
    assert f'id="correction-{change.pk}"' in page
    assert set(History.objects.values_list("verb", flat=True)) >= {"correct", "close_report"}


def test_a_report_closes_into_a_correction_that_is_published_already(
    report: Make, editor: User, run_tasks, mended
) -> None:
    article = Article.objects.get()
    article.body = "<p>It runs six trams.</p>"
    article.save()
    publish(
        article, by=editor, revision=revise(article, by=editor),
        change=ChangeKind.CORRECTION, text="Six trams, not seven.",
    )  # fmt: skip
    change = Change.objects.corrections().get()
    close(report(), by=editor, outcome=Outcome.CORRECTED, change=change)
    assert Change.objects.corrections().count() == 1
    run_tasks()
    assert f"#correction-{change.pk}" in mail.outbox[0].body


@pytest.mark.parametrize("outcome", [Outcome.MENDED, Outcome.NO_ERROR])
def test_other_outcomes_are_answered_with_a_link_and_the_editors_own_words(
    report: Make, editor: User, run_tasks, mended, outcome: ErrorReport.Outcome
) -> None:
    mended()
    close(report(), by=editor, outcome=outcome, answer="We asked the operator.")
    assert not Change.objects.corrections().exists()
    run_tasks()
    (sent,) = mail.outbox
    assert PublishedArticle.objects.get().get_absolute_url() in sent.body
    assert "We asked the operator." in sent.body


@pytest.mark.parametrize(
    ("outcome", "email", "reply"),
    [
        (Outcome.SPAM, "ada@reader.example", True),
        (Outcome.NO_ERROR, "", True),
        (Outcome.NO_ERROR, "ada@reader.example", False),
    ],
)
def test_nobody_is_answered_without_an_address_against_the_editors_wish_or_for_spam(
    report: Make, editor: User, run_tasks, outcome: ErrorReport.Outcome, email: str, reply: bool
) -> None:
    close(report(email=email), by=editor, outcome=outcome, reply=reply)
    run_tasks()
    assert mail.outbox == []


def test_corrected_needs_a_correction_of_this_article(report: Make, editor: User) -> None:
    made = report()
    first = Change.objects.get()
    for words in ({}, {"correction": " \u200b"}, {"change": first}):
        with pytest.raises(ValueError, match="correction"):
            close(made, by=editor, outcome=Outcome.CORRECTED, **words)
    unpublish(made.article, by=editor)
    with pytest.raises(CannotPublish):
        close(made, by=editor, outcome=Outcome.CORRECTED, correction="Six.")
    assert ErrorReport.objects.open().count() == 1
    assert not Change.objects.corrections().exists()


def test_of_two_editors_who_close_one_report_one_does_and_one_is_told(
    report: Make, editor: User, crowd: Callable
) -> None:
    (pk,) = crowd(lambda: report().pk, 1)

    def try_it() -> str:
        try:
            close(
                ErrorReport.objects.get(pk=pk), by=editor, outcome=Outcome.CORRECTED,
                correction="Six trams.",
            )  # fmt: skip
        except AlreadyClosed:
            return "told"
        return "closed"

    assert sorted(crowd(try_it)) == ["closed", "told", "told", "told"]
    assert crowd(Change.objects.corrections().count, 1) == [1]


def test_an_answer_is_mailed_once_however_often_its_task_runs(
    report: Make, editor: User, run_tasks
) -> None:
    from articles.reports.answers import mail_answer

    closed = close(report(), by=editor, outcome=Outcome.NO_ERROR)
    mail_answer.enqueue(closed.pk)
    run_tasks()
    assert len(mail.outbox) == 1
    closed.refresh_from_db()
    assert closed.answered_at is not None


def test_an_answer_that_waits_is_not_sent_when_the_report_is_opened_again(
    report: Make, editor: User, run_tasks
) -> None:
    closed = close(report(), by=editor, outcome=Outcome.NO_ERROR, answer="We counted again.")
    again = reopen(closed, by=editor)
    run_tasks()
    assert mail.outbox == []
    kept = History.objects.get(verb="reopen_report").details
    assert (kept["outcome"], kept["answer"]) == (Outcome.NO_ERROR, "We counted again.")
    assert (again.state, again.assigned_to, again.outcome) == ("in_hand", editor, "")
    close(again, by=editor, outcome=Outcome.MENDED)
    run_tasks()
    assert len(mail.outbox) == 1


def test_the_readers_address_is_forgotten_ninety_days_after_closing(
    report: Make, editor: User
) -> None:
    now = timezone.now()
    old, fresh, waiting = (report(text=f"Error {number}") for number in range(3))
    close(old, by=editor, outcome=Outcome.NO_ERROR, at=now - KEPT_FOR - timedelta(seconds=1))
    close(fresh, by=editor, outcome=Outcome.NO_ERROR, at=now - KEPT_FOR + timedelta(hours=1))
    assert forget_addresses(now) == 1
    kept = set(ErrorReport.objects.exclude(email="").values_list("pk", flat=True))
    assert kept == {fresh.pk, waiting.pk}
    assert not History.objects.filter(details__icontains="ada@").exists()


def test_an_answer_about_what_is_no_longer_live_names_the_headline_the_reader_had(
    report: Make, editor: User, run_tasks
) -> None:
    made = report()
    unpublish(made.article, by=editor)
    Article.objects.update(headline="Not for readers")
    close(made, by=editor, outcome=Outcome.NO_ERROR)
    run_tasks()
    (sent,) = mail.outbox
    assert "Tram line opens" in sent.subject + sent.body
    assert "Not for readers" not in sent.subject + sent.body
