"""The append-only record of editorial acts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

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
    batch: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> History:
    """Add one act to an article's history, in the transaction of the act itself.

    Times are kept in whole seconds, so that acts of one moment stand in the order they were done
    in: publishing rounds its time down. `by` is None for what time or a command did. `details`
    holds what undoing the act needs.
    """
    return History.objects.create(
        article=article,
        label=article.headline[:200],
        verb=verb,
        by=by,
        at=at.replace(microsecond=0),
        revision_number=revision.number if revision else None,
        note=note,
        batch=batch,
        details=dict(details or {}),
    )
