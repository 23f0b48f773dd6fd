"""Live coverage: what an article of that kind has beside its text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Coverage(models.Model):
    """The posts under one article. Readers see them while the article itself is live.

    `number` rises by one with every change of a post and of the coverage itself, under the row's
    lock: an open page names the number it has and asks for what is newer.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, related_name="coverage"
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What is known so far, one point a line.")
    )
    newest_first = models.BooleanField(_("newest post first"), default=True)
    number = models.PositiveBigIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(editable=False)
    # The last change that readers see; None before the first post.
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverage")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def points(self) -> list[str]:
        """The summary, a point a line."""
        return [line for line in self.summary.splitlines() if line.strip()]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
