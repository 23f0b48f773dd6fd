"""An article's state in words; always in sight while it is edited."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import State, Workflow
from newsroom.pages.templatetags.paper import printed


def badge(article: Article) -> SafeString:
    """One or two words for the list."""
    return format_html('<span class="state state-{}">{}</span>', *word(article))


def word(article: Article) -> tuple[str, str]:
    """The state's name and what people call it."""
    if article.is_binned:
        return "binned", _("In the bin")
    if article.has_unpublished_changes:
        return "changed", _("Live, changed")
    if article.publish_at is not None and article.state == State.DRAFT:
        return "scheduled", _("Scheduled")
    state = State(article.state)
    return state.value, str(state.label)


def stage_word(article: Article) -> str:
    """The stage, where it says more than the state: readers see what is live and approved."""
    settled = article.is_live and article.workflow == Workflow.APPROVED
    if settled or article.state == State.WITHDRAWN:
        return ""
    return str(Workflow(article.workflow).label)


def sentence(article: Article | None) -> str:
    """The whole truth in one line, times in the paper's zone."""
    if article is None or article.pk is None:
        return _("New article, not saved yet.")
    if article.binned_at:
        return _("In the bin since %(time)s.") % {"time": _moment(article.binned_at)}
    return " ".join([_publication(article), *_plans(article)])


def _publication(article: Article) -> str:
    saved = _saved(article)
    if article.state == State.LIVE:
        facts = {"since": _moment(article.first_published_at), "saved": saved}
        if article.has_unpublished_changes:
            return _("Live since %(since)s, with unpublished changes; %(saved)s.") % facts
        return _("Live since %(since)s; readers see the latest version.") % facts
    if article.state == State.WITHDRAWN:
        return _("Withdrawn; %(saved)s.") % {"saved": saved}
    return _("Draft, %(saved)s.") % {"saved": saved}


def _plans(article: Article) -> list[str]:
    """What time will do to it, one sentence each."""
    plans = []
    if article.publish_at:
        time = {"time": _moment(article.publish_at)}
        if article.is_live:
            plans.append(_("Its next version goes live %(time)s.") % time)
        else:
            plans.append(_("Goes live %(time)s.") % time)
    if article.withdraw_at:
        plans.append(_("Expires %(time)s.") % {"time": _moment(article.withdraw_at)})
    if article.proposed_at and article.state == State.DRAFT:
        plans.append(_("Proposed for %(time)s.") % {"time": _moment(article.proposed_at)})
    return plans


def _saved(article: Article) -> str:
    saved = article.latest_revision
    if not saved:
        return _("not saved yet")
    if not saved.by:
        return _("saved %(time)s") % {"time": _moment(saved.at)}
    return _("saved %(time)s by %(name)s") % {"time": _moment(saved.at), "name": saved.by.name}


def _moment(at: datetime | None) -> str:
    """Today only the time; else the date too, in the zone the request runs in."""
    if at is None:
        return _("an unknown time")
    today = timezone.localdate(at) == timezone.localdate()
    return printed(at, "short" if today else "long")
