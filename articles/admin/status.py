"""An article's state in words; always in sight while it is edited."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.kinds import State


def badge(article: Article) -> SafeString:
    """One or two words for the list."""
    if article.has_unpublished_changes:
        return format_html('<span class="state state-{}">{}</span>', "changed", "Live, changed")
    words = {State.DRAFT: "Draft", State.LIVE: "Live", State.WITHDRAWN: "Withdrawn"}
    state = State(article.state)
    return format_html('<span class="state state-{}">{}</span>', state.value, words[state])


def sentence(article: Article | None) -> str:
    """The whole truth in one line, times in the paper's zone."""
    if article is None or article.pk is None:
        return "New article, not saved yet."
    saved = article.latest_revision
    who = f" by {saved.by.name}" if saved and saved.by else ""
    when = f"saved {_moment(saved.at)}{who}" if saved else "not saved yet"
    if article.state == State.LIVE:
        since = _moment(article.first_published_at)
        if article.has_unpublished_changes:
            return f"Live since {since}, with changes readers do not see yet; {when}."
        return f"Live since {since}; readers see the latest version."
    if article.state == State.WITHDRAWN:
        return f"Withdrawn; {when}."
    planned = f" Proposed for {_moment(article.proposed_at)}." if article.proposed_at else ""
    return f"Draft, {when}.{planned}"


def _moment(at: object) -> str:
    """Today only the time; else the date too, in the zone the request runs in."""
    if at is None:
        return "an unknown time"
    local = timezone.localtime(at)  # type: ignore[arg-type]
    clock = date_format(local, "H:i")
    if local.date() == timezone.localdate():
        return clock
    return f"{date_format(local, 'j F Y')}, {clock}"
