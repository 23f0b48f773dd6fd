"""What this app puts on the desk: what breaks now and when it ends, and what is planned."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.breaking.models import BreakingItem
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

SHOWN = 6
# Said after the countdown: "in 20 min · the banner ends".
ENDS = {"banner": gettext_lazy("the banner ends"), "ticker": gettext_lazy("it leaves the ticker")}


def panels(request: HttpRequest) -> list[Panel]:
    """What stands, the first to end first, then what is planned; one query, no box when nothing."""
    if not request.user.has_perm("breaking.view_breakingitem"):
        return []
    at = timezone.now()
    items: Any = BreakingItem.objects.not_over(at).select_related("article")
    found = sorted(
        items.defer("article__body")[:SHOWN * 4],
        key=lambda item: (item.starts_at > at, item.ends_at),
    )  # fmt: skip
    rows = []
    for item in found[:SHOWN]:
        begun = item.starts_at <= at
        start = printed(item.starts_at, "long")
        note = ENDS[item.place] if begun else _("begins %(time)s") % {"time": start}
        rows.append(
            Row(
                excerpt(str(item), 80),
                reverse("admin:breaking_breakingitem_change", args=[item.pk]),
                str(note),
                until=item.ends_at if begun else None,
            )
        )
    return [
        Panel(
            gettext_lazy("Breaking now"),
            rows,
            order=12,
            more=reverse("admin:breaking_breakingitem_changelist"),
        )
    ]
