"""The pages of breaking news, for sitemaps."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from newsroom.addresses.registry import register_landmarks


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    yield reverse("breaking"), None
    yield reverse("ticker"), None


def register() -> None:
    """Called once the apps are ready."""
    register_landmarks("breaking", _landmarks)
