"""What was done to an article and what is said where a withdrawn one stood."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.kinds import WithdrawalKind


class HistoryQuerySet(models.QuerySet["History"]):
    """Rows are added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("history is append-only: add an act instead of changing one")

    def delete(self) -> NoReturn:
        raise TypeError("history is append-only")


class History(models.Model):
    """One editorial act; rows are added and never changed, and outlive the article."""

    # No constraint: a draft that is deleted for good leaves its acts behind.
    article = models.ForeignKey(
        "articles.Article",
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="history",
        db_index=False,
    )
    # The headline of that moment.
    label = models.CharField(_("headline"), max_length=200, blank=True)
    verb = models.CharField(_("act"), max_length=20)
    # The revision's number, not the row: an unpublished revision may be pruned.
    revision_number = models.PositiveIntegerField(_("revision"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    note = models.TextField(_("note"), blank=True)
    # What was done to several at once shares a batch and can be undone together.
    batch = models.UUIDField(null=True, db_index=True)
    # What undoing needs to know: {"from": "writing", "to": "in_edit"}.
    details = models.JSONField(default=dict, blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [
            # One article's history, newest first.
            models.Index(fields=["article", "-at"], name="history_of_article"),
            # The whole paper's.
            models.Index(fields=["-at", "-id"], name="history_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.article_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a row that is there already."""
        if not self._state.adding:
            raise TypeError("history is append-only: add an act instead of changing one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("history is append-only")


class Tombstone(models.Model):
    """Stands at a withdrawn article's address and gives the reason."""

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="tombstone"
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=WithdrawalKind.choices, default=WithdrawalKind.ERROR
    )
    reason = models.TextField(_("reason"), help_text=_("Readers see this."))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self) -> str:
        return f"{self.article_id}"
