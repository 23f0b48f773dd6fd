"""What a sign-up form sends, made sense of. It carries no token: see views.py."""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.mailbox import LONGEST, written
from newsletter.offers import Agreed, Offer, agreed
from newsroom.lib.text import tidy

FIELDS = ("newsletter", "email", "accept", "terms_version", "wording", "form", "language")


class EmailField(forms.CharField):
    """An address by the rule of mailbox.py; Django's own rule differs in both directions."""

    def clean(self, value: object) -> str:
        return written(super().clean(value))


class SignUpForm(forms.Form):
    """One newsletter's form. `offer` is the newsletter as it would be shown now."""

    email = EmailField(
        max_length=LONGEST * 4,
        strip=False,
        error_messages={"required": gettext_lazy("Please give your e-mail address.")},
    )
    accept = forms.BooleanField(required=False)
    terms_version = forms.CharField(required=False)
    wording = forms.CharField(required=False)
    form = forms.CharField(required=False)
    language = forms.CharField(required=False)

    def __init__(self, data: dict[str, str], *, offer: Offer, at: datetime) -> None:
        super().__init__(data)
        self.offer, self.at = offer, at
        self.agreed: Agreed | None = None

    def clean_form(self) -> str:
        """Where the form stood: "page", or the path of the article it stood under."""
        source = tidy(self.cleaned_data["form"])[:300]
        return source if source.startswith("/") else "page"

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        return language if language in dict(settings.LANGUAGES) else self.offer.language

    def clean(self) -> None:
        data = self.cleaned_data
        self.agreed = agreed(
            self.offer,
            terms_id=data.get("terms_version", ""),
            wording=data.get("wording", ""),
            at=self.at,
        )
        if self.agreed is None:
            raise ValidationError(
                _("The terms have changed since you opened the page. Please look at them again.")
            )
        if self.offer.requires_box and not data.get("accept"):
            self.add_error("accept", _("Please tick the box if you accept the terms."))


@dataclass(frozen=True)
class Slip:
    """A form as a page shows it: the offer, what was typed before, what is wrong with it."""

    offer: Offer
    email: str = ""
    accepted: bool = False
    errors: dict[str, str] = field(default_factory=dict)


def filled_slip(form: SignUpForm, *, alarm: str = "") -> Slip:
    """The form once more with what was typed; the box starts unticked if the terms are new."""
    errors = {
        "terms" if name == "__all__" else name: str(messages[0])
        for name, messages in form.errors.items()
    }
    if alarm:
        errors["terms"] = alarm
    return Slip(
        offer=form.offer,
        email=str(form.data.get("email", ""))[: LONGEST * 4],
        accepted=bool(form.data.get("accept")) and form.agreed is not None,
        errors=errors,
    )
