"""An article's state in words; always in sight while it is edited."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.kinds import State
from newsroom.pages.templatetags.paper import printed


def badge(article: Article) -> SafeString:
    """One or two words for the list."""
    if article.has_unpublished_changes:
        return format_html('<span class="state state-{}">{}</span>', "changed", _("Live, changed"))
    state = State(article.state)
    return format_html('<span class="state state-{}">{}</span>', state.value, state.label)


def sentence(article: Article | None) -> str:
    """The whole truth in one line, times in the paper's zone."""
    if article is None or article.pk is None:
        return _("New article, not saved yet.")
    saved = _saved(article)
    if article.state == State.LIVE:
        facts = {"since": _moment(article.first_published_at), "saved": saved}
        if article.has_unpublished_changes:
            return (
                _("Live since %(since)s, with changes readers do not see yet; %(saved)s.") % facts
            )
        return _("Live since %(since)s; readers see the latest version.") % facts
    if article.state == State.WITHDRAWN:
        return _("Withdrawn; %(saved)s.") % {"saved": saved}
    words = _("Draft, %(saved)s.") % {"saved": saved}
    if article.proposed_at:
        words += " " + _("Proposed for %(time)s.") % {"time": _moment(article.proposed_at)}
    return words


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
