"""The terms of use as readers accepted them: numbered versions that nothing can change."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from newsroom.pages.fields import RichTextField

ATTEMPTS = 3


class FixedTermsError(TypeError):
    """Someone tried to alter or delete a version; consents refer to its exact words."""

    def __init__(self) -> None:
        super().__init__("A version of the terms cannot be changed or deleted; add a new one.")


class TermsQuerySet(models.QuerySet["TermsVersion"]):
    def in_force(self, at: datetime) -> "TermsQuerySet":
        """Those whose day has come, the present one first."""
        return self.filter(effective_at__lte=at).order_by("-effective_at", "-number")

    def current(self, at: datetime) -> "TermsVersion | None":
        """The version in force; of two that start at one moment, the later number. One query."""
        return self.in_force(at).first()

    def next_after(self, at: datetime) -> datetime | None:
        """When the next version comes into force; one query."""
        coming = self.filter(effective_at__gt=at).order_by("effective_at")
        return coming.values_list("effective_at", flat=True).first()

    def update(self, **kwargs: Any) -> NoReturn:
        raise FixedTermsError

    def delete(self) -> NoReturn:
        raise FixedTermsError


class TermsVersion(models.Model):
    """One version. The number is given at saving; the text holds from `effective_at` on."""

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"))
    effective_at = models.DateTimeField(
        _("in force from"),
        help_text=_("Readers accept the version in force at that moment. In the paper's time."),
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the terms")
        verbose_name_plural = _("versions of the terms")
        ordering = ["-number"]
        # The current version is asked for at every sign-up.
        indexes = [models.Index(fields=["-effective_at", "-number"], name="terms_in_force")]

    def __str__(self) -> str:
        return _("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert with the next number; raises FixedTermsError for a version that exists."""
        if self.pk is not None or not self._state.adding:
            raise FixedTermsError
        for attempt in range(ATTEMPTS):
            last = TermsVersion.objects.aggregate(last=Max("number"))["last"] or 0
            self.number = last + 1
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
                return
            except IntegrityError:  # another process took the number
                self.pk = None
                if attempt == ATTEMPTS - 1:
                    raise

    def get_absolute_url(self) -> str:
        """Where readers see this version; one query."""
        from newsroom.pages.terms import path_of_version, terms_paths

        return path_of_version(terms_paths().first(), self.number)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FixedTermsError
