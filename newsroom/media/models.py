"""The picture: what the library knows about one image.

Its files are written by uploads (the master) and renditions (the crops).
"""

import secrets

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.lib.text import excerpt
from newsroom.media.shapes import ENGINES, PLAIN, SIZES, Crop, crops


def new_token() -> str:
    """128 random bits: the public folder of a picture cannot be guessed before it is published."""
    return secrets.token_hex(16)


class PictureQuerySet(models.QuerySet["Picture"]):
    def without_alt_text(self) -> "PictureQuerySet":
        return self.filter(alt_text="")

    def same_file(self, checksum: str) -> "PictureQuerySet":
        """Pictures made of the very same uploaded file; one index look-up."""
        return self.filter(checksum=checksum)


_unit = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Picture(models.Model):
    """Made by `uploads.accept()` alone, which writes the file before the row."""

    class Extension(models.TextChoices):
        JPEG = "jpg"
        PNG = "png"  # kept for pictures with transparency: logos, cut-outs

    token = models.CharField(max_length=32, unique=True, editable=False, default=new_token)
    extension = models.CharField(max_length=4, choices=Extension, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # Crops carry `version` in their names, so that an address never changes its bytes. `ready` is
    # the newest version whose files are all written; 0: none yet, the master stands in for them.
    version = models.PositiveIntegerField(default=1, editable=False)
    ready = models.PositiveIntegerField(default=0, editable=False)

    caption = models.TextField(_("caption"), max_length=2000, blank=True)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_(
            "What the picture shows, for readers who cannot see it: one sentence, without "
            "“picture of”. The caption is read out as well, so do not repeat it."
        ),
    )
    photographer = models.CharField(_("photographer"), max_length=150, blank=True)
    agency = models.CharField(_("agency"), max_length=150, blank=True)
    title = models.CharField(
        _("name in the library"),
        max_length=200,
        blank=True,
        help_text=_("Seen by staff only; taken from the file when left empty."),
    )
    keywords = models.CharField(
        _("keywords"), max_length=1000, blank=True, help_text=_("Separated by commas.")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    focus_x = models.FloatField(
        _("focal point, from the left"), default=0.5, validators=_unit,
        help_text=_("0 is the left edge, 1 the right edge."),
    )  # fmt: skip
    focus_y = models.FloatField(
        _("focal point, from the top"), default=0.4, validators=_unit,
        help_text=_("0 is the top edge, 1 the bottom edge."),
    )  # fmt: skip

    checksum = models.CharField(max_length=64, editable=False)
    # What the uploaded file said of itself, its place left out; the public files carry none of it.
    metadata = models.JSONField(_("what the file said"), default=dict, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, blank=True,
        editable=False, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        indexes = [
            # Every upload asks whether the library has this file already.
            models.Index(fields=["checksum"], name="picture_checksum"),
            # The desk lists the newest pictures that lack alternative text; few rows of many.
            models.Index(fields=["-id"], name="picture_without_alt", condition=Q(alt_text="")),
        ]

    def __str__(self) -> str:
        return excerpt(self.title or self.caption, 80) or f"{_('Picture')} {self.pk}"

    @property
    def credit(self) -> str:
        return "/".join(part for part in (self.photographer, self.agency) if part)

    @property
    def rights(self) -> str:
        """The copyright notice that the uploaded file carried; empty when it said nothing."""
        told = (self.metadata.get(source, {}) for source in ("xmp", "iptc", "exif"))
        return next((found["rights"] for found in told if found.get("rights")), "")

    @property
    def folder(self) -> str:
        """Where in the storage this picture's public files are, and nothing else."""
        return f"{self.token[:2]}/{self.token}"

    @property
    def master_name(self) -> str:
        return f"{self.folder}/master.{self.extension}"

    @property
    def master_url(self) -> str:
        """The whole picture, at most `shapes.MASTER_SIDE` pixels a side; always there."""
        return default_storage.url(self.master_name)

    @property
    def focus(self) -> tuple[float, float]:
        return self.focus_x, self.focus_y

    def crops(self, size: str) -> list[Crop]:
        """The files that `size` may use, narrowest first: arithmetic, no look-up."""
        shape, widest, several = SIZES[size]
        found = crops(shape, self.width, self.height)
        found = [crop for crop in found if crop.width <= widest] or found[:1]
        return found if several else found[-1:]

    def crop_url(self, crop: Crop, extension: str) -> str:
        return default_storage.url(f"{self.folder}/{crop.name}-v{self.ready}.{extension}")

    def rendition_url(self, size: str) -> str:
        """Absolute address of the widest JPEG (or PNG) of `size`, or of the master until it exists.

        For share images, feeds and structured data.
        """
        path = self.rendition_path(size)
        return path if "://" in path else f"{settings.SITE_URL}{path}"

    def rendition_path(self, size: str) -> str:
        """The same beginning at the root of the site, where the storage is the site's own."""
        if not self.ready:
            return self.master_url
        return self.crop_url(self.fallback(size), self.extension)

    def engine_files(self) -> list[tuple[str, int, int]]:
        """Path, width and height of a JPEG (or PNG) in each shape that search engines ask for.

        Made when first asked for (renditions.on_demand). The master until the crops are there.
        """
        if not self.ready:
            return [(self.master_url, self.width, self.height)]
        found = [crops(shape, self.width, self.height)[-1] for shape in ENGINES]
        return [(self.crop_url(c, self.extension), c.width, c.height) for c in found]

    def fallback(self, size: str) -> Crop:
        """The one crop of the size's shape that also exists as JPEG or PNG."""
        found = crops(SIZES[size][0], self.width, self.height)
        return next(crop for crop in found if PLAIN in crop.formats)

    def dimensions(self, size: str) -> tuple[int, int]:
        """Width and height in pixels of what `rendition_url(size)` answers."""
        if not self.ready:
            return self.width, self.height
        crop = self.fallback(size)
        return crop.width, crop.height
