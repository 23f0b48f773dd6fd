"""Publish: make one revision the version readers see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Change, PublishedArticle, Revision, Tombstone
from articles.models.kinds import ChangeKind, State, Workflow
from articles.publishing import rows
from articles.publishing.checks import CannotPublish, problems
from articles.publishing.log import record
from articles.share_cards import draw_ahead
from articles.signals import article_published
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch

MOVE_UPDATED = (ChangeKind.UPDATE, ChangeKind.CORRECTION)
# The columns of a planned publication.
SCHEDULE = (
    "publish_at", "scheduled_revision", "scheduled_change", "scheduled_text", "scheduled_by",
    "scheduled_override",
)  # fmt: skip


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    at: datetime | None = None,
    change: ChangeKind = ChangeKind.SILENT,
    text: str = "",
    note: str = "",
    batch: UUID | None = None,
    details: Mapping[str, Any] | None = None,
    verb: str = "publish",
    judged: bool = True,
) -> PublishedArticle:
    """Make `revision` (default: the latest) live; one transaction, all or nothing.

    `at` (default now) is the time of the first publication, later that of the update. `change`
    says what a later publication means to readers: only an update and a correction move
    "Updated". `text` is what readers are told of it; a correction needs one. `note` is for the
    history, as are `details` and the `verb` under which the act stands there. Not `judged` is what
    another system had published: it needs an address, and no check of this desk. Raises
    CannotPublish, having changed nothing.
    """
    text = text.replace("\x00", "").strip()
    if change == ChangeKind.CORRECTION and not text:
        raise CannotPublish({"text": _("Say what was wrong; readers see it.")})
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.is_binned:
        raise CannotPublish({"bin": _("It is in the bin. Take it out first.")})
    hold()
    before = _before(locked)
    revision = revision or locked.latest_revision
    if revision is None or revision.article_id != locked.pk:
        raise ValueError("publish needs a revision of this article")
    # What readers have seen before was judged then: a stricter rule of today keeps nobody from
    # undoing a withdrawal.
    seen = revision.first_live_at is not None
    if found := problems(revision.snapshot, needed_only=seen or not judged):
        raise CannotPublish(found)
    now = timezone.now().replace(microsecond=0)
    first = locked.first_published_at is None
    if first:
        locked.first_published_at = (at or now).replace(microsecond=0)
        change = ChangeKind.FIRST
    elif change in MOVE_UPDATED:
        locked.updated_at = (at or now).replace(microsecond=0)
    elif change == ChangeKind.FIRST:  # it was live before: what it is again is no change
        change = ChangeKind.SILENT
    if revision.first_live_at is None:
        revision.first_live_at = now
        revision.save(update_fields=["first_live_at"])
    if first or change != ChangeKind.SILENT or revision.pk != locked.live_revision_id:
        Change.objects.create(
            article=locked,
            revision=revision,
            kind=change,
            text=text,
            at=(at or now).replace(microsecond=0),  # the pages of corrections go on by the second
            by=by,
        )
    row = rows.write(
        locked,
        revision,
        published_at=locked.first_published_at or now,
        updated_at=locked.updated_at,
    )
    locked.state = State.LIVE
    locked.live_revision = revision
    clear_schedule(locked)
    locked.proposed_at = None
    if locked.withdraw_at and locked.withdraw_at <= now:  # its end was set for an earlier life
        locked.withdraw_at, locked.withdraw_reason = None, ""
    if revision.pk == locked.latest_revision_id:  # what the desk has begun since is not approved
        locked.workflow = Workflow.APPROVED
    locked.save(
        update_fields=[
            "state", "live_revision", "first_published_at", "updated_at", "proposed_at",
            "workflow", "withdraw_at", "withdraw_reason", *SCHEDULE,
        ]
    )  # fmt: skip
    Tombstone.objects.filter(pk=locked.pk).delete()
    record(
        verb, locked, by=by, at=now, revision=revision, note=note, batch=batch,
        details={"change": change.value, "from": before, **(details or {})},
    )  # fmt: skip
    if judged:  # an import's cards are drawn when somebody asks for them
        draw_ahead.enqueue(locked.pk)
    touch("articles", "chrome")  # a topic's first live article makes its menu entry appear
    transaction.on_commit(
        lambda: article_published.send(sender=Article, article_id=locked.pk, first=first)
    )
    article.refresh_from_db(
        fields=[
            "state", "live_revision", "first_published_at", "updated_at", "workflow",
            "withdraw_at", "withdraw_reason", *SCHEDULE,
        ]
    )  # fmt: skip
    return row


def _before(article: Article) -> dict[str, Any]:
    """What the act is about to change, for who undoes it; plans only where there are some."""
    before: dict[str, Any] = {
        "state": article.state,
        "live_revision": article.live_revision_id,
        "workflow": article.workflow,
    }
    if article.publish_at:
        before["plan"] = {
            "publish_at": article.publish_at.isoformat(),
            "revision": article.scheduled_revision_id,
            "change": article.scheduled_change,
            "text": article.scheduled_text,
            "override": article.scheduled_override,
        }
    if article.withdraw_at:
        end = article.withdraw_at.isoformat()
        before["end"] = {"when": end, "reason": article.withdraw_reason}
    return before


def clear_schedule(article: Article) -> None:
    """Forget the planned publication; the caller saves the columns of `SCHEDULE`."""
    article.publish_at = None
    article.scheduled_revision = None
    article.scheduled_change = article.scheduled_text = article.scheduled_override = ""
    article.scheduled_by = None
