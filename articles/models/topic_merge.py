"""What was done to topics as a whole, so that it can be undone; and twins that are none."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicMerge(models.Model):
    """One merge (into one target) or split (into several), with all that is needed to undo it.

    `moved` holds, for every article that was on the source, where it already stood on a target.
    The source topic itself stays, marked `merged_into`: old revisions and links still name it.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    source = models.ForeignKey("articles.Topic", on_delete=models.CASCADE, related_name="merges")
    targets = models.ManyToManyField("articles.Topic", related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("merge of topics")
        verbose_name_plural = _("merges of topics")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class NotTwins(models.Model):
    """Two topics that look alike and are different; the report does not name them again."""

    first = models.ForeignKey(
        "articles.Topic", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    second = models.ForeignKey("articles.Topic", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("topics that are no twins")
        verbose_name_plural = _("topics that are no twins")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="not_twins_once")]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
