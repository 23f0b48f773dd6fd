"""Opinion columns: a standing name under which one or more columnists write."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def not_like_an_article(slug: str) -> None:
    """`/opinion/<column>/` and `/opinion/<slug>-<id>/` must never be mistaken for each other."""
    _head, hyphen, tail = slug.rpartition("-")
    if hyphen and tail.isdigit():
        raise ValidationError(
            _("The address of a column may not end in a hyphen and digits, as an article's does.")
        )


class Column(models.Model):
    """Its name leads the headline wherever one of its articles is listed."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.CharField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[not_like_an_article],
        help_text=_("The page stands at /opinion/address/. An old address keeps leading here."),
    )
    description = models.TextField(_("description"), blank=True)
    disclaimer = models.TextField(
        _("disclaimer"),
        blank=True,
        help_text=_(
            "Stands under every article of the column, as “The views are the writer's own”."
        ),
    )
    portrait = models.ForeignKey(
        "media.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one, the first columnist's portrait is shown."),
    )
    columnists = models.ManyToManyField(
        "articles.Author",
        verbose_name=_("columnists"),
        through="articles.ColumnAuthor",
        related_name="columns",
    )

    class Meta:
        verbose_name = _("opinion column")
        verbose_name_plural = _("opinion columns")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/opinion/{self.slug}/"

    @property
    def face(self) -> object | None:
        """Its own portrait, else the first regular's; needs `places` loaded with authors."""
        first = next((place for place in self.places.all() if not place.is_guest), None)
        return self.portrait or (first.author.portrait if first else None)

    @property
    def regulars(self) -> list["ColumnAuthor"]:
        """Those who write it by right; needs `places` loaded with authors."""
        return [place for place in self.places.all() if not place.is_guest]

    @property
    def guests(self) -> list["ColumnAuthor"]:
        """Those who are named as guests; needs `places` loaded with authors."""
        return [place for place in self.places.all() if place.is_guest]


class ColumnAuthor(models.Model):
    """A columnist's place in a column."""

    column = models.ForeignKey(
        Column, on_delete=models.CASCADE, related_name="places", db_index=False
    )
    author = models.ForeignKey(
        "articles.Author", verbose_name=_("columnist"), on_delete=models.CASCADE, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_guest = models.BooleanField(
        _("guest"), default=False, help_text=_("Named as a guest; the face is a regular's.")
    )

    class Meta:
        verbose_name = _("columnist")
        verbose_name_plural = _("columnists")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["column", "author"], name="columnist_once_a_column")
        ]

    def __str__(self) -> str:
        return str(self.author)
