"""Keeping a story out of the lists, and letting it in again; the desk sees who and why."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.permissions import can_publish
from articles.popularity.models import Exclusion
from articles.popularity.ranking import rank
from articles.publishing.log import record
from newsroom.accounts.models import User


class AlreadySo(Exception):
    """Somebody has kept it out, or let it in, already."""


def may_keep_out(user: User, article: Article) -> bool:
    """Who publishes in the article's section and has the right to this list."""
    return user.has_perm("popularity.add_exclusion") and can_publish(user, article)


def may_let_back(user: User, exclusion: Exclusion) -> bool:
    """The same people, while it stands."""
    return (
        exclusion.lifted_at is None
        and user.has_perm("popularity.change_exclusion")
        and can_publish(user, exclusion.article)
    )


@transaction.atomic
def keep_out(article: Article, *, by: User, reason: str, at: datetime | None = None) -> Exclusion:
    """Take the story from every list at once; readers go on being counted. Raises AlreadySo."""
    at = at or timezone.now()
    Article.objects.select_for_update().get(pk=article.pk)
    if Exclusion.objects.standing().filter(article=article).exists():
        raise AlreadySo
    made = Exclusion.objects.create(article=article, reason=reason, by=by, at=at)
    record("keep_out", article, by=by, at=at, note=reason)
    rank(at=at)
    return made


@transaction.atomic
def let_back(exclusion: Exclusion, *, by: User, at: datetime | None = None) -> None:
    """Let the story stand where its readers put it. Raises AlreadySo."""
    at = at or timezone.now()
    lifted = Exclusion.objects.standing().filter(pk=exclusion.pk)
    if not lifted.update(lifted_at=at, lifted_by=by):
        raise AlreadySo
    record("let_back", exclusion.article, by=by, at=at)
    rank(at=at)
