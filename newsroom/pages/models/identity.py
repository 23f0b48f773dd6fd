"""Who the newspaper is: one row that every page shows something of."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


def languages() -> list[tuple[str, str]]:
    """The languages the reader's strings can be in."""
    return list(settings.LANGUAGES)


def zones() -> list[tuple[str, str]]:
    """The time zones this system knows by place, and UTC."""
    names = sorted(name for name in available_timezones() if "/" in name and name[:4] != "Etc/")
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


def direction_of(language: str) -> str:
    """ "rtl" or "ltr"; a language Django does not know reads from the left."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


class SiteSettings(models.Model):
    """The site's identity; there is one row, with pk 1."""

    name = models.CharField(_("name of the newspaper"), max_length=100, default="Newsroom")
    tagline = models.CharField(
        _("tagline"),
        max_length=200,
        blank=True,
        help_text=_("One line under the name; search engines show it for the front page."),
    )
    logo = models.ForeignKey(
        "media.Picture",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown instead of the name in the masthead. Leave empty to set the name."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=languages,
        default="en",
        help_text=_("The language of the site's own words; it also decides the direction."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        choices=zones,
        default="UTC",
        help_text=_("All times on the site and in the admin are shown in this zone."),
    )
    copyright_owner = models.CharField(
        _("copyright owner"),
        max_length=150,
        blank=True,
        help_text=_("Named at the foot of every page; the paper's name when empty."),
    )
    founded = models.PositiveSmallIntegerField(
        _("founded in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1500), MaxValueValidator(2200)],
    )
    email = models.EmailField(
        _("contact e-mail"),
        blank=True,
        help_text=_("Messages to no desk in particular go here."),
    )

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """The row, or the defaults, unsaved, before the paper is set up; one query."""
        return cls.objects.select_related("logo").filter(pk=1).first() or cls(pk=1)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def zone(self) -> ZoneInfo:
        """The paper's zone; UTC when this system's time zone data lost the name."""
        try:
            return ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")
