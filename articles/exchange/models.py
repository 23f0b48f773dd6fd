"""The ledger of imports: what came from where, and how the import left it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """One thing of another system and what it became here.

    Written in the same transaction as the object, so that an import can be killed at any moment
    and run again; it outlives the object, so that what staff delete does not come back.
    """

    # The other site without scheme, "news.example/blog": moving to https makes nothing new.
    source = models.CharField(_("from"), max_length=200)
    source_kind = models.CharField(_("kind there"), max_length=20)
    source_id = models.CharField(_("id there"), max_length=200)
    kind = models.CharField(_("kind here"), max_length=20)
    object_id = models.BigIntegerField(_("id here"), default=0)  # 0: a name, no row
    checksum = models.CharField(max_length=64, blank=True)
    # How the import left our object; when the object no longer answers to it, staff have edited it.
    mark = models.CharField(max_length=100, blank=True)
    # Paths that led to it on the other site; they lead here once it is public.
    old_paths = models.JSONField(default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last taken in"), auto_now=True)

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_kind", "source_id"], name="imported_once"
            )
        ]
        # "Did this article come from elsewhere?", asked when it is published.
        indexes = [models.Index(fields=["kind", "object_id"], name="imported_object")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_kind} {self.source_id}"
