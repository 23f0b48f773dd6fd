"""What time will do, and what it did late or not at all."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.filters import ON_DESK, PROPOSED
from articles.desk.rows import HEADLINE, NOTE, SHOWN, form_of, listed, row
from articles.models import Article, History
from articles.permissions import in_sections_of
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.quiet import opens_at, window_at
from newsroom.pages.templatetags.paper import printed

# Late and failed publications are told for so long.
TOLD = timedelta(hours=24)
# What ends a failure: somebody published it after all, or planned it anew.
MENDED = ("publish", "schedule", "bin", "withdraw", "unpublish")


def scheduled(request: HttpRequest) -> Panel:
    """The next to go live by themselves, with a countdown; what a quiet window holds says so."""
    plans = Article.objects.filter(ON_DESK, publish_at__isnull=False).only(
        "headline", "publish_at", "state", "scheduled_override"
    )
    rows = []
    for article in plans.order_by("publish_at", "pk")[:SHOWN]:
        if article.publish_at is None:
            continue
        what = _("next version") if article.is_live else ""
        one = row(article, what, printed(article.publish_at, _style(article.publish_at)))
        rows.append(one._replace(until=article.publish_at))
    if rows and (window := window_at(timezone.now())):
        end = opens_at(timezone.now())
        words = _("Quiet until %(time)s") % {"time": printed(end, _style(end))}
        rows.insert(0, Row(words, "", more=window.name))
    return Panel(
        gettext_lazy("Scheduled"),
        rows,
        empty=gettext_lazy("Nothing is scheduled."),
        order=17,
        more=listed(status="scheduled") if rows else "",
    )


def not_as_planned() -> Panel:
    """Publications of the last day that came late or not at all, in plain words; one query."""
    mended = History.objects.filter(
        article=OuterRef("article"), verb__in=MENDED, pk__gt=OuterRef("pk")
    )
    acts = History.objects.filter(
        Q(verb="publish_failed") & ~Exists(mended) | Q(details__has_key="late_seconds"),
        at__gt=timezone.now() - TOLD,
    )
    rows = []
    for act in acts.order_by("-at", "-pk")[:SHOWN]:
        label = excerpt(act.label, HEADLINE)
        href = form_of(act.article_id) if act.article_id else ""
        if act.verb == "publish_failed":
            words = _("did not go live %(time)s") % {"time": printed(act.at, _style(act.at))}
            rows.append(Row(label, href, words, more=excerpt(act.note, NOTE)))
        else:
            rows.append(Row(label, href, _late(act)))
    return Panel(gettext_lazy("Not as planned"), rows, order=1, alarm=True)


def proposed(request: HttpRequest) -> Panel:
    """Drafts with a time another system had planned: a person decides what becomes of them."""
    plans = Article.objects.filter(ON_DESK, PROPOSED, in_sections_of(request.user))  # type: ignore[arg-type]
    rows = [
        row(article, printed(article.proposed_at))
        for article in plans.only("headline", "proposed_at").order_by("proposed_at", "pk")[:SHOWN]
        if article.proposed_at
    ]
    more = listed(status="proposed")
    return Panel(gettext_lazy("Proposed times"), rows, order=25, more=more)


def _late(act: History) -> str:
    """ "went live 63 min late, 15:03"."""
    try:
        minutes = max(1, round(int(act.details["late_seconds"]) / 60))
    except (KeyError, TypeError, ValueError):
        minutes = 1
    words = ngettext(
        "went live %(count)d minute late, %(time)s",
        "went live %(count)d minutes late, %(time)s",
        minutes,
    )
    return words % {"count": minutes, "time": printed(act.at, _style(act.at))}


def _style(moment: object) -> str:
    """Today the time is enough."""
    return "hour" if timezone.localdate(moment) == timezone.localdate() else "long"  # type: ignore[arg-type]
