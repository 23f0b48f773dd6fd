"""One version of a front as an editor arranged it: planned, live, or past; never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Arrangement(models.Model):
    """What an editor published or planned for a front. Kept for ever.

    `publish_at` without `live_from` is a plan; with `cancelled_at` it is one that was taken back.
    """

    front = models.ForeignKey(
        "fronts.Front", on_delete=models.CASCADE, related_name="arrangements", db_index=False
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True, blank=True)
    live_from = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # The one whose content was put back.
    restored_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["front", "number"], name="arrangement_number_once")
        ]
        indexes = [
            # What the tick asks for every few seconds: plans alone.
            models.Index(
                fields=["publish_at"],
                name="arrangement_due",
                condition=Q(publish_at__isnull=False, live_from__isnull=True,
                            cancelled_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.front} {self.number}"
