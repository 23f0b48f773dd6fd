"""Who the newspaper is: one row that every page shows something of."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models.policies import Policies
from newsroom.pages.models.staff import StaffMember


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


def tag_authority(day: date) -> str:
    """Under this site's present address, from that day on."""
    return f"{urlsplit(settings.SITE_URL).hostname},{day.isoformat()}"


class FeedText(models.TextChoices):
    """How much of a story a feed may carry."""

    EXTRACT = "extract", _("An extract, with the way to the story")
    FULL = "full", _("The whole text")


def addresses_only(text: str) -> None:
    """Raises ValidationError naming the first line that is no address."""
    check = URLValidator(schemes=["http", "https"])
    for line in text.split():
        try:
            check(line)
        except ValidationError as error:
            raise ValidationError(
                _("“%(line)s” is no address. One whole address a line, such as %(sample)s."),
                params={"line": line[:100], "sample": "https://social.example/@paper"},
            ) from error


class SiteSettings(Policies):
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
    profiles = models.TextField(
        _("the paper elsewhere"),
        blank=True,
        default="",
        db_default="",
        validators=[addresses_only],
        help_text=_(
            "One address a line: the paper’s accounts on networks, its entry in an encyclopedia. "
            "Search engines are told that these are the same paper."
        ),
    )
    share_cards = models.BooleanField(
        _("share cards with the headline"),
        default=True,
        db_default=True,
        help_text=_(
            "Networks and messengers show a card made of headline and picture. "
            "Without it they show the picture alone."
        ),
    )
    feed_text = models.CharField(
        _("stories in feeds"),
        max_length=7,
        choices=FeedText.choices,
        default=FeedText.EXTRACT,
        db_default=FeedText.EXTRACT,
        help_text=_("What RSS, Atom and JSON feeds carry of each story."),
    )
    # Who coins the ids of the feeds' items: a host and the day from which it was ours (RFC 4151).
    # Never changed, so that readers' programs know every item after a move to another host.
    tag_authority = models.CharField(max_length=270, default="", db_default="", editable=False)

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        self.tag_authority = self.tag_authority or tag_authority(timezone.now().date())
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """The row, or the defaults, unsaved, before the paper is set up; one query.

        With the pages of its policies, and `has_staff`: whether the directory lists anybody.
        """
        bodies = (f"{policy}__body" for policy in cls.PROPERTIES)
        rows = cls.objects.annotate(has_staff=Exists(StaffMember.objects.all())).filter(pk=1)
        return rows.select_related("logo", *cls.PROPERTIES).defer(*bodies).first() or cls(pk=1)

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
