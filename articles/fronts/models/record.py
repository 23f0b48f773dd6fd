"""What readers saw: a row for every change of a front, and each story's time in a slot."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A whole front as readers saw it from `at` until the next record. Never changed or deleted.

    `shown` holds blocks and cards with the words and pictures of that moment.
    """

    front = models.ForeignKey(
        "fronts.Front", on_delete=models.CASCADE, related_name="records", db_index=False
    )
    at = models.DateTimeField()
    arrangement = models.ForeignKey(
        "fronts.Arrangement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    shown = models.JSONField()

    class Meta:
        verbose_name = _("past front")
        verbose_name_plural = _("past fronts")
        ordering = ["-at", "-pk"]
        # The front of any minute.
        indexes = [models.Index(fields=["front", "-at"], name="front_record_at")]

    def __str__(self) -> str:
        return f"{self.front} {self.at:%Y-%m-%d %H:%M:%S}"


class Standing(models.Model):
    """A story's time in one slot of a front, in one size."""

    front = models.ForeignKey("fronts.Front", on_delete=models.CASCADE, related_name="standings")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="standings", db_index=False
    )
    slot = models.CharField(max_length=60)
    size = models.CharField(max_length=12, blank=True)
    by_hand = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place on a front")
        verbose_name_plural = _("places on fronts")
        ordering = ["-since", "-pk"]
        indexes = [
            # Where an article stood.
            models.Index(fields=["article", "-since"], name="standing_of_article"),
            # What stands on a front now: few rows.
            models.Index(fields=["front"], name="standing_now", condition=Q(until__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.slot}"
