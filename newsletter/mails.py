"""The three letters around a subscription. Issues are sent elsewhere.

Each is a task that looks again at the subscription before it writes to anyone, and may run twice:
a second copy is harmless here, a missing one is not. Every link begins with SITE_URL.
"""

import logging
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from newsletter import tokens
from newsletter.models import Subscription
from newsroom.lib.emails import masked, send
from newsroom.lib.text import tidy
from newsroom.outgoing.tasks import outgoing_task
from newsroom.pages.models import SiteSettings
from newsroom.pages.models.identity import direction_of

logger = logging.getLogger(__name__)


@outgoing_task()
def confirmation(subscription_id: int, version: int) -> None:
    """ "Please confirm"; not sent when it has been confirmed, left or forgotten meanwhile."""
    subscription = _find(subscription_id)
    if subscription and subscription.version == version and _is(subscription, "PENDING"):
        link = link_to("confirm", tokens.token(tokens.CONFIRM, subscription))
        _send("newsletter_confirm", subscription, link=link)


@outgoing_task()
def welcome(subscription_id: int, version: int) -> None:
    """ "You are subscribed", with the way out."""
    subscription = _find(subscription_id)
    if subscription and subscription.version == version and _is(subscription, "CONFIRMED"):
        _send("newsletter_welcome", subscription, headers=list_headers(subscription))


@outgoing_task()
def already(subscription_id: int) -> None:
    """ "You are subscribed already": a sign-up for an address that has confirmed before."""
    subscription = _find(subscription_id)
    if subscription and _is(subscription, "CONFIRMED"):
        _send("newsletter_already", subscription, headers=list_headers(subscription))


def unsubscribe_link(subscription: Subscription) -> str:
    """The way out, good for the life of the mail it stands in."""
    return link_to("unsubscribe", tokens.token(tokens.UNSUBSCRIBE, subscription))


def link_to(deed: str, token: str) -> str:
    """The absolute address of a page that asks whether to do it."""
    return f"{settings.SITE_URL}{reverse(f'newsletter:{deed}', args=[token])}"


def list_headers(subscription: Subscription) -> dict[str, str]:
    """What mail programs need to show their own button to leave (RFC 2369, 2919, 8058)."""
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "List-Unsubscribe": f"<{unsubscribe_link(subscription)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<newsletter-{subscription.newsletter_id}.{host}>",
    }


def _find(pk: int) -> Subscription | None:
    found = Subscription.objects.select_related("subscriber", "newsletter").filter(pk=pk)
    return found.first()


def _is(subscription: Subscription, state: str) -> bool:
    return subscription.state == Subscription.State[state]


def _send(
    name: str, subscription: Subscription, *, headers: dict[str, str] | None = None, **context: Any
) -> None:
    """One letter in the newsletter's language; an address refused for good is not tried again."""
    newsletter = subscription.newsletter
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    try:
        send(
            name,
            to=subscription.subscriber.email,
            context={
                "newsletter": newsletter,
                "site_name": SiteSettings.load().name,
                "site_url": settings.SITE_URL,
                "direction": direction_of(newsletter.language),
                "unsubscribe_link": unsubscribe_link(subscription),
                **context,
            },
            language=newsletter.language,
            headers={"Auto-Submitted": "auto-generated", **(headers or {})},
            reply_to=newsletter.reply_to or None,
            from_email=formataddr((tidy(newsletter.from_name or newsletter.name), address)),
        )
    except SMTPRecipientsRefused as error:
        if any(code < 500 for code, _words in error.recipients.values()):
            raise
        logger.warning("%s: %s refused", name, masked(subscription.subscriber.email))
