"""Newsletters, who reads them, and what each reader agreed to and when."""

from newsletter.models.consent import Consent
from newsletter.models.newsletter import Newsletter, PastWording
from newsletter.models.signup import Notice, SignUp, TakenIn
from newsletter.models.subscriber import Subscriber, Subscription

__all__ = [
    "Consent",
    "Newsletter",
    "Notice",
    "PastWording",
    "SignUp",
    "Subscriber",
    "Subscription",
    "TakenIn",
]
