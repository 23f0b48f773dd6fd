"""What a reader agreed to: who, when, to which words and terms, on which form. Append-only."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.mailbox import LONGEST
from newsletter.models.newsletter import Newsletter, digest


class AppendOnlyError(TypeError):
    """A consent is evidence: it is written once."""

    def __init__(self) -> None:
        super().__init__("A consent is written once; it is never changed or deleted.")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Read and add; the one exception is `lapse`."""

    def of(self, email: str, newsletter: Newsletter | None = None) -> "ConsentQuerySet":
        """An address's consents, the latest first. `email` is the folded form."""
        found = self.filter(email=email).order_by("-at", "-id")
        return found.filter(newsletter=newsletter) if newsletter else found

    def lapse(self) -> int:
        """Forget requests that nobody confirmed: they are no consent, only somebody's address."""
        return super().delete()[0]

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class Consent(models.Model):
    """One event. It stands by itself: no row it names has to exist for it to be read."""

    class Event(models.TextChoices):
        ASKED = "asked", _("signed up")
        CONFIRMED = "confirmed", _("confirmed")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")

    email = models.CharField(_("e-mail"), max_length=LONGEST)
    newsletter = models.ForeignKey(Newsletter, models.PROTECT, related_name="+")
    event = models.CharField(_("event"), max_length=12, choices=Event.choices)
    at = models.DateTimeField(_("time"))
    terms = models.ForeignKey(
        "pages.TermsVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("terms")
    )
    wording = models.TextField(_("exact wording"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    with_box = models.BooleanField(_("ticked a box"), default=False)
    source = models.CharField(_("form"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    network = models.CharField(_("network"), max_length=50, blank=True)

    objects: ClassVar[ConsentQuerySet] = ConsentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-id"]
        # The history of one address, for its receipt.
        indexes = [models.Index(fields=["email", "newsletter", "-at"], name="consents_of")]

    def __str__(self) -> str:
        return f"{self.email} {self.event} {self.at:%Y-%m-%d %H:%M}Z"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        self.sha256 = digest(self.wording) if self.wording else ""
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError
