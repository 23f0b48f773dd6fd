"""What the newsletters put on the desk."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter.models import Subscription
from newsroom.lib.panels import Panel, Row


def panels(request: HttpRequest) -> Iterable[Panel]:
    """Subscribers who confirmed since this time yesterday, by newsletter; one query."""
    if not request.user.has_perm("newsletter.view_subscriber"):
        return []
    since = timezone.now() - timedelta(days=1)
    fresh = (
        Subscription.objects.confirmed()
        .filter(confirmed_at__gt=since)
        .values_list("newsletter_id", "newsletter__name")
        .annotate(Count("pk"))
        .order_by("newsletter__order")
    )
    rows = [
        Row(
            name,
            reverse("admin:newsletter_newsletter_change", args=[pk]),
            ngettext("%d new subscriber", "%d new subscribers", count) % count,
        )
        for pk, name, count in fresh
    ]
    return [Panel(_("New subscribers in the last day"), rows, order=70)]
