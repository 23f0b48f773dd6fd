"""What is counted of reading, the lists made of it, and what editors keep out of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Popularity(models.Model):
    """How much an article is read, as three decaying scores; no row of any reader.

    A score is the logarithm (base 2) of the reads, each weighted by two to the power of its time
    over the half-life: so rows of different age compare without being written anew (forward decay,
    Cormode et al. 2009).
    """

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="popularity"
    )
    hours = models.FloatField()
    day = models.FloatField()
    week = models.FloatField()
    last_read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("popularity")
        verbose_name_plural = _("popularity")
        # Each window's list, read from the top.
        indexes = [
            models.Index(fields=["-hours"], name="popularity_hours"),
            models.Index(fields=["-day"], name="popularity_day"),
            models.Index(fields=["-week"], name="popularity_week"),
        ]

    def __str__(self) -> str:
        return str(self.article_id)


class RankedList(models.Model):
    """One most-read list as the tick last made it."""

    class Window(models.TextChoices):
        HOURS = "hours", _("Last hours")
        DAY = "day", _("Day")
        WEEK = "week", _("Week")

    # 0: the whole paper; else the section's id.
    section_id = models.PositiveBigIntegerField(default=0)
    window = models.CharField(max_length=5, choices=Window.choices)
    made_at = models.DateTimeField()
    # [[article id, readers], ...], most read first.
    rows = models.JSONField()
    # When the last read was counted that this list knows of.
    counted_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("most-read list")
        verbose_name_plural = _("most-read lists")
        constraints = [
            models.UniqueConstraint(fields=["section_id", "window"], name="ranked_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.window}"


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    def standing(self) -> Self:
        """Those that were not lifted."""
        return self.filter(lifted_at__isnull=True)


class Exclusion(models.Model):
    """A story an editor keeps out of the lists, and why. Never deleted: it is lifted."""

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE,
        related_name="exclusions",
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip
    at = models.DateTimeField(editable=False)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exclusion from Most Read")
        verbose_name_plural = _("kept out of Most Read")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(lifted_at__isnull=True), name="exclusion_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.article)
