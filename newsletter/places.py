"""The page of the newsletters: for sitemaps, and with the database away."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from newsletter.offers import offers
from newsroom.addresses.registry import register_landmarks
from newsroom.cache import away


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    if offers(timezone.now()):
        yield reverse("newsletter:sign_up"), None


def register() -> None:
    """Called once the apps are ready."""
    register_landmarks("newsletter", _landmarks)


def manage_without_database() -> None:
    """The form, what takes it, and the page it leads to; called once the apps are ready."""
    away.manages("/newsletter/", "/newsletter/check-mail/")
    away.remember(lambda: offers(timezone.now()))
