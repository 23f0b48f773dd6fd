"""What this app puts on the desk: what is wrong with fronts, and what is planned."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.fronts.alarms import Wrong, arranged_by, wrong
from articles.fronts.models import Arrangement
from articles.fronts.naming import slot_name
from articles.fronts.templatetags.front_times import lasted
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

SHOWN = 12
PLANNED = 6
# Of the stories that are gone from one front so many are named, each with so many characters.
NAMED, HEADLINE = 3, 70


def panels(request: HttpRequest) -> list[Panel]:
    """For who arranges fronts. 4 queries at most, for any number of fronts."""
    user, at = request.user, timezone.now()
    if not user.has_perm("fronts.change_front"):
        return []
    found = wrong(user, at=at)  # type: ignore[arg-type]
    return [
        Panel(gettext_lazy("Fronts"), [*_rows(found, at)][:SHOWN], order=2, alarm=True),
        _planned(request),
    ]


def _rows(found: list[Wrong], at: datetime) -> Iterator[Row]:
    """What concerns all fronts first, then each."""
    silent = [each for each in found if each.silent_since]
    if silent:
        since = max(each.silent_since for each in silent if each.silent_since)
        words = _("Fronts are not refreshed since %(time)s: readers see them, nobody records them.")
        yield Row(words % {"time": _moment(since)}, "")
    for each in found:
        name, page = str(each.front), reverse("admin:fronts_front_change", args=[each.front.pk])
        if each.failed_at:
            words = _("%(front)s: refreshing fails since %(time)s")
            facts = {"front": name, "time": _moment(each.failed_at)}
            yield Row(words % facts, page, more=each.failure)
        if each.gone:
            yield Row(_gone(name, each), page, more=_stories(each))
        if each.unchanged_since:
            words = _("%(front)s: nothing has changed for %(time)s")
            facts = {"front": name, "time": lasted(at - each.unchanged_since)}
            limit = lasted(timedelta(minutes=each.front.stale_after or 0))
            yield Row(words % facts, page, _("alarm after %s") % limit)


def _gone(name: str, each: Wrong) -> str:
    words = ngettext(
        "%(front)s: %(count)d placed story is not shown",
        "%(front)s: %(count)d placed stories are not shown",
        len(each.gone),
    )
    return words % {"front": name, "count": len(each.gone)}


def _stories(each: Wrong) -> str:
    """ "Lead: “Tram line opens” (withdrawn)", the first few of them."""
    names = {block.id: block.title for block in each.content.blocks if block.title}
    said = []
    for slot, article_id, what in each.gone[:NAMED]:
        headline = excerpt(each.headlines.get(article_id, ""), HEADLINE) or str(article_id)
        facts = {"slot": slot_name(slot, names), "story": headline, "what": what}
        said.append(_("%(slot)s: “%(story)s” (%(what)s)") % facts)
    if more := len(each.gone) - NAMED:
        said.extend([_("and %d more") % more] if more > 0 else [])
    return " · ".join(said)


def _planned(request: HttpRequest) -> Panel:
    """The next fronts that go live by themselves; one query."""
    plans = Arrangement.objects.filter(
        front__in=arranged_by(request.user),  # type: ignore[arg-type]
        publish_at__isnull=False, live_from__isnull=True, cancelled_at__isnull=True,
    )  # fmt: skip
    plans = plans.select_related("front__section", "by").defer("content", "front__draft")
    rows = [
        Row(
            str(plan.front),
            reverse("admin:fronts_front_change", args=[plan.front_id]),
            " · ".join(filter(None, [_moment(plan.publish_at), plan.by.name if plan.by else ""])),
            until=plan.publish_at,
            more=plan.note,
        )
        for plan in plans.order_by("publish_at", "pk")[:PLANNED]
        if plan.publish_at
    ]
    return Panel(gettext_lazy("Planned fronts"), rows, order=19)


def _moment(at: datetime) -> str:
    today = timezone.localdate(at) == timezone.localdate()
    return printed(at, "hour" if today else "long")
