"""Who has an article's form open, and what was saved since somebody opened it: in sentences.

An open form says every twenty seconds that it is open; who was not heard of for a minute has gone.
Nothing is locked: what two people save is merged.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Presence, Revision
from newsroom.accounts.models import User
from newsroom.lib.text import excerpt, tidy
from newsroom.pages.templatetags.paper import printed

SEEN_WITHIN = timedelta(seconds=60)


def mark(article: Article, user: User, at: datetime) -> None:
    """This person has the form open. Two queries; a gap of a minute begins a new visit."""
    known = Presence.objects.filter(article=article, user=user)
    if known.filter(seen_at__gte=at - SEEN_WITHIN).update(seen_at=at):
        return
    Presence.objects.update_or_create(
        article=article, user=user, defaults={"since": at, "seen_at": at}
    )


def leave(article: Article, user: User) -> None:
    """The form was closed."""
    Presence.objects.filter(article=article, user=user).delete()


def others(article: Article, user: User, at: datetime) -> list[str]:
    """A sentence for everybody else who has the form open, the first to come first. One query."""
    present = (
        Presence.objects.filter(article=article, seen_at__gte=at - SEEN_WITHIN)
        .exclude(user=user)
        .select_related("user")
        .order_by("since")[:20]
    )
    return [
        _("%(name)s is editing this article, since %(time)s.")
        % {"name": _name(sign.user), "time": _moment(sign.since, at)}
        for sign in present
    ]


def newer(article: Article, base: int | None, user: User) -> str:
    """What was saved since version `base` (a revision's id) was opened, or nothing. One query.

    Revisions are compared and not times: publishing, a schedule and a job make no revision.
    """
    if base is None or article.latest_revision_id in (None, base):
        return ""
    latest = Revision.objects.select_related("by").get(pk=article.latest_revision_id)
    facts = {"number": latest.number, "time": _moment(latest.at, timezone.now())}
    if latest.by is None:
        saved = _("Version %(number)s was saved at %(time)s") % facts
    elif latest.by == user:
        saved = _("You saved version %(number)s at %(time)s in another window") % facts
    else:
        saved = _("%(name)s saved version %(number)s at %(time)s") % {
            **facts, "name": _name(latest.by),
        }  # fmt: skip
    return _("%(saved)s: your changes will be merged with it when you save.") % {"saved": saved}


def _name(user: User) -> str:
    """Whole in itself whatever its direction, and not longer than a line."""
    return f"\u2068{excerpt(tidy(user.name or user.email), 60)}\u2069"


def _moment(at: datetime, now: datetime) -> str:
    """Today only the time; else the date too, in the paper's zone."""
    today = timezone.localdate(at) == timezone.localdate(now)
    return printed(at, "short" if today else "long")
