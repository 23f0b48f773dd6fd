"""What `manage.py setup` does to a paper that has no identity yet."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models import Menu, MenuEntry, SiteSettings

# What exists on every site from the first day; sections and pages are added by staff.
FIRST_LINKS = (
    ("/contact/", _("Contact")),
    ("/newsletter/", _("Newsletter")),
    ("/feeds/", _("RSS feed")),
)
MENUS = (
    (Menu.Place.MAIN, _("Sections")),
    (Menu.Place.SECOND, _("In focus")),
    (Menu.Place.FOOTER, _("Information")),
    (Menu.Place.LEGAL, _("Legal")),
)


def found(
    *, name: str, language: str, time_zone: str, tagline: str = "", copyright_owner: str = ""
) -> SiteSettings:
    """Give the paper its identity and first menus, in its language; safe to repeat.

    Raises ValidationError, with a sentence for each field, for an unknown language or zone. Menus
    that exist are left as they are.
    """
    with transaction.atomic():
        paper = SiteSettings.load()
        paper.name, paper.language, paper.time_zone = name, language, time_zone
        paper.tagline = tagline or paper.tagline
        paper.copyright_owner = copyright_owner or paper.copyright_owner
        paper.full_clean(validate_unique=False)
        paper.save()
        with translation.override(paper.language):
            _first_menus()
    return paper


def _first_menus() -> None:
    """A menu for each place that has none, named in the language of the moment."""
    for place, title in MENUS:
        if not Menu.objects.filter(place=place).exists():
            menu = Menu.objects.create(place=place, title=str(title))
            if place == Menu.Place.FOOTER:
                for order, (url, label) in enumerate(FIRST_LINKS, 1):
                    MenuEntry.objects.create(menu=menu, order=order, url=url, label=str(label))
