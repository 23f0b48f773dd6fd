"""Taking an article from the readers: unpublish, withdraw (with a reason), restore."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, PublishedArticle, Tombstone
from articles.models.kinds import State
from articles.publishing import rows
from articles.publishing.log import record
from articles.publishing.publish import publish
from articles.signals import article_withdrawn
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch
from newsroom.lib.text import tidy


def unpublish(article: Article, *, by: User | None, at: datetime | None = None) -> None:
    """Back to a draft: the address answers 404, the text and its dates are kept."""
    _take_down(article, State.DRAFT, by=by, at=at, reason="")


def withdraw(article: Article, *, by: User | None, reason: str, at: datetime | None = None) -> None:
    """Remove it for good reason: the address answers 410 and gives the reason to readers.

    Raises ValueError without a reason.
    """
    if not tidy(reason):
        raise ValueError(_("Say why the article is withdrawn; readers will see it."))
    _take_down(article, State.WITHDRAWN, by=by, at=at, reason=reason.replace("\x00", "").strip())


def restore(article: Article, *, by: User | None, at: datetime | None = None) -> PublishedArticle:
    """Undo a withdrawal: the version that was live is live again, under its own dates."""
    return publish(article, by=by, revision=article.live_revision, at=at)


@transaction.atomic
def _take_down(
    article: Article, state: State, *, by: User | None, at: datetime | None, reason: str
) -> None:
    at = at or timezone.now()
    locked = Article.objects.select_for_update().get(pk=article.pk)
    hold()
    rows.remove(locked)
    locked.state = state
    locked.save(update_fields=["state"])
    if state == State.WITHDRAWN:
        Tombstone.objects.update_or_create(article=locked, defaults={"reason": reason, "at": at})
    else:  # somebody may have withdrawn it a moment ago
        Tombstone.objects.filter(pk=locked.pk).delete()
    record("withdraw" if reason else "unpublish", locked, by=by, at=at, note=reason)
    touch("articles", "chrome")
    transaction.on_commit(lambda: article_withdrawn.send(sender=Article, article_id=locked.pk))
    article.state = state
