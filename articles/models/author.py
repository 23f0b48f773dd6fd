"""Authors: everyone whose name stands over an article, with or without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Author(models.Model):
    """A person or an institution with a page at `/author/<slug>/`."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.CharField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The page stands at /author/address/. An old address keeps leading here."),
    )
    is_institution = models.BooleanField(
        _("institution"),
        default=False,
        help_text=_("An agency, a desk or the paper itself rather than a person."),
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("“Diplomatic correspondent”.")
    )
    biography = models.TextField(_("biography"), blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    portrait = models.ForeignKey(
        "media.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text=_("Only if this person logs in. Removing the account never touches bylines."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/author/{self.slug}/"


class AuthorLink(models.Model):
    """Where else an author can be found."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=60)
    url = models.URLField(_("address"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label
