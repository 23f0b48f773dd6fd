"""A reader signs up: what the request writes down, and what the worker makes of it.

The request does the same work for every address and tells nothing about it. The worker finds out
whether the address is known, and sends one of two mails, or none when there were enough. What is
written down while the database is away is in spool.py.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from newsletter import mails
from newsletter.mailbox import folded
from newsletter.models import Consent, Notice, SignUp, Subscriber, Subscription
from newsroom.outgoing.tasks import outgoing_task

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONFIRMATIONS_A_DAY = 3


@transaction.atomic
def receive(sign_up: SignUp) -> None:
    """Write the sign-up down for the worker: two rows, whoever it is. Raises django.db.Error."""
    sign_up.save(force_insert=True)
    answer.enqueue(sign_up.pk)


@outgoing_task()
@transaction.atomic
def answer(sign_up_id: int) -> None:
    """Act on a sign-up once; a repetition finds no row and does nothing."""
    sign_up = (
        SignUp.objects.select_for_update(of=("self",))
        .select_related("newsletter")
        .filter(pk=sign_up_id)
        .first()
    )
    if sign_up is None:
        return
    subscriber, _made = Subscriber.objects.get_or_create(
        folded=folded(sign_up.email), defaults={"email": sign_up.email, "created_at": sign_up.at}
    )
    # Two sign-ups of one address wait for each other here.
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    subscription, _made = Subscription.objects.get_or_create(
        subscriber=subscriber, newsletter=sign_up.newsletter, defaults={"asked_at": sign_up.at}
    )
    if subscription.state == Subscription.State.CONFIRMED:
        _remind(subscription, sign_up)
    elif (mail_at := _next_confirmation(subscription, sign_up.at)) is not None:
        _ask(subscription, sign_up, mail_at)
    sign_up.delete()


def _ask(subscription: Subscription, sign_up: SignUp, mail_at: datetime) -> None:
    """Note what was agreed and send the link that makes it count."""
    if subscription.state == Subscription.State.UNSUBSCRIBED:
        subscription.version += 1
    subscription.state = Subscription.State.PENDING
    subscription.asked_at = mail_at
    subscription.save()
    Consent.objects.create(
        email=subscription.subscriber.folded,
        newsletter=sign_up.newsletter,
        event=Consent.Event.ASKED,
        at=sign_up.at,
        terms_id=sign_up.terms_id,
        wording=sign_up.wording,
        with_box=sign_up.with_box,
        source=sign_up.source,
        language=sign_up.language,
        network=sign_up.network,
    )
    _note(subscription, Notice.Kind.CONFIRM, mail_at)
    mail = mails.confirmation
    if mail_at > sign_up.at:
        mail = mail.using(run_after=mail_at)
    mail.enqueue(subscription.pk, subscription.version)


def _remind(subscription: Subscription, sign_up: SignUp) -> None:
    """ "You are already subscribed", at most once a day."""
    today = Notice.objects.filter(
        email=subscription.subscriber.folded, kind=Notice.Kind.ALREADY, at__gt=sign_up.at - DAY
    )
    if not today.exists():
        _note(subscription, Notice.Kind.ALREADY, sign_up.at)
        mails.already.enqueue(subscription.pk)


def _next_confirmation(subscription: Subscription, at: datetime) -> datetime | None:
    """When a mail to confirm may go to this address; None when enough are there.

    One an hour and three a day, counted from the last time its owner used a link of ours: who can
    read the mailbox is not being bombed. A second newsletter asked for within the hour waits its
    turn; the same one again does not.
    """
    deeds = subscription.subscriber.subscriptions.aggregate(
        confirmed=Max("confirmed_at"), unsubscribed=Max("unsubscribed_at")
    )
    since = max([at - DAY, *(deed for deed in deeds.values() if deed)])
    sent = Notice.objects.filter(
        email=subscription.subscriber.folded, kind=Notice.Kind.CONFIRM, at__gt=since
    ).order_by("at")
    rows = list(sent.values_list("at", "newsletter_id"))
    recent = [(when, newsletter) for when, newsletter in rows if when > at - HOUR]
    if len(rows) >= CONFIRMATIONS_A_DAY or any(n == subscription.newsletter_id for _, n in recent):
        return None
    return recent[-1][0] + HOUR if recent else at


def _note(subscription: Subscription, kind: Notice.Kind, at: datetime) -> None:
    Notice.objects.create(
        email=subscription.subscriber.folded,
        newsletter=subscription.newsletter,
        kind=kind,
        at=at,
    )
