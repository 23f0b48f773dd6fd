"""How strict each check before publishing is; the checks are in `articles.publishing.checks`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckLevel(models.Model):
    """The chief's choice for one check; a check without a row keeps its own default."""

    class Level(models.TextChoices):
        BLOCK = "block", _("Blocks publishing")
        WARN = "warn", _("Warns")
        OFF = "off", _("Off")

    check_name = models.CharField(_("check"), max_length=40, unique=True)
    level = models.CharField(_("level"), max_length=5, choices=Level.choices)

    class Meta:
        verbose_name = _("check before publishing")
        verbose_name_plural = _("checks before publishing")
        ordering = ["check_name"]

    def __str__(self) -> str:
        return self.check_name
