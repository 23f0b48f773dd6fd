"""What was done to an article and what is said where a withdrawn one stood."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class History(models.Model):
    """One editorial act; rows are added and never changed."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="history"
    )
    verb = models.CharField(_("act"), max_length=20)
    revision = models.ForeignKey(
        "articles.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        # One article's history, newest first.
        indexes = [models.Index(fields=["article", "-at"], name="history_of_article")]

    def __str__(self) -> str:
        return f"{self.verb} {self.article_id}"


class Tombstone(models.Model):
    """Stands at a withdrawn article's address and gives the reason."""

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="tombstone"
    )
    reason = models.TextField(_("reason"), help_text=_("Readers see this."))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self) -> str:
        return f"{self.article_id}"
