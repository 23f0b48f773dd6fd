"""Revisions: the whole article as it stood after one save."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """A JSON snapshot of the article, its bylines, sections, topics and pictures (by id)."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("snapshot"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("saved"))
    # When readers first saw it; such a revision is kept for ever.
    first_live_at = models.DateTimeField(_("first live"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
