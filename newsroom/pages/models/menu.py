"""Menus: the two navigations, the groups at the foot, the legal line."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ADDRESS = "address"


def validate_target(value: str) -> None:
    """A path of this site (`/contact/`) or an https address; nothing else can be linked to."""
    if value.startswith("/") and not value.startswith("//") and "\\" not in value:
        if value.isprintable() and " " not in value:
            return
    elif urlsplit(value).scheme == "https":
        URLValidator(schemes=["https"])(value)
        return
    raise ValidationError(_("Type a path of this site, such as /contact/, or an https:// address."))


class Menu(models.Model):
    """A list of links in one place of the page; several may stand at the foot."""

    class Place(models.TextChoices):
        MAIN = "main", _("Main navigation")
        SECOND = "second", _("Second navigation")
        FOOTER = "footer", _("Group at the foot")
        LEGAL = "legal", _("Legal line")

    place = models.CharField(_("place"), max_length=10, choices=Place)
    title = models.CharField(
        _("title"), max_length=80, help_text=_("The heading of a group at the foot.")
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among the groups at the foot; small numbers first.")
    )

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=~Q(place="footer"),
                name="one_menu_a_place",
                violation_error_message=_("There is a menu for this place already."),
            ),
            models.UniqueConstraint(fields=["place", "title"], name="one_menu_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.title}"


class MenuEntry(models.Model):
    """A link to a registered kind (section, topic, page, ...) by its id, or to an address."""

    menu = models.ForeignKey(
        Menu, verbose_name=_("menu"), on_delete=models.CASCADE, related_name="entries"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, default=ADDRESS)
    object_id = models.BigIntegerField(null=True, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True, validators=[validate_target])
    label = models.CharField(
        _("label"),
        max_length=80,
        blank=True,
        help_text=_("Instead of the name of what it leads to; an address needs one."),
    )
    sponsored = models.BooleanField(
        _("paid"), default=False, help_text=_("Paid links are marked for readers and for robots.")
    )
    is_active = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ADDRESS, object_id=None) & ~Q(url="")
                | ~Q(kind=ADDRESS) & Q(object_id__isnull=False),
                name="menu_entry_leads_somewhere",
                violation_error_message=_("Choose what the entry leads to, or type an address."),
            )
        ]

    def __str__(self) -> str:
        return self.label or self.url or f"{self.kind} {self.object_id}"
