"""When each list of published articles last really changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListChange(models.Model):
    """One row for each list that readers can ask for, the paper's own among them.

    A list changes when a story comes, goes, or goes live in another version, and when a name that
    it shows is another one. Nothing else moves it: no draft, no plan, no saving without effect.
    Written by articles/list_changes.py alone.
    """

    class Kind(models.TextChoices):
        """What addresses call the kind (articles/receivers.py), and the lists there is one of."""

        PAPER = "paper", _("Paper")
        SECTION = "section", _("Section")
        TOPIC = "topic", _("Topic")
        AUTHOR = "author", _("Author")
        COLUMN = "column", _("Column")
        SERIES = "series", _("Series")
        OPINION = "opinion", _("Opinion")
        CORRECTIONS = "corrections", _("Corrections")
        BREAKING = "breaking", _("Breaking news")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    # 0 for lists of which there is one.
    object_id = models.BigIntegerField(default=0)
    # Whole seconds, as HTTP and feeds can say.
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of a list")
        verbose_name_plural = _("changes of lists")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="list_change_once_a_list")
        ]
        # The directory of feeds: of each kind those that changed last.
        indexes = [models.Index(fields=["kind", "-changed_at"], name="list_change_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Unannounced(models.Model):
    """A list that changed and whose hub has not been told yet (articles/feeds/websub.py)."""

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField(default=0)
    # With its microseconds: tells a change that was announced from the next one.
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="unannounced_once_a_list")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
