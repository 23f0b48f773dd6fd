"""The page of the most read, for sitemaps."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from newsroom.addresses.registry import register_landmarks


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    yield reverse("most_read"), None


def register() -> None:
    """Called once the apps are ready."""
    register_landmarks("popularity", _landmarks)
