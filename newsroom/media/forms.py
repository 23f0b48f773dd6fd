"""The form of one picture, and the one that takes in several files at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.media.models import Picture
from newsroom.media.uploads import Negative, develop

ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/avif"
MOST_FILES = 20


def prepare(file: UploadedFile[Any]) -> None:
    """Develop before the admin opens its transaction: decoding must hold no lock."""
    if hasattr(file, "refusal"):  # by the handler that received it
        return
    try:
        file.negative = develop(file)  # type: ignore[attr-defined]
    except ValidationError as refusal:
        file.refusal = refusal  # type: ignore[attr-defined]


def negative_of(file: UploadedFile[Any]) -> Negative:
    if not hasattr(file, "negative") and not hasattr(file, "refusal"):
        prepare(file)
    if refusal := getattr(file, "refusal", None):
        raise refusal
    negative: Negative = file.negative  # type: ignore[attr-defined]
    return negative


class PictureForm(forms.ModelForm[Picture]):
    """What the editor leaves blank is filled from the file when it is stored."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,  # said in our own words
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, at most 20 MB and 60 megapixels."),
    )
    # One box with a calendar of the browser's own, in place of the admin's two with script.
    taken_at = forms.DateTimeField(
        label=_("Taken"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"
        ),
    )
    negative: Negative | None = None

    class Meta:
        model = Picture
        fields = (
            "caption", "alt_text", "photographer", "agency", "focus_x", "focus_y", "title",
            "keywords", "taken_at",
        )  # fmt: skip
        labels = {"focus_x": _("From the left"), "focus_y": _("From the top")}
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3, "cols": 60}),
            "alt_text": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "focus_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.01}),
            "focus_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.01}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "upload" in self.fields and self.instance.pk:
            self.fields["upload"].label = _("Another file")
            self.fields["upload"].help_text = _("Takes the place of the present one everywhere.")

    def clean_upload(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if file:
            self.negative = negative_of(file)
        elif not self.instance.pk:
            raise ValidationError(_("Choose the file of the picture."), code="required")
        return file

    def full_clean(self) -> None:
        """Store the file once all else is right, because a full disk is said beside its field."""
        super().full_clean()
        if self.negative and not self.errors:
            try:
                self.negative.place()
            except ValidationError as refusal:
                self.add_error("upload", refusal)


class _Files(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError(_("Choose at least one file."), code="required")
        if len(files) > MOST_FILES:
            raise ValidationError(
                ngettext("At most %d file at once.", "At most %d files at once.", MOST_FILES)
                % MOST_FILES
            )
        return [super(_FilesField, self).clean(file, initial) for file in files]


class SeveralForm(forms.Form):
    """The pictures of one assignment: the files, and what is the same for all of them."""

    files = _FilesField(  # type: ignore[assignment]  # a field's name, not Form.files
        label=_("Files"),
        allow_empty_file=True,
        widget=_Files(attrs={"accept": ACCEPT}),
        help_text=_("Captions and names are read from the files; add the missing ones afterwards."),
    )
    photographer = forms.CharField(label=_("Photographer"), max_length=150, required=False)
    agency = forms.CharField(label=_("Agency"), max_length=150, required=False)
    keywords = forms.CharField(label=_("Keywords"), max_length=1000, required=False)
