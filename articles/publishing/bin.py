"""The bin: a draft is put there instead of being deleted, and comes back as it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import State
from articles.publishing.log import record
from newsroom.accounts.models import User
from newsroom.pages.templatetags.paper import printed


class CannotBin(ValueError):
    """Nothing was put into the bin; the message says why, for the desk."""


@transaction.atomic
def bin_article(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    batch: UUID | None = None,
) -> bool:
    """Take a draft out of every list; whether it was in one.

    Raises CannotBin for what readers see or are told of (live, withdrawn) and for what would go
    live by itself: those are unpublished or taken off the schedule first, by a person who knows.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if not locked.is_binned:
        if reason := why_not(locked):
            raise CannotBin(reason)
        locked.binned_at = at or timezone.now()
        locked.binned_by = by
        locked.save(update_fields=["binned_at", "binned_by"])
        record("bin", locked, by=by, at=locked.binned_at, batch=batch)
        article.binned_at, article.binned_by = locked.binned_at, by
        return True
    article.binned_at, article.binned_by = locked.binned_at, locked.binned_by
    return False


@transaction.atomic
def unbin(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    batch: UUID | None = None,
) -> bool:
    """Back from the bin, every word, name and stage as before; whether it was there."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    was = locked.is_binned
    if was:
        locked.binned_at = locked.binned_by = None
        locked.save(update_fields=["binned_at", "binned_by"])
        record("unbin", locked, by=by, at=at or timezone.now(), batch=batch)
    article.binned_at = article.binned_by = None
    return was


def why_not(article: Article) -> str:
    """A sentence for what cannot go into the bin; empty for what can."""
    if article.state == State.LIVE:
        return _("Readers see this article. Unpublish or withdraw it first.")
    if article.state == State.WITHDRAWN:
        return _("A notice stands at this article’s address, so it stays on the desk.")
    if article.publish_at is not None:
        when = printed(article.publish_at, "long")
        return _("It is to go live %(time)s. Take it off the schedule first.") % {"time": when}
    return ""
