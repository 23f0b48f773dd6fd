"""The table of addresses: what is here now, what was here before, and redirects made by hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MAX_PATH = 500


class Address(models.Model):
    """One unique path, with slashes at both ends: `/politics/`.

    Either it leads to an object (`kind` and `object_id`), as its present address or an old one, or
    it is a redirect to the path in `target`.
    """

    path = models.CharField(_("path"), max_length=MAX_PATH, unique=True)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=False)
    label = models.CharField(_("name"), max_length=200, blank=True)
    # A topic without a live article has an address already and is not linked to yet.
    is_public = models.BooleanField(default=True)
    target = models.CharField(_("leads to"), max_length=MAX_PATH, blank=True)
    # The last segment of what is here now, among which near ones are looked for.
    ending = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(is_current=True),
                name="one_current_address",
            ),
        ]
        indexes = [
            # Old names of one object, when it is renamed or removed.
            models.Index(fields=["kind", "object_id"], name="address_of_object"),
            # What leads to a path that is itself made to lead on.
            models.Index(fields=["target"], name="address_target"),
            # What stands beside a mistyped one in the alphabet.
            models.Index(
                fields=["ending"],
                name="address_ending",
                condition=Q(is_current=True, is_public=True),
            ),
        ]

    def __str__(self) -> str:
        return self.path
