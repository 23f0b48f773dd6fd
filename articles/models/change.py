"""What readers are told of an article's versions: first publication, updates, corrections."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.kinds import ChangeKind


class ChangeQuerySet(models.QuerySet["Change"]):
    """The public record; an article that is not live takes its changes from the readers too."""

    def public(self) -> "ChangeQuerySet":
        """Of live articles alone."""
        return self.filter(article__published__isnull=False)

    def corrections(self) -> "ChangeQuerySet":
        """Corrections that stand, newest first; superseded ones are left out."""
        return self.filter(kind=ChangeKind.CORRECTION, superseded_by__isnull=True).order_by(
            "-at", "-pk"
        )

    def delete(self) -> NoReturn:
        raise TypeError("what readers were told is never deleted, only superseded")


class Change(models.Model):
    """One publication of one revision, in words for readers; never deleted, only superseded."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind.choices)
    text = models.TextField(
        _("what readers are told"),
        blank=True,
        max_length=1000,
        help_text=_("A correction says what was wrong."),
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-pk"]
        indexes = [
            # One article's versions.
            models.Index(fields=["article", "-at"], name="change_of_article"),
            # The page of corrections.
            models.Index(
                fields=["-at", "-id"],
                name="change_correction",
                condition=Q(kind=ChangeKind.CORRECTION),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.article_id}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("what readers were told is never deleted, only superseded")
