"""The mail that tells a reader what came of the report, with a link to what changed."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.utils import timezone

from articles.models import PublishedArticle
from articles.reports.models import ErrorReport
from newsroom.lib.emails import masked, send
from newsroom.outgoing.tasks import outgoing_task
from newsroom.pages.identity import identity

logger = logging.getLogger(__name__)


@outgoing_task()
def mail_answer(report_id: int) -> None:
    """Safe to repeat: what was answered, opened again or forgotten meanwhile is not mailed.

    An address that is refused for good is not tried again.
    """
    report = ErrorReport.objects.select_related("revision", "change").filter(pk=report_id).first()
    if report is None or not (report.is_closed and report.to_answer and report.email):
        return
    if report.answered_at:
        return
    paper = identity()
    row = PublishedArticle.objects.select_related("section").filter(pk=report.article_id).first()
    context = {
        "report": report,
        "headline": row.headline if row else report.revision.snapshot["headline"],
        "link": link_to_what_changed(report, row),
        "site": paper,
    }
    try:
        send(
            "report_answered",
            to=report.email,
            context=context,
            language=paper.language,
            headers={"Auto-Submitted": "auto-generated"},
            reply_to=paper.email or None,
        )
    except SMTPRecipientsRefused as error:
        if any(code < 500 for code, _words in error.recipients.values()):
            raise
        logger.warning("report_answered: %s refused", masked(report.email))
        return
    ErrorReport.objects.filter(pk=report.pk).update(answered_at=timezone.now())


def link_to_what_changed(report: ErrorReport, row: PublishedArticle | None) -> str:
    """The correction on the article, the list of its versions, or the article; "" if withdrawn."""
    if row is None:
        return ""
    article = f"{settings.SITE_URL}{row.get_absolute_url()}"
    if report.change_id:
        return f"{article}#correction-{report.change_id}"
    if report.outcome == ErrorReport.Outcome.MENDED and row.show_versions and row.changes:
        return f"{article}versions/"
    return article
