"""The append-only record of editorial acts."""

from datetime import datetime

from articles.models import Article, History, Revision
from newsroom.accounts.models import User


def record(
    verb: str,
    article: Article,
    *,
    by: User | None,
    at: datetime,
    revision: Revision | None = None,
    note: str = "",
) -> History:
    """Add one act to an article's history, in the transaction of the act itself."""
    return History.objects.create(
        article=article, verb=verb, by=by, at=at, revision=revision, note=note
    )
