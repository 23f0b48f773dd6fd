"""Files for machines at the root of the site, in the words of the staff."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LARGEST = 100_000


class RootFile(models.Model):
    """What staff wrote into one file; empty, and without a row, the file is the usual one.

    What is served of it, and what may not stand in it: newsroom/pages/root_files/.
    """

    class Name(models.TextChoices):
        ROBOTS = "robots", "robots.txt"
        SECURITY = "security", "security.txt"
        ADS = "ads", "ads.txt"

    name = models.CharField(_("file"), max_length=10, choices=Name.choices, primary_key=True)
    text = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(LARGEST)])

    class Meta:
        verbose_name = _("file for machines")
        verbose_name_plural = _("files for machines")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.get_name_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = tidied(self.text)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from newsroom.pages.root_files import PATHS  # it needs this file

        return PATHS[self.name]

    def clean(self) -> None:
        """Plain lines; the first mistakes stand beside the field, each with its line."""
        from newsroom.pages.root_files import problems

        self.text = tidied(self.text)
        if found := problems(self.name, self.text):
            raise ValidationError({"text": found})


def tidied(text: str) -> str:
    """Lines that end as the files' rules have it, without anything invisible at their ends."""
    lines = [line.rstrip() for line in text.replace("\x00", "").splitlines()]
    return "\n".join(lines).strip("\n")
