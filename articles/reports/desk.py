"""What this app puts on the desk: the reports that wait for a decision."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.reports.models import ErrorReport
from newsroom.lib.panels import Panel, Row
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed

SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """The oldest open reports, for those who may read them; one query."""
    if not request.user.has_perm("reports.view_errorreport"):
        return []
    waiting: Any = ErrorReport.objects.open().in_order().with_headline()
    rows = [
        Row(
            excerpt(report.text, 80),
            reverse("admin:reports_errorreport_change", args=[report.pk]),
            f"{excerpt(report.headline, 50)} · {printed(report.created_at, 'short')}",
        )
        for report in waiting[:SHOWN]
    ]
    return [
        Panel(
            _("Error reports"),
            rows,
            empty=_("No reader waits for a decision."),
            order=28,
            more=reverse("admin:reports_errorreport_changelist"),
        )
    ]
