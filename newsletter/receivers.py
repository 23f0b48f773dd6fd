"""Keeps the stored offers true: a newsletter or the terms changed."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from newsletter.models import Newsletter
from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.pages.models import TermsVersion


def offers_changed(**_kwargs: Any) -> None:
    """End the generation the offers were stored in, together with the change."""
    touch("paper")
    purge("newsletters")


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal in (post_save, post_delete):
        for model in (Newsletter, TermsVersion):
            signal.connect(offers_changed, sender=model, dispatch_uid=f"offers {model.__name__}")
