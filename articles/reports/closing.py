"""Closing a report, and opening it again: the desk's decision and the answer to the reader."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Change
from articles.models.kinds import ChangeKind
from articles.publishing.correct import correct
from articles.publishing.log import record
from articles.reports.answers import mail_answer
from articles.reports.models import ErrorReport
from newsroom.accounts.models import User
from newsroom.lib.text import tidy

Outcome = ErrorReport.Outcome


class AlreadyClosed(ValueError):
    """Somebody else was first; nothing was changed."""


@transaction.atomic
def close(
    report: ErrorReport,
    *,
    by: User,
    outcome: ErrorReport.Outcome,
    change: Change | None = None,
    correction: str = "",
    answer: str = "",
    reply: bool = True,
    at: datetime | None = None,
) -> ErrorReport:
    """Decide the report, in one transaction with the correction it leads to.

    `corrected` needs a `change`, a correction of this article that stands, or the words of a new
    one. `answer` is added to the mail the reader gets, unless there is no address, `reply` is
    False, or it is spam. Raises AlreadyClosed, ValueError without a correction, and what
    `correct` raises.
    """
    at = at or timezone.now()
    locked = ErrorReport.objects.select_for_update(of=("self",)).select_related("article")
    report = locked.get(pk=report.pk)
    if report.is_closed:
        raise AlreadyClosed(_("Somebody has closed this report already."))
    if outcome != Outcome.CORRECTED:
        change = None
    elif tidy(correction):
        change = correct(report.article, by=by, text=correction, at=at)
    elif (
        change is None
        or change.article_id != report.article_id
        or change.kind != ChangeKind.CORRECTION
    ):
        raise ValueError(_("Choose the correction, or write it."))
    report.state, report.outcome, report.change = ErrorReport.State.CLOSED, outcome, change
    report.answer = answer.replace("\x00", "").strip()
    report.to_answer = bool(reply and report.email and outcome != Outcome.SPAM)
    report.closed_at, report.closed_by = at, by
    report.save()
    record(
        "close_report", report.article, by=by, at=at,
        details={"report": report.pk, "outcome": outcome.value},
    )  # fmt: skip
    if report.to_answer:
        mail_answer.enqueue(report.pk)
    return report


@transaction.atomic
def reopen(report: ErrorReport, *, by: User, at: datetime | None = None) -> ErrorReport:
    """Put a closed report back into the queue; a correction it led to stays, as all of them do.

    A mail that has gone is not called back; closing again may send another. Does nothing to an
    open report.
    """
    locked = ErrorReport.objects.select_for_update(of=("self",)).select_related("article")
    report = locked.get(pk=report.pk)
    if not report.is_closed:
        return report
    # What was decided and answered is kept with the article's history.
    was = {"outcome": report.outcome, "answer": report.answer}
    report.state, report.assigned_to = ErrorReport.State.IN_HAND, by
    report.outcome, report.change, report.answer = "", None, ""
    report.to_answer, report.answered_at = False, None
    report.closed_at = report.closed_by = None
    report.save()
    at = at or timezone.now()
    record("reopen_report", report.article, by=by, at=at, details={"report": report.pk, **was})
    return report
