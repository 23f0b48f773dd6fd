"""One front and the draft on which editors work."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.fronts.models.keeping import keep_history


class Front(models.Model):
    """A page, or a list, on which editors place stories; what they leave empty fills by rule.

    `draft` is the content on which editors work (articles/fronts/content.py says its shape);
    `draft_number` rises with every save, so that a save can tell what it began with.
    """

    class Kind(models.TextChoices):
        HOME = "home", _("Home")
        SECTION = "section", _("Section")
        OPINION = "opinion", _("Opinion")
        HOT_OPINION = "hot_opinion", _("Hot Opinion")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, editable=False)
    section = models.OneToOneField(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        editable=False,
        on_delete=keep_history,
        related_name="front",
    )
    stale_after = models.PositiveIntegerField(
        _("alarm after (minutes)"),
        null=True,
        blank=True,
        help_text=_("The desk is told when nothing on it has changed for so long. Empty: never."),
    )
    draft = models.JSONField(default=dict, editable=False)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    draft_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What readers see; none: everything by rule.
    live = models.ForeignKey(
        "fronts.Arrangement", null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    # When it was last looked at and recorded, and what went wrong if it could not be.
    refreshed_at = models.DateTimeField(null=True, blank=True, editable=False)
    failed_at = models.DateTimeField(null=True, blank=True, editable=False)
    failure = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(section__isnull=True), name="front_once_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.section.name if self.section else str(self.get_kind_display())

    def has_history(self) -> bool:
        """Whether it was ever arranged or ever changed: its first record alone is none. 3 queries
        at most."""
        related: tuple[models.QuerySet[Any], ...] = (
            self.arrangements.all(), self.standings.all(), self.records.all()[1:2],
        )  # fmt: skip
        return any(rows.exists() for rows in related)
