"""Everything an address agreed to, in one file: for the reader who asks, or for a dispute."""

from typing import Any

from newsletter.models import Consent, Subscriber


def receipt(subscriber: Subscriber) -> dict[str, Any]:
    """The consents in the order they were given, with the exact words; two queries."""
    consents = Consent.objects.of(subscriber.folded).select_related("newsletter", "terms")
    return {
        "email": subscriber.email,
        "consents": [
            {
                "event": consent.event,
                "at": consent.at.isoformat(),
                "newsletter": consent.newsletter.name,
                "terms_version": consent.terms.number if consent.terms else None,
                "wording": consent.wording,
                "wording_sha256": consent.sha256,
                "with_box": consent.with_box,
                "form": consent.source,
                "language": consent.language,
                "network": consent.network,
            }
            for consent in consents.reverse()
        ],
    }
