"""What the newsletters put on the desk."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter import spool
from newsletter.models import Subscription
from newsroom.lib.panels import Panel, Row

# The tick takes in what waits every five seconds.
LATE = 100.0


def panels(request: HttpRequest) -> Iterable[Panel]:
    """New subscribers; and sign-ups that this machine could not take in, until somebody cares."""
    if not request.user.has_perm("newsletter.view_subscriber"):
        return []
    at = timezone.now()
    alarms = [Row(words, "") for words in _stuck(at)]
    return [
        Panel(_("Sign-ups that wait"), alarms, order=5, alarm=True),
        Panel(_("New subscribers in the last day"), _fresh(at), order=70),
    ]


def _fresh(at: datetime) -> list[Row]:
    """Who confirmed since this time yesterday, by newsletter; one query."""
    fresh = (
        Subscription.objects.confirmed()
        .filter(confirmed_at__gt=at - timedelta(days=1))
        .values_list("newsletter_id", "newsletter__name")
        .annotate(Count("pk"))
        .order_by("newsletter__order")
    )
    return [
        Row(
            name,
            reverse("admin:newsletter_newsletter_change", args=[pk]),
            ngettext("%d new subscriber", "%d new subscribers", count) % count,
        )
        for pk, name, count in fresh
    ]


def _stuck(at: datetime) -> Iterable[str]:
    """What is wrong with the spool of this machine, in sentences."""
    late = [name for name in spool.waiting() if name.at < at.timestamp() - LATE]
    if late:
        yield ngettext(
            "%d sign-up from a time without a database has not been taken in. Does the tick run?",
            "%d sign-ups from a time without a database have not been taken in. Does the tick run?",
            len(late),
        ) % len(late)
    if refused := spool.refused():
        yield ngettext(
            "%d sign-up could not be taken in, for instance because its newsletter was closed. "
            "The operator decides: manage.py sign_ups.",
            "%d sign-ups could not be taken in, for instance because their newsletter was closed. "
            "The operator decides: manage.py sign_ups.",
            len(refused),
        ) % len(refused)
