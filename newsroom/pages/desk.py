"""What this app puts on the desk: the readers who wait for an answer."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.lib.panels import Panel, Row
from newsroom.pages.models import Message
from newsroom.pages.templatetags.paper import printed

SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """The oldest open messages, for those who may read them; one query."""
    if not request.user.has_perm("pages.view_message"):
        return []
    waiting = Message.objects.open().select_related("desk").order_by("created_at", "pk")
    rows = [
        Row(
            message.subject,
            reverse("admin:pages_message_change", args=[message.pk]),
            " · ".join(
                filter(None, [str(message.desk or ""), printed(message.created_at, "short")])
            ),
        )
        for message in waiting[:SHOWN]
    ]
    return [
        Panel(
            _("Messages from readers"),
            rows,
            empty=_("Nobody waits for an answer."),
            order=30,
            more=reverse("admin:pages_message_changelist"),
        )
    ]
