"""Ends the generation of the stored chrome whenever something it shows was changed.

What of it no story can change (identity, desks, offers) has a generation of its own, "paper": it is
not read anew each time that one is published.

The signals are sent inside the transaction of the change, so both are committed together.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from newsroom.addresses.book import release
from newsroom.addresses.models import Address
from newsroom.cache.generations import touch
from newsroom.cache.purging import purge
from newsroom.cache.tags import watch
from newsroom.media.models import Picture
from newsroom.pages import models

# What is stored of each, and the tag of the pages that show it; pages are watched row by row.
SHOWN: dict[type[Model], str] = {
    models.SiteSettings: "identity",
    models.RootFile: "root-files",
    models.Page: "",
    models.Menu: "menus",
    models.MenuEntry: "menus",
    models.ServiceDesk: "desks",
    models.ServiceNumber: "desks",
    models.ServiceHours: "desks",
    models.ServiceException: "desks",
    models.StaffMember: "staff",
}


def connect() -> None:
    """Called once the apps are ready."""
    watch(models.Page, "page")
    for model in SHOWN:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"chrome-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_address_changed, sender=Address, dispatch_uid="chrome-address")
    post_delete.connect(_page_deleted, sender=models.Page, dispatch_uid="page-address")
    post_save.connect(_page_saved, sender=models.Page, dispatch_uid="page-taken")
    post_save.connect(_terms_saved, sender=models.TermsVersion, dispatch_uid="terms")
    post_save.connect(_picture_changed, sender=Picture, dispatch_uid="chrome-logo")


def _changed(sender: type[Model], **kwargs: Any) -> None:
    touch("chrome", "paper")
    if tag := SHOWN[sender]:
        purge(tag)
    # The first and the last of the staff make and unmake a policy of the paper.
    if sender is models.StaffMember and models.StaffMember.objects.count() < 2:
        purge("identity")


def _page_saved(instance: models.Page, **kwargs: Any) -> None:
    """One that readers may not see any more is not shown once again."""
    if not instance.is_public:
        purge(f"page:{instance.pk}", hard=True)


def _terms_saved(**kwargs: Any) -> None:
    purge("terms")


def _address_changed(instance: Address, **kwargs: Any) -> None:
    """Menus show the addresses of objects; redirects by hand and by imports concern none."""
    if instance.kind:
        touch("chrome", *(["paper"] if instance.kind == "page" else []))


def _page_deleted(instance: models.Page, **kwargs: Any) -> None:
    """However it was deleted, its addresses are free again."""
    release("page", instance.pk)


def _picture_changed(instance: Picture, **kwargs: Any) -> None:
    """The logo is stored with the chrome; other pictures are read when they are shown."""
    if models.SiteSettings.objects.filter(logo_id=instance.pk).exists():
        touch("chrome", "paper")
