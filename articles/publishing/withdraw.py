"""Taking an article from the readers: unpublish, withdraw (with a reason), restore."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, PublishedArticle, Tombstone
from articles.models.kinds import State, WithdrawalKind
from articles.publishing import rows
from articles.publishing.checks import CannotPublish
from articles.publishing.log import record
from articles.publishing.publish import SCHEDULE, clear_schedule, publish
from articles.signals import article_withdrawn
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch
from newsroom.lib.text import tidy


def unpublish(article: Article, *, by: User | None, at: datetime | None = None) -> None:
    """Back to a draft: the address answers 404, the text and its dates are kept."""
    _take_down(article, State.DRAFT, by=by, at=at, reason="")


def withdraw(
    article: Article,
    *,
    by: User | None,
    reason: str,
    kind: WithdrawalKind = WithdrawalKind.ERROR,
    at: datetime | None = None,
) -> None:
    """Remove it for good reason: the address answers 410 (legal: 451) and gives the reason.

    Raises ValueError without a reason, and for what readers never saw: a notice at its address
    would tell them of it.
    """
    if not tidy(reason):
        raise ValueError(_("Say why the article is withdrawn; readers will see it."))
    reason = reason.replace("\x00", "").strip()
    _take_down(article, State.WITHDRAWN, by=by, at=at, reason=reason, kind=kind)


@transaction.atomic
def restore(article: Article, *, by: User | None, at: datetime | None = None) -> PublishedArticle:
    """Undo a withdrawal: the version that was live is live again, under its own dates.

    Raises CannotPublish for what is not withdrawn any more, and for what readers never saw: a
    version that nobody decided to publish does not go live by this.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.state != State.WITHDRAWN or locked.live_revision is None:
        raise CannotPublish(
            {"state": _("Nothing was changed: someone has acted on this article already.")}
        )
    return publish(article, by=by, revision=locked.live_revision, at=at, verb="restore")


@transaction.atomic
def _take_down(
    article: Article,
    state: State,
    *,
    by: User | None,
    at: datetime | None,
    reason: str,
    kind: WithdrawalKind = WithdrawalKind.ERROR,
) -> None:
    at = at or timezone.now()
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if state == State.WITHDRAWN and locked.first_published_at is None:
        raise ValueError(_("Readers never saw it. Put it into the bin instead."))
    hold()
    rows.remove(locked)
    before = {"state": locked.state, "live_revision": locked.live_revision_id}
    locked.state = state
    # Or the schedule would bring back what was just taken down.
    clear_schedule(locked)
    locked.withdraw_at, locked.withdraw_reason = None, ""
    locked.save(update_fields=["state", "withdraw_at", "withdraw_reason", *SCHEDULE])
    if state == State.WITHDRAWN:
        Tombstone.objects.update_or_create(
            article=locked, defaults={"kind": kind, "reason": reason, "at": at}
        )
    else:  # somebody may have withdrawn it a moment ago
        Tombstone.objects.filter(pk=locked.pk).delete()
    record(
        "withdraw" if reason else "unpublish", locked, by=by, at=at, note=reason,
        details={"from": before, **({"kind": kind.value} if reason else {})},
    )  # fmt: skip
    touch("articles", "chrome")
    transaction.on_commit(lambda: article_withdrawn.send(sender=Article, article_id=locked.pk))
    article.refresh_from_db(fields=["state", "withdraw_at", "withdraw_reason", *SCHEDULE])
