"""Undoing what one click did to several articles: only those nobody has touched since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, History, Revision
from articles.models.kinds import ChangeKind, State, Workflow
from articles.permissions import can_bin, can_move, can_publish
from articles.publishing.bin import bin_article, unbin
from articles.publishing.checks import CannotPublish
from articles.publishing.publish import publish
from articles.publishing.schedule import expire_at, schedule
from articles.publishing.withdraw import unpublish
from articles.publishing.workflow import MOVES, move
from newsroom.accounts.models import User


@dataclass(frozen=True)
class Undoing:
    """One article of a batch; `why_not` is empty where the act was, or can be, undone.

    `lost` says what could not come back with it.
    """

    act: History
    why_not: str = ""
    lost: str = ""


def look(batch: UUID, *, by: User) -> list[Undoing]:
    """What `undo` would do now, for the page that asks first."""
    return [Undoing(act, _why_not(act, by)) for act in acts_of(batch)]


def undo(batch: UUID, *, by: User, at: datetime | None = None) -> list[Undoing]:
    """Put every article of the batch back to what it was, each in a transaction of its own.

    Left as they are, and named with the reason: those that somebody acted on since, those that
    this person may not act on, those that are gone. Undoing twice does nothing the second time.
    """
    return [_one(act, by, at) for act in acts_of(batch)]


def acts_of(batch: UUID) -> list[History]:
    """The acts of one click; empty for a batch that never was."""
    acts = History.objects.filter(batch=batch, verb__in=DEEDS).select_related("article", "by")
    return list(acts.order_by("pk"))


@transaction.atomic
def _one(act: History, by: User, at: datetime | None) -> Undoing:
    # As it stands now, under the lock.
    if act.article_id is not None:
        act.article = Article.objects.select_for_update().filter(pk=act.article_id).first()
    if reason := _why_not(act, by):
        return Undoing(act, reason)
    try:
        with transaction.atomic():
            lost = DEEDS[act.verb][1](act.article, act, by, at)  # type: ignore[arg-type]
    except (CannotPublish, ValueError) as error:
        return Undoing(act, str(error))
    return Undoing(act, lost=lost)


def _why_not(act: History, by: User) -> str:
    article = act.article if act.article_id else None
    if article is None:
        return _("It was deleted for good.")
    later = History.objects.filter(article=act.article_id, pk__gt=act.pk)
    if since := later.select_related("by").order_by("-pk").first():
        name = since.by.name if since.by else _("the clock")
        return _("%(name)s has acted on it since.") % {"name": name}
    may, _deed = DEEDS[act.verb]
    return "" if may(by, article, act) else _("It is not yours to change.")


def _publish_back(article: Article, act: History, by: User, at: datetime | None) -> str:
    before = act.details.get("from", {})
    if before.get("state") == State.LIVE:
        revision = Revision.objects.filter(pk=before.get("live_revision"), article=article).first()
        if revision is None:
            raise ValueError(_("The version readers saw before is no longer there."))
        publish(article, by=by, revision=revision, at=at)
    else:
        unpublish(article, by=by, at=at)
    if stage := before.get("workflow"):
        move(article, by=by, to=Workflow(stage), at=at)
    return _plans_back(article, before, by, at)


def _plans_back(article: Article, before: Mapping[str, Any], by: User, at: datetime | None) -> str:
    """What time was to do to it. A plan that cannot stand any more (its minute is over, its version
    is gone) keeps nothing from being undone: the article is then without one, and that is said."""
    lost = []
    if plan := before.get("plan"):
        version = Revision.objects.filter(pk=plan["revision"], article=article).first()
        if version is None:
            lost.append(_("The planned version is no longer there."))
        else:
            try:
                schedule(
                    article, by=by, publish_at=datetime.fromisoformat(plan["publish_at"]),
                    revision=version, change=ChangeKind(plan["change"] or ChangeKind.SILENT),
                    text=plan["text"], override=plan["override"], at=at,
                )  # fmt: skip
            except (CannotPublish, ValueError) as error:
                lost.append(_("It is not planned again: %s") % error)
    if end := before.get("end"):
        when = datetime.fromisoformat(end["when"])
        try:
            expire_at(article, by=by, when=when, reason=end["reason"], at=at)
        except ValueError as error:
            lost.append(_("It does not expire as before: %s") % error)
    return " ".join(lost)


def _move_back(article: Article, act: History, by: User, at: datetime | None) -> str:
    move(article, by=by, to=Workflow(act.details["from"]), at=at)
    return ""


def _unbin(article: Article, act: History, by: User, at: datetime | None) -> str:
    unbin(article, by=by, at=at)
    return ""


def _bin(article: Article, act: History, by: User, at: datetime | None) -> str:
    bin_article(article, by=by, at=at)
    return ""


def _may_move_back(by: User, article: Article, act: History) -> bool:
    return can_move(by, article, Workflow(act.details["from"]))


def _may_bin(by: User, article: Article, act: History) -> bool:
    return can_bin(by, article)


def _may_publish(by: User, article: Article, act: History) -> bool:
    return can_publish(by, article)


May = Callable[[User, Article, History], bool]
# Gives back what could not come back, in words.
Deed = Callable[[Article, History, User, datetime | None], str]
# Which acts can be undone, who may, and how.
DEEDS: dict[str, tuple[May, Deed]] = {
    "publish": (_may_publish, _publish_back),
    "bin": (_may_bin, _unbin),
    "unbin": (_may_bin, _bin),
    **dict.fromkeys(MOVES, (_may_move_back, _move_back)),
}
