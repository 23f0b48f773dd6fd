"""Quiet windows: times in which nothing is published or sent by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuietWindow(models.Model):
    """Every week from one weekday and time to another, or once between two dates."""

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        DATED = "dated", _("Once, between two dates")

    # As Python counts: Monday is 0.
    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    name = models.CharField(
        _("name"), max_length=80, help_text=_("“Sabbath”, “Election silence”; the desk sees it.")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.WEEKLY)
    start_weekday = models.PositiveSmallIntegerField(
        _("from (day)"), choices=Weekday.choices, null=True, blank=True
    )
    start_time = models.TimeField(_("from (time)"), null=True, blank=True)
    end_weekday = models.PositiveSmallIntegerField(
        _("until (day)"), choices=Weekday.choices, null=True, blank=True
    )
    end_time = models.TimeField(_("until (time)"), null=True, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("quiet window")
        verbose_name_plural = _("quiet windows")
        ordering = ["kind", "start_weekday", "starts_at", "name"]

    def __str__(self) -> str:
        return self.name
