"""A page with an address of its own: About us, Privacy policy, Jobs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.book import AddressTaken, check_free, claim
from newsroom.lib.slugs import slugify
from newsroom.pages.fields import RichTextField


class PageQuerySet(models.QuerySet["Page"]):
    def public(self) -> "PageQuerySet":
        """The pages that readers may see."""
        return self.filter(is_public=True)


class Page(models.Model):
    """Found by its address (newsroom.addresses, kind "page"); old addresses lead to the new one."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(
        _("address"),
        max_length=80,
        blank=True,
        help_text=_(
            "The page answers at /address/. Made from the title when empty; "
            "when it changes, the old address leads to the new one."
        ),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown under the title and by search engines."),
    )
    body = RichTextField(_("text"), blank=True)
    shows_terms = models.BooleanField(
        _("shows the terms"),
        default=False,
        help_text=_(
            "The page shows the version of the terms that is in force, with the earlier ones, "
            "instead of the text above. One page at most."
        ),
    )
    is_public = models.BooleanField(_("public"), default=True)
    updated_at = models.DateTimeField(_("text updated"), default=timezone.now, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["shows_terms"],
                condition=Q(shows_terms=True),
                name="one_page_shows_terms",
                violation_error_message=_("Another page shows the terms already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saved together with its address; raises AddressTaken when that belongs to another."""
        self.slug = slugify(self.slug or self.title, fallback="page")
        with transaction.atomic():
            super().save(*args, **kwargs)
            claim("page", self.pk, self.path, label=self.title, public=self.is_public)

    def get_absolute_url(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        return f"/{self.slug}/"

    def clean(self) -> None:
        """The address in its own form, and free; the error stands beside the field."""
        self.slug = slugify(self.slug or self.title, fallback="page")
        try:
            check_free("page", self.pk, self.path)
        except AddressTaken as error:
            raise ValidationError({"slug": str(error)}) from error
