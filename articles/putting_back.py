"""An earlier version becomes the desk's copy again, as a new revision; readers see nothing of it.

To undo a withdrawal is another thing: `publishing.restore`.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from articles.models import Article, Revision
from articles.revisions import apply, revise
from newsroom.accounts.models import User


class PutBack(NamedTuple):
    """The new revision, and the names of the fields of which something is deleted since."""

    revision: Revision
    lost: list[str]


class Overtaken(ValueError):
    """Somebody has saved a newer version than the one this was decided on."""


@transaction.atomic
def put_back(
    earlier: Revision, *, by: User | None, over: int | None = None, at: datetime | None = None
) -> PutBack:
    """Make the desk's copy what it was in `earlier`, and keep that as a new revision.

    `over`: the id of the latest revision that `by` has seen; Overtaken when there is a newer one.
    """
    article = Article.objects.select_for_update().get(pk=earlier.article_id)
    if over is not None and article.latest_revision_id != over:
        raise Overtaken
    lost = apply(article, earlier.snapshot)
    revision = revise(article, by=by, at=at, verb="put_back", details={"number": earlier.number})
    return PutBack(revision, lost)
