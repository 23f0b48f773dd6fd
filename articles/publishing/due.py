"""What time does to articles: plans are carried out at their minute. The tick calls `run_due`.

Each article is a transaction of its own, so that one that fails keeps no other waiting.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import ChangeKind, State, WithdrawalKind
from articles.publishing.checks import CannotPublish
from articles.publishing.log import record
from articles.publishing.publish import SCHEDULE, clear_schedule, publish
from articles.publishing.schedule import planned
from articles.publishing.withdraw import withdraw
from newsroom.outgoing.holding import held
from newsroom.pages.identity import present_identity
from newsroom.pages.quiet import opens_at, window_at

logger = logging.getLogger("newsroom.due")

# Later than this after its minute counts as late, and is said.
LATE = timedelta(seconds=60)
# Articles a run; the next one comes in seconds.
BATCH = 200


class SomeFailed(RuntimeError):
    """Articles that stay due because of an error; the message names them."""


def run_due(at: datetime) -> int:
    """Publish what is due and withdraw what has expired; how many articles were changed.

    Never early: only what was due by `at`. Never twice: a plan is cleared in the transaction that
    carries it out. Raises SomeFailed at the end when an article met an error; it is tried again.
    Two queries when nothing is due.
    """
    changed, failed = 0, []
    paper = present_identity()
    with translation.override(paper.language), timezone.override(paper.zone):
        for due, deed in ((_expired(at), _expire), (_to_publish(at), _publish)):
            for pk in list(due.values_list("pk", flat=True)[:BATCH]):
                try:
                    changed += _one(pk, due, deed, at)
                except Exception as error:
                    logger.exception("article %s stays due", pk)
                    failed.append(f"article {pk}: {type(error).__name__}")
    if failed:
        raise SomeFailed(", ".join(failed[:5]))
    return changed


def overdue(at: datetime) -> tuple[int, datetime | None]:
    """How many publications should have happened by now, and the minute of the first; one query."""
    found = _to_publish(at).order_by().aggregate(count=Count("pk"), first=Min("publish_at"))
    return found["count"], found["first"]


def _to_publish(at: datetime) -> QuerySet[Article]:
    """Those whose minute has come, unless all is held; without those a quiet window holds."""
    due = Article.objects.filter(publish_at__lte=at).order_by("publish_at", "pk")
    if not due.exists():
        return due
    if held():  # a restored copy does not know which plans were changed since
        return due.none()
    return due.exclude(scheduled_override="") if window_at(at) else due


def _expired(at: datetime) -> QuerySet[Article]:
    return Article.objects.filter(withdraw_at__lte=at).order_by("withdraw_at", "pk")


@transaction.atomic
def _one(
    pk: int, due: QuerySet[Article], deed: Callable[[Article, datetime], bool], at: datetime
) -> bool:
    """Do it unless somebody else has, or is about to: what is locked now comes in seconds."""
    skip = connection.features.has_select_for_update_skip_locked
    locked = due.filter(pk=pk).order_by().select_for_update(skip_locked=skip).first()
    return deed(locked, at) if locked else False


def _publish(article: Article, at: datetime) -> bool:
    planned_for = article.publish_at
    if planned_for is None:
        return False
    # The minute it could go live: quiet windows that were on then are no lateness.
    minute = planned_for if article.scheduled_override else opens_at(planned_for)
    late = at - minute
    details = {
        "planned_for": planned_for.isoformat(),
        "scheduled_by": article.scheduled_by_id,
        **({"late_seconds": int(late.total_seconds())} if late > LATE else {}),
        **({"held_until": minute.isoformat()} if minute > planned_for else {}),
    }
    try:
        if article.is_binned:
            raise CannotPublish({"bin": _("It is in the bin. Take it out first.")})
        if article.scheduled_revision is None:
            raise CannotPublish({"revision": _("The version that was planned is gone.")})
        # Its own transaction, so that what it began is undone and the act below is kept.
        with transaction.atomic():
            publish(
                article,
                by=None,
                revision=article.scheduled_revision,
                # Readers are told the planned minute, unless they could not have seen it then.
                at=at if late > LATE else minute,
                change=ChangeKind(article.scheduled_change or ChangeKind.SILENT),
                text=article.scheduled_text,
                details=details,
            )
    except CannotPublish as problem:
        _give_up(article, problem, at)
        return False
    return True


def _give_up(article: Article, problem: CannotPublish, at: datetime) -> None:
    """Take the plan off and leave the reason in the history, where the desk finds it."""
    before, revision = planned(article), article.scheduled_revision
    clear_schedule(article)
    article.save(update_fields=[*SCHEDULE])
    record(
        "publish_failed", article, by=None, at=at, revision=revision, note=str(problem),
        details={"from": before, "problems": problem.problems},
    )  # fmt: skip


def _expire(article: Article, at: datetime) -> bool:
    """Withdraw it, or, when it is not live, forget its end and what was to go live before it."""
    if article.state == State.LIVE:
        reason = article.withdraw_reason or _("This article was available for a limited time.")
        withdraw(article, by=None, reason=reason, kind=WithdrawalKind.EXPIRED, at=at)
        return True
    if article.publish_at is not None:
        over = _("Its time was over before it could go live.")
        _give_up(article, CannotPublish({"publish_at": over}), at)
    article.withdraw_at, article.withdraw_reason = None, ""
    article.save(update_fields=["withdraw_at", "withdraw_reason"])
    return False
