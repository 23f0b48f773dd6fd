"""What time does to sign-ups: the tick calls `run_due` every hour."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from newsletter.choices import CONFIRM_WITHIN
from newsletter.models import (
    Consent,
    Notice,
    PastWording,
    SignUp,
    Subscriber,
    Subscription,
    TakenIn,
)

# Rows a run, so that no transaction holds SQLite's write lock for long.
BATCH = 200


def run_due(at: datetime) -> int:
    """Forget what has lapsed; how many rows went."""
    day_ago, week_ago = at - timedelta(days=2), at - CONFIRM_WITHIN
    gone = prune_unconfirmed(at)
    for lapsed in (
        Notice.objects.filter(at__lt=day_ago),
        PastWording.objects.filter(until__lt=day_ago),
        SignUp.objects.filter(at__lt=week_ago),
        # A machine whose disk cannot forget is noticed by then.
        TakenIn.objects.filter(at__lt=at - 13 * CONFIRM_WITHIN),
    ):
        gone += _delete_some(lapsed)
    return gone


@transaction.atomic
def prune_unconfirmed(at: datetime) -> int:
    """Delete sign-ups nobody confirmed in seven days, with the address; how many.

    Who had left before and asked again without confirming is as before: somebody who left.
    """
    lapsed = list(
        Subscription.objects.pending()
        .filter(asked_at__lt=at - CONFIRM_WITHIN)
        .select_for_update(of=("self",))
        .select_related("subscriber")[:BATCH]
    )
    for subscription in lapsed:
        asked = Consent.objects.filter(
            email=subscription.subscriber.folded,
            newsletter=subscription.newsletter_id,
            event=Consent.Event.ASKED,
        )
        if subscription.unsubscribed_at:
            asked.filter(at__gt=subscription.unsubscribed_at).lapse()
            subscription.state = Subscription.State.UNSUBSCRIBED
            subscription.save()
        else:
            asked.lapse()
            subscription.delete()
    subscribers = Subscriber.objects.filter(pk__in={s.subscriber_id for s in lapsed})
    subscribers.exclude(Exists(Subscription.objects.filter(subscriber=OuterRef("pk")))).delete()
    return len(lapsed)


def _delete_some(rows: QuerySet[Any]) -> int:
    some = list(rows.values_list("pk", flat=True)[:BATCH])
    return rows.filter(pk__in=some).delete()[0]
