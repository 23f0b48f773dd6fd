"""The archive's numbers: how many live articles each day, month and year has, kept and not counted.

Written by articles/archive/keeping.py alone, in the transaction that changes the published rows.
"""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Calendar(models.Model):
    """The days of one time zone. Readers have the newest that is whole; there is another only while
    it is being made, after staff have changed the paper's zone."""

    zone = models.CharField(max_length=64, unique=True)
    is_whole = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("calendar of the archive")
        verbose_name_plural = _("calendars of the archive")

    def __str__(self) -> str:
        return self.zone

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class ArchivePeriod(models.Model):
    """A year, a month or a day of which something is live; others have no row."""

    class Kind(models.TextChoices):
        YEAR = "year", _("Year")
        MONTH = "month", _("Month")
        DAY = "day", _("Day")

    calendar = models.ForeignKey(
        Calendar, on_delete=models.CASCADE, related_name="periods", db_index=False
    )
    kind = models.CharField(max_length=5, choices=Kind.choices)
    # The first day.
    start = models.DateField()
    count = models.PositiveIntegerField()
    # When an article came, went, or changed for readers.
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("period of the archive")
        verbose_name_plural = _("periods of the archive")
        constraints = [
            # Also the index in which the pages find a period, its neighbours, and those within it.
            models.UniqueConstraint(
                fields=["calendar", "kind", "start"], name="archive_period_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}: {self.count}"

    def get_absolute_url(self) -> str:
        return address(self.kind, self.start)


def address(kind: str, start: date) -> str:
    """The page of a period."""
    whole = [start.year, start.month, start.day]
    parts = whole[: list(ArchivePeriod.Kind).index(ArchivePeriod.Kind(kind)) + 1]
    return reverse(f"archive_{kind}", args=parts)
