"""Earlier drafts of a front: whatever an editor does to a draft can be taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptDraft(models.Model):
    """A draft as it was until somebody changed it. `what` says what was done to it, and by whom."""

    front = models.ForeignKey("fronts.Front", on_delete=models.CASCADE, related_name="kept_drafts")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    what = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("earlier draft")
        verbose_name_plural = _("earlier drafts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.front_id} {self.number}"
