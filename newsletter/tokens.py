"""The links in our mails: signed for one deed, one subscription and one version of it."""

from newsletter.models import Subscription
from newsroom.lib.signing import BadToken, sign, unsign

CONFIRM = "newsletter.confirm"
UNSUBSCRIBE = "newsletter.unsubscribe"


def token(purpose: str, subscription: Subscription) -> str:
    """For the address of a page; holds no personal data."""
    return sign(purpose, subscription.pk, subscription.version)


def read(purpose: str, raw: str, *, max_age: int | None = None) -> tuple[int, int] | None:
    """(subscription id, version), or None for what we did not sign for this purpose."""
    try:
        pk, version = unsign(purpose, raw, max_age=max_age)
        return int(pk), int(version)
    except (BadToken, ValueError):
        return None
