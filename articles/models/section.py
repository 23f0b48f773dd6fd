"""Sections: the departments of the paper, in an order staff choose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.Model):
    """A department with a front of its own at `/<slug>/`."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.CharField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The section stands at /address/. An old address keeps leading here."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("One sentence, for readers and search engines.")
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Where its row stands on the front page.")
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("section editors"),
        blank=True,
        related_name="edited_sections",
        help_text=_(
            "Who publishes here, beside the chief. With nobody named, every section editor may."
        ),
    )
    on_front = models.BooleanField(_("has a row on the front page"), default=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.slug}/"
