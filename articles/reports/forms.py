"""The reader's form; the desk's form that closes a report is in admin/closing.py."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.reports.models import PASSAGE_LENGTH, TEXT_LENGTH
from newsroom.lib.open_forms import OpenForm
from newsroom.lib.text import tidy


class ReportForm(OpenForm):
    """What is wrong, where, and perhaps an address for the answer."""

    purpose = "report"

    passage = forms.CharField(
        label=_("The passage (optional)"),
        help_text=_("Copy the sentence here, or say where it stands."),
        max_length=PASSAGE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "report__passage"}),
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("If you know what is right and where it can be checked, please say so."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Please say what is wrong.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail (optional)"),
        max_length=254,
        required=False,
        help_text=_("Only to tell you what came of it. We delete it 90 days after that."),
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_revision(self) -> str:
        """Cut: it is looked up, and what is no version's number counts as none."""
        return str(self.cleaned_data["revision"])[:20]

    def clean_passage(self) -> str:
        """One line: a browser ends the lines of a selection as they happened to be set."""
        return tidy(self.cleaned_data["passage"])

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not any(c.isalnum() for c in text):
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text
