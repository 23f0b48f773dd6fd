"""A queue for the demo paper: two reports that wait, one in hand, one that was answered."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.models import PublishedArticle
from articles.reports.closing import close
from articles.reports.models import ErrorReport
from articles.reports.receive import receive
from newsroom.accounts.models import User


@transaction.atomic
def seed(folder: Path, *, at: datetime) -> None:
    """Make what reports.toml describes, unless any report is there already.

    Nobody is answered by mail, and the people of the demo have their accounts by now.
    """
    if ErrorReport.objects.exists():
        return
    editor = User.objects.filter(email="editor@demo.test").first()
    for entry in tomllib.loads((folder / "reports.toml").read_text(encoding="utf-8"))["report"]:
        row = PublishedArticle.objects.filter(article__slug=entry["article"]).first()
        if row:
            _report(row, entry, editor, at)


def _report(
    row: PublishedArticle, entry: dict[str, Any], editor: User | None, at: datetime
) -> None:
    report = receive(
        row, revision_id="", passage=entry["passage"], text=entry["text"], email=entry["email"]
    )
    # No report is older than its article.
    report.created_at = max(at - timedelta(hours=entry["hours_ago"]), row.published_at)
    if entry.get("in_hand"):
        report.state, report.assigned_to = ErrorReport.State.IN_HAND, editor
    report.save()
    if editor and (outcome := entry.get("outcome")):
        close(
            report,
            by=editor,
            outcome=ErrorReport.Outcome(outcome),
            answer=entry["answer"],
            reply=False,
            at=at,
        )
