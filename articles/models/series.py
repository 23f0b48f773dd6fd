"""Series and packages: articles that belong together, in an order somebody chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """A series is read in order (part two of five); a package is a set around one matter."""

    class Kind(models.TextChoices):
        SERIES = "series", _("Series: parts in order")
        PACKAGE = "package", _("Package: a set around one matter")

    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(
        _("address"), max_length=80, unique=True,
        help_text=_("The page stands at /series/address/. An old address keeps leading here."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SERIES)
    description = models.TextField(_("description"), blank=True)
    picture = models.ForeignKey(
        "media.Picture", verbose_name=_("picture"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/series/{self.slug}/"


class SeriesPart(models.Model):
    """An article's place in a series; readers see those that are live."""

    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE,
        related_name="series_parts",
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "article"], name="part_once_a_series")
        ]

    def __str__(self) -> str:
        return str(self.article)
