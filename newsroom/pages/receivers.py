"""Ends the generation of the stored chrome whenever something it shows was changed.

The signals are sent inside the transaction of the change, so both are committed together.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from newsroom.addresses.book import release
from newsroom.addresses.models import Address
from newsroom.cache.generations import touch
from newsroom.media.models import Picture
from newsroom.pages import models

SHOWN = (
    models.SiteSettings,
    models.Page,
    models.Menu,
    models.MenuEntry,
    models.ServiceDesk,
    models.ServiceNumber,
    models.ServiceHours,
    models.ServiceException,
)


def connect() -> None:
    """Called once the apps are ready."""
    for model in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"chrome-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_address_changed, sender=Address, dispatch_uid="chrome-address")
    post_delete.connect(_page_deleted, sender=models.Page, dispatch_uid="page-address")
    post_save.connect(_picture_changed, sender=Picture, dispatch_uid="chrome-logo")


def _changed(**kwargs: Any) -> None:
    touch("chrome")


def _address_changed(instance: Address, **kwargs: Any) -> None:
    """Menus show the addresses of objects; redirects by hand and by imports concern none."""
    if instance.kind:
        touch("chrome")


def _page_deleted(instance: models.Page, **kwargs: Any) -> None:
    """However it was deleted, its addresses are free again."""
    release("page", instance.pk)


def _picture_changed(instance: Picture, **kwargs: Any) -> None:
    """The logo is stored with the chrome; other pictures are read when they are shown."""
    if models.SiteSettings.objects.filter(logo_id=instance.pk).exists():
        touch("chrome")
