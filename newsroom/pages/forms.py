"""The form on the contact page; newsroom.lib.open_forms says what it is without a token."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.lib.open_forms import OpenForm
from newsroom.lib.text import tidy
from newsroom.pages.desks import Desk


class ContactForm(OpenForm):
    """A message to a desk. `desks` are those that can be chosen; none: to the paper as a whole."""

    purpose = "contact"

    desk = forms.ChoiceField(label=_("To"), required=False)
    name = forms.CharField(
        label=_("Your name (optional)"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("For the answer, and for nothing else."),
        error_messages={"required": _("Please give your e-mail address.")},
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=150,
        error_messages={"required": _("Please say in a few words what it is about.")},
    )
    body = forms.CharField(
        label=_("Message"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("The message is empty.")},
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: Iterable[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(desk.slug, desk.name) for desk in desks if desk.takes_messages]
        field = self.fields["desk"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices
        if choices:
            field.required = True
        else:
            del self.fields["desk"]

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])

    def clean_subject(self) -> str:
        subject = tidy(self.cleaned_data["subject"])
        if not subject:
            raise ValidationError(self.fields["subject"].error_messages["required"])
        return subject

    def clean_page(self) -> str:
        """A path of ours, for the desk to look at; anything else is dropped without a word."""
        page = tidy(self.cleaned_data["page"])[:500]
        # Browsers read a backslash as a slash: `/\\host` leads away as `//host` does.
        return page if page.startswith("/") and page[1:2] not in {"/", "\\"} else ""
