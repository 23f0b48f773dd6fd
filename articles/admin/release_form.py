"""What an editor decides when a version goes live: as what, told how, when, in spite of what."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.kinds import ChangeKind
from articles.publishing.correct import TEXT_LENGTH
from articles.publishing.proposal import Proposal
from articles.publishing.quiet import LONGEST
from newsroom.pages.times import PaperTimeField

KINDS: tuple[tuple[str, str | Promise], ...] = (
    (ChangeKind.SILENT, gettext_lazy("Silent fix: readers are told nothing, “Updated” stays")),
    (ChangeKind.UPDATE, gettext_lazy("Update: “Updated” moves, what is new may be said")),
    (ChangeKind.CORRECTION, gettext_lazy("Correction: what was wrong stands on the article")),
)


class ReleaseForm(forms.Form):
    """`seen` names the versions the editor has looked at; nothing else is ever released."""

    seen = forms.CharField(max_length=50, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it to readers?"), choices=KINDS, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy(
            "A correction says what was wrong and what is right. It stands on the article, under "
            "“Corrections” and in their feed, for good. Nothing of a silent fix is shown."
        ),
    )
    publish_at = PaperTimeField(label=gettext_lazy("Goes live at"), required=False)
    override = forms.CharField(
        label=gettext_lazy("Why it cannot wait for the end of a quiet window"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Only in a quiet window. The reason is kept in the history."),
    )

    def __init__(self, *args: Any, was_live: bool, quiet: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not was_live:  # its first publication needs no explanation
            del self.fields["kind"], self.fields["text"]
        if not quiet:
            del self.fields["override"]

    @property
    def later(self) -> bool:
        """Whether the button for a planned time was pressed."""
        return "_later" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        told = str(cleaned.get("text", "")).strip()
        if cleaned.get("kind") == ChangeKind.CORRECTION and not told and "text" not in self.errors:
            self.add_error("text", _("Say what was wrong; readers see it."))
        if "publish_at" not in self.errors:
            if self.later and not cleaned.get("publish_at"):
                self.add_error("publish_at", _("Give the time at which it goes live."))
            elif not self.later and cleaned.get("publish_at"):
                self.add_error(
                    "publish_at",
                    _("A time is given: press “Schedule”, or empty it to publish now."),
                )
        return cleaned

    @property
    def change(self) -> ChangeKind:
        """What was decided; the verb itself knows a first publication."""
        return ChangeKind(self.cleaned_data.get("kind") or ChangeKind.SILENT)

    @property
    def told(self) -> str:
        """What readers are told; a silent fix tells nothing, whatever was typed."""
        if self.change == ChangeKind.SILENT:
            return ""
        return str(self.cleaned_data.get("text", "")).strip()


def initial(
    proposal: Proposal | None, publish_at: datetime | None, kind: str, text: str, override: str
) -> dict[str, Any]:
    """What the form begins with: the plan that stands, or else what is proposed."""
    proposed = proposal.kind if proposal else ChangeKind.SILENT
    return {
        "kind": kind or proposed, "text": text, "publish_at": publish_at, "override": override,
    }  # fmt: skip
