"""Plans for later: a version goes live at its minute, an article leaves the readers at its own."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from articles.models.kinds import ChangeKind
from articles.publishing.checks import CannotPublish, problems
from articles.publishing.log import record
from articles.publishing.publish import SCHEDULE, clear_schedule
from articles.publishing.quiet import LONGEST
from newsroom.accounts.models import User
from newsroom.lib.text import tidy
from newsroom.pages.quiet import opens_at, window_at


@transaction.atomic
def schedule(
    article: Article,
    *,
    by: User | None,
    publish_at: datetime,
    revision: Revision | None = None,
    change: ChangeKind = ChangeKind.SILENT,
    text: str = "",
    override: str = "",
    at: datetime | None = None,
) -> None:
    """Let `revision` (default: the latest) go live at `publish_at`, an aware time.

    What is saved later is not part of it. A plan made before is replaced. In a quiet window it
    waits for the end, unless `override` says why not; then the reason is in the history. Raises
    CannotPublish for what would keep it from going live now, ValueError for a time that is over
    or not before the article's own end.
    """
    now = at or timezone.now()
    text = text.replace("\x00", "").strip()
    override = tidy(override)[:LONGEST]
    if publish_at <= now:
        raise ValueError(_("This time is over. Choose a later one, or publish now."))
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.withdraw_at and publish_at >= locked.withdraw_at:
        raise ValueError(_("The article is to leave the readers before that time."))
    if locked.is_binned:
        raise CannotPublish({"bin": _("It is in the bin. Take it out first.")})
    if change == ChangeKind.CORRECTION and not text:
        raise CannotPublish({"text": _("Say what was wrong; readers see it.")})
    revision = revision or locked.latest_revision
    if revision is None or revision.article_id != locked.pk:
        raise ValueError("schedule needs a revision of this article")
    if found := problems(revision.snapshot):
        raise CannotPublish(found)
    before = planned(locked)
    locked.publish_at = publish_at
    locked.scheduled_revision = revision
    locked.scheduled_change = change
    locked.scheduled_text = text
    locked.scheduled_by = by
    locked.scheduled_override = override
    locked.proposed_at = None
    # No `modified_at`: a plan is no change of the text.
    locked.save(update_fields=[*SCHEDULE, "proposed_at"])
    record(
        "schedule", locked, by=by, at=now, revision=revision,
        details={**planned(locked), "from": before},
    )  # fmt: skip
    if override and (window := window_at(publish_at)):
        record(
            "override", locked, by=by, at=now, note=override,
            details={"window": window.name, "publish_at": publish_at.isoformat()},
        )  # fmt: skip
    article.refresh_from_db(fields=[*SCHEDULE, "proposed_at"])


@transaction.atomic
def unschedule(article: Article, *, by: User | None, at: datetime | None = None) -> None:
    """Forget the plan to publish; nothing happens, and nothing is noted, when there is none."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.publish_at is not None:
        before = planned(locked)
        clear_schedule(locked)
        locked.save(update_fields=[*SCHEDULE])
        record("unschedule", locked, by=by, at=at or timezone.now(), details={"from": before})
    article.refresh_from_db(fields=[*SCHEDULE])


@transaction.atomic
def expire_at(
    article: Article,
    *,
    by: User | None,
    when: datetime | None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Withdraw the article as expired at `when`; None lets it stay.

    `reason` is for readers; without one they are told that its time is over. Quiet windows do not
    hold it: a right that ends, ends. Raises ValueError for a time that is over, or not after the
    minute at which it is to go live.
    """
    now = at or timezone.now()
    if when is not None and when <= now:
        raise ValueError(_("This time is over. Withdraw it now instead."))
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if when and locked.publish_at and when <= locked.publish_at:
        raise ValueError(_("It is to be published only after that time."))
    if when is None and locked.withdraw_at is None:
        return
    before = _stamp(locked.withdraw_at)
    locked.withdraw_at = when
    locked.withdraw_reason = reason.replace("\x00", "").strip() if when else ""
    locked.save(update_fields=["withdraw_at", "withdraw_reason"])
    record(
        "expire_at", locked, by=by, at=now, note=locked.withdraw_reason,
        details={"withdraw_at": _stamp(when), "from": before},
    )  # fmt: skip
    article.refresh_from_db(fields=["withdraw_at", "withdraw_reason"])


def expected_at(article: Article) -> datetime | None:
    """When the planned version really goes live: its minute, or the end of the quiet windows.

    None without a plan; one query otherwise, none with an override.
    """
    if article.publish_at is None or article.scheduled_override:
        return article.publish_at
    return opens_at(article.publish_at)


def planned(article: Article) -> dict[str, Any]:
    """The plan as the history keeps it; empty without one."""
    if article.publish_at is None:
        return {}
    revision = article.scheduled_revision
    return {
        "publish_at": _stamp(article.publish_at),
        "revision": revision.number if revision else None,
        "change": article.scheduled_change,
    }


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
