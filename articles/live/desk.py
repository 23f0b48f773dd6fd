"""What this app puts on the desk: what readers are following now."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.live.models import Coverage
from articles.models.kinds import Kind
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

SHOWN = 6
# Without a post for so long, a coverage is likely over and was not closed.
QUIET = timedelta(days=1)


def panels(request: HttpRequest) -> list[Panel]:
    """Open coverage of live articles, for those who may read it; one query. None: no panel."""
    long_ago = timezone.now() - QUIET
    if not request.user.has_perm("live.view_coverage"):
        return []
    found = Coverage.objects.filter(closed_at=None, article__published__kind=Kind.LIVE)
    found = found.select_related("article").defer("article__body").order_by("-updated_at", "-pk")
    rows = [
        Row(
            excerpt(one.article.headline, 80),
            reverse("admin:live_coverage_desk", args=[one.pk]),
            _("last change %(time)s") % {"time": printed(one.updated_at, "short")}
            if one.updated_at
            else _("no posts yet"),
            more=_("Quiet for a day, and cards still say Live. Close it when it is over.")
            if (one.updated_at or one.opened_at) < long_ago
            else "",
        )
        for one in found[:SHOWN]
    ]
    return [Panel(gettext_lazy("Live now"), rows, order=12)]
