"""What the owner of a mailbox decides by a link in our mail: to confirm, to leave.

Both may be repeated: links are clicked twice, and mail programs try again.
"""

from datetime import datetime, timedelta

from django.db import transaction

from newsletter import mails, tokens
from newsletter.models import Consent, Newsletter, Subscription

# A link to confirm works as long as the unconfirmed row is kept (due.py).
CONFIRM_WITHIN = timedelta(days=7)


def newsletter_of(purpose: str, raw: str) -> Newsletter | None:
    """Which newsletter a link is about, for the page that asks; None for one that is not ours."""
    max_age = int(CONFIRM_WITHIN.total_seconds()) if purpose == tokens.CONFIRM else None
    if not (named := tokens.read(purpose, raw, max_age=max_age)):
        return None
    return Newsletter.objects.filter(subscriptions=named[0]).first()


@transaction.atomic
def confirm(raw: str, *, network: str, at: datetime) -> Newsletter | None:
    """Confirm the subscription the link is for; None, and no effect, for a forged or spent link."""
    max_age = int(CONFIRM_WITHIN.total_seconds())
    named = tokens.read(tokens.CONFIRM, raw, max_age=max_age)
    subscription = _locked(named)
    if not named or not subscription or subscription.version != named[1]:
        return None
    if subscription.state == Subscription.State.UNSUBSCRIBED:
        return None
    if subscription.state == Subscription.State.PENDING:
        subscription.state = Subscription.State.CONFIRMED
        subscription.confirmed_at = at
        subscription.save()
        _record(subscription, Consent.Event.CONFIRMED, source="mail", network=network, at=at)
        mails.welcome.enqueue(subscription.pk, subscription.version)
    return subscription.newsletter


@transaction.atomic
def unsubscribe(raw: str, *, source: str, network: str, at: datetime) -> None:
    """Leave the newsletter the link is for; a link in an old mail works like one in the newest."""
    named = tokens.read(tokens.UNSUBSCRIBE, raw)
    subscription = _locked(named)
    if not named or not subscription or named[1] > subscription.version:
        return
    if subscription.state == Subscription.State.CONFIRMED:
        subscription.state = Subscription.State.UNSUBSCRIBED
        subscription.unsubscribed_at = at
        subscription.save()
        _record(subscription, Consent.Event.UNSUBSCRIBED, source=source, network=network, at=at)


def _locked(named: tuple[int, int] | None) -> Subscription | None:
    if named is None:
        return None
    return (
        Subscription.objects.select_for_update(of=("self",))
        .select_related("subscriber", "newsletter")
        .filter(pk=named[0])
        .first()
    )


def _record(
    subscription: Subscription, event: Consent.Event, *, source: str, network: str, at: datetime
) -> None:
    """The event, with the words that were agreed when the reader last signed up."""
    email = subscription.subscriber.folded
    asked = (
        Consent.objects.of(email, subscription.newsletter).filter(event=Consent.Event.ASKED).first()
    )
    Consent.objects.create(
        email=email,
        newsletter=subscription.newsletter,
        event=event,
        at=at,
        terms_id=asked.terms_id if asked else None,
        wording=asked.wording if asked else "",
        with_box=asked.with_box if asked else False,
        source=source,
        language=subscription.newsletter.language,
        network=network,
    )
