"""The history in words: what each act is called, and what is worth saying of it besides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, History, Section
from articles.models.kinds import ChangeKind, WithdrawalKind, Workflow
from newsroom.accounts.models import User
from newsroom.pages.templatetags.paper import printed

# Every verb that anything records; tests/articles/test_history.py looks for those that lack.
VERBS: Mapping[str, str | Promise] = {
    "save": gettext_lazy("Saved"),
    "put_back": gettext_lazy("Restored an earlier version"),
    "merge": gettext_lazy("Merged two saves"),
    "publish": gettext_lazy("Published"),
    "publish_failed": gettext_lazy("Could not be published at its time"),
    "schedule": gettext_lazy("Scheduled"),
    "unschedule": gettext_lazy("Taken off the schedule"),
    "expire_at": gettext_lazy("End set"),
    "override": gettext_lazy("Quiet window overridden"),
    "correct": gettext_lazy("Correction published"),
    "unpublish": gettext_lazy("Unpublished"),
    "withdraw": gettext_lazy("Withdrawn"),
    "restore": gettext_lazy("Withdrawal undone"),
    "plan": gettext_lazy("Planned"),
    "start": gettext_lazy("Begun"),
    "submit": gettext_lazy("Submitted"),
    "approve": gettext_lazy("Approved"),
    "send_back": gettext_lazy("Sent back"),
    "set_aside": gettext_lazy("Set aside"),
    "bin": gettext_lazy("Put into the bin"),
    "unbin": gettext_lazy("Taken out of the bin"),
    "preview_link": gettext_lazy("Preview link made"),
    "preview_revoked": gettext_lazy("Preview link revoked"),
    "breaking": gettext_lazy("Breaking news made of it"),
    "breaking_changed": gettext_lazy("Breaking news changed"),
    "breaking_ended": gettext_lazy("Breaking news ended"),
    "close_report": gettext_lazy("Reader’s report closed"),
    "reopen_report": gettext_lazy("Reader’s report reopened"),
    "edit_post": gettext_lazy("Live post edited"),
    "delete_post": gettext_lazy("Live post deleted"),
    "restore_post": gettext_lazy("Live post brought back"),
    "close_coverage": gettext_lazy("Live coverage closed"),
    "open_coverage": gettext_lazy("Live coverage opened again"),
    "keep_out": gettext_lazy("Kept out of Most Read"),
    "let_back": gettext_lazy("Let into Most Read again"),
}


def act_name(verb: str) -> str:
    """What the act is called; an unknown one by its own word."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def acts_for(user: User) -> QuerySet[History]:
    """The paper's acts this person may read: the chief all, section editors of their sections.

    Others none. Of an article that was deleted for good only the chief reads.
    """
    acts = History.objects.select_related("by")
    if user.has_perm("articles.publish_everywhere"):
        return acts
    if not user.has_perm("articles.publish_article"):
        return acts.none()
    own = Section.objects.filter(Q(editors=user) | Q(editors=None))
    theirs = Article.objects.filter(Q(section__in=own) | Q(section=None))
    return acts.filter(article__in=theirs.values("pk"))


def told(act: History) -> list[str]:
    """Sentences from an act's details, which are JSON that any version of the code has written."""
    details: dict[str, Any] = act.details if isinstance(act.details, dict) else {}
    said = []
    if act.verb == "put_back" and isinstance(number := details.get("number"), int):
        said.append(_("It was version %(number)d.") % {"number": number})
    if act.verb in {"publish", "schedule"}:
        kind = details.get("change") or details.get("scheduled_change")
        if label := _label(ChangeKind, kind):
            said.append(f"{label}.")
    if act.verb == "schedule" and (when := _moment(details.get("publish_at"))):
        said.append(_("For %(time)s.") % {"time": when})
    if act.verb == "expire_at":
        when = _moment(details.get("withdraw_at"))
        said.append(_("At %(time)s.") % {"time": when} if when else _("No end any more."))
    if isinstance(late := details.get("late_seconds"), int):
        minutes = max(1, late // 60)
        said.append(
            ngettext("%(count)d minute late.", "%(count)d minutes late.", minutes)
            % {"count": minutes}
        )
    if act.verb == "withdraw" and (label := _label(WithdrawalKind, details.get("kind"))):
        said.append(f"{label}.")
    before, after = (_label(Workflow, details.get(key)) for key in ("from", "to"))
    if before and after:
        said.append(f"{before} → {after}.")
    if act.verb == "override" and isinstance(window := details.get("window"), str) and window:
        said.append(f"{window}.")
    return said


def _label(kind: Any, value: object) -> str:
    try:
        return str(kind(value).label)
    except ValueError:
        return ""


def _moment(stamp: object) -> str:
    if not isinstance(stamp, str):
        return ""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return ""
    return printed(moment, "long") if moment.tzinfo else ""
