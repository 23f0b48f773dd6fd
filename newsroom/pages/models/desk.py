"""Service desks: whom to call, and when somebody answers. Whether one is open: pages/hours.py."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from newsroom.lib.slugs import slugify


def weekdays() -> list[tuple[int, Any]]:
    """Monday is 0, as in Python."""
    return list(WEEKDAYS.items())


class ServiceDesk(models.Model):
    """A desk that readers can reach by telephone, fax, mail or the contact form."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.CharField(
        _("short name"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("For links to the form of this desk: /contact/?desk=short-name."),
    )
    description = models.TextField(_("what it is for"), blank=True, max_length=600)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Messages from the contact form are sent here.")
    )
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True, max_length=400)
    takes_messages = models.BooleanField(_("can be chosen in the contact form"), default=True)
    show_in_foot = models.BooleanField(
        _("at the foot of every page"),
        default=False,
        help_text=_("With its numbers and whether it is open now. One desk is usually enough."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service desk")
        verbose_name_plural = _("service desks")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slugify(self.slug or self.name, fallback="desk")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.slug = slugify(self.slug or self.name, fallback="desk")


class ServiceNumber(models.Model):
    """A telephone number and who it is for."""

    desk = models.ForeignKey(ServiceDesk, on_delete=models.CASCADE, related_name="numbers")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    number = models.CharField(
        _("number"), max_length=40, help_text=_("With country code: +357 20 000 110.")
    )
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    label = models.CharField(_("who it is for"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("telephone number")
        verbose_name_plural = _("telephone numbers")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.number


class ServiceHours(models.Model):
    """One stretch of one weekday, in the paper's zone; a day may have several."""

    desk = models.ForeignKey(ServiceDesk, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=weekdays)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(
        _("closes"), help_text=_("Earlier than the opening, or the same: on the next day.")
    )
    purpose = models.CharField(
        _("for"), max_length=100, blank=True, help_text=_("“all requests”, “distribution only”")
    )
    number = models.ForeignKey(
        ServiceNumber,
        verbose_name=_("at the number"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if the hours hold for one number."),
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ServiceException(models.Model):
    """A date on which the week does not hold: a holiday, or other hours than usual."""

    desk = models.ForeignKey(ServiceDesk, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("date"))
    name = models.CharField(_("occasion"), max_length=100, blank=True)
    closed = models.BooleanField(_("closed all day"), default=True)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["date", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed=True) | Q(opens__isnull=False, closes__isnull=False),
                name="exception_closed_or_with_hours",
                violation_error_message=_("Give the hours of this date, or tick “closed”."),
            )
        ]
        # Past dates stay on record and are not read.
        indexes = [models.Index(fields=["date"], name="exception_by_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()

    def clean(self) -> None:
        if self.closed and (self.opens or self.closes):
            raise ValidationError({"closed": _("Untick “closed”, or leave the hours empty.")})
