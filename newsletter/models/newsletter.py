"""A newsletter and the sentence by which readers accept the terms. Not its issues."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

PLACE = "{terms}"


def digest(wording: str) -> str:
    """What names a wording in a form that may have been cached for hours."""
    return hashlib.sha256(wording.encode()).hexdigest()


class Newsletter(models.Model):
    """Something readers can sign up for. Switched off instead of deleted once it has readers."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("short name in addresses"), max_length=60, unique=True, allow_unicode=True
    )
    description = models.TextField(_("description"), blank=True, max_length=500)
    schedule = models.CharField(
        _("when it comes"), max_length=100, blank=True,
        help_text=_("In words: “Sunday to Friday at 05:45”."),
    )  # fmt: skip
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default="en"
    )
    statement = models.CharField(
        _("statement"), max_length=300, default="By subscribing I accept the {terms}.",
        help_text=_("{terms} becomes the link to the terms of use in force."),
    )  # fmt: skip
    requires_box = models.BooleanField(
        _("with a box to tick"), default=False,
        help_text=_("The reader must tick a box beside the statement; it starts unticked."),
    )  # fmt: skip
    from_name = models.CharField(
        _("sender’s name"), max_length=100, blank=True, help_text=_("Empty: the newsletter’s name.")
    )
    reply_to = models.EmailField(_("replies go to"), blank=True)
    is_default = models.BooleanField(
        _("offered under articles"), default=False, help_text=_("One newsletter has this.")
    )
    is_active = models.BooleanField(_("open for sign-up"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_newsletter_under_articles",
                violation_error_message=_(
                    "Another newsletter is offered under articles; untick it there first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the wording that is replaced: pages that still show it are accepted for a day."""
        before = Newsletter.objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before.wording != self.wording:
            PastWording.objects.create(newsletter=self, text=before.wording, until=timezone.now())

    def clean(self) -> None:
        if self.statement.count(PLACE) != 1:
            raise ValidationError(
                {"statement": _("The statement names the place of the link once, as {terms}.")}
            )

    @property
    def wording(self) -> str:
        """The statement as readers see it, without the link."""
        return self.statement.replace(PLACE, self._link_words())

    def wording_with_link(self, address: str) -> SafeString:
        """The same words with the link to the terms in them, as HTML."""
        before, _place, after = self.statement.partition(PLACE)
        link = format_html('<a href="{}">{}</a>', address, self._link_words()) if _place else ""
        return mark_safe(conditional_escape(before) + link + conditional_escape(after))  # noqa: S308

    def _link_words(self) -> str:
        with translation.override(self.language):
            return pgettext("in a sentence: I accept the …", "terms of use")


class PastWording(models.Model):
    """A wording that was replaced, and when; pages kept in caches go on showing it for a while."""

    newsletter = models.ForeignKey(
        Newsletter, models.CASCADE, related_name="past_wordings", db_index=False
    )
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        # Looked up when a form names a wording that is not the present one.
        indexes = [models.Index(fields=["newsletter", "sha256"], name="past_wording")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sha256 = digest(self.text)
        super().save(*args, **kwargs)
