"""The staff directory: who works at which desk of the paper, and how to write to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models.menu import validate_target


class StaffDesk(models.Model):
    """A group in the directory: Editors, Politics, Pictures."""

    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("staff desk")
        verbose_name_plural = _("staff directory")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class StaffMember(models.Model):
    """A person in the directory; no account is needed, and no author's page."""

    desk = models.ForeignKey(StaffDesk, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    link = models.CharField(
        _("page"),
        max_length=500,
        blank=True,
        validators=[validate_target],
        help_text=_("The page of the author, such as /author/name/."),
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
