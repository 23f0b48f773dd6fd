"""How somebody may decide a report."""

from articles.permissions import can_change, can_publish
from articles.reports.models import ErrorReport
from newsroom.accounts.models import User

Outcome = ErrorReport.Outcome


def outcomes_for(user: User, report: ErrorReport) -> list[ErrorReport.Outcome]:
    """What this person may decide: spam whoever keeps the queue, the rest who edits the article."""
    if not user.has_perm("reports.change_errorreport"):
        return []
    found = []
    if report.article.is_live and can_publish(user, report.article):
        found.append(Outcome.CORRECTED)
    if can_change(user, report.article):
        found += [Outcome.MENDED, Outcome.NO_ERROR]
    return [*found, Outcome.SPAM]
