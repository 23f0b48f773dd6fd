"""What this app puts on the desk: what readers are following now."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.live.models import Coverage
from articles.models.kinds import Kind
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """Open coverage of live articles, for those who may read it; one query. None: no panel."""
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
        )
        for one in found[:SHOWN]
    ]
    return [Panel(gettext_lazy("Live now"), rows, order=12)]
