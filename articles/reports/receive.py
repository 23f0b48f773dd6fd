"""Taking in a report: bound to the version the reader had, stored once."""

from django.db import transaction

from articles.models import PublishedArticle, Revision
from articles.reports.models import ErrorReport


@transaction.atomic
def receive(
    row: PublishedArticle, *, revision_id: str, passage: str, text: str, email: str
) -> ErrorReport:
    """Store the report. `revision_id` is what the reader's page said; without a good one: the live.

    The same words about the same passage while the first report is open are that report: a button
    pressed twice makes one. Two queries, and one for a revision that is no longer live.
    """
    words = {"passage": passage, "text": text, "email": email}
    known = ErrorReport.objects.open().filter(article_id=row.pk, **words).first()
    return known or ErrorReport.objects.create(
        article_id=row.pk, revision_id=_revision(row, revision_id), **words
    )


def _revision(row: PublishedArticle, revision_id: str) -> int:
    """The version named if readers ever saw it; nobody learns which others there are."""
    if not (revision_id.isascii() and revision_id.isdigit() and len(revision_id) <= 18):
        return row.revision_id
    named = int(revision_id)
    if named == row.revision_id:
        return named
    seen = Revision.objects.filter(pk=named, article=row.pk, first_live_at__isnull=False)
    return named if seen.exists() else row.revision_id
