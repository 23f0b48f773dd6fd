"""The form of one line: what it says, where it leads, from when, for how long."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.breaking.models import TEXT_LENGTH, BreakingItem
from articles.breaking.rules import CannotBreak, check
from articles.publishing.quiet import LONGEST, Quiet
from newsroom.pages.times import PaperTimeField

# Minutes a line stands, and the words for it; without a number the field of the end counts.
LENGTHS = (
    ("30", gettext_lazy("30 minutes")),
    ("60", gettext_lazy("1 hour")),
    ("180", gettext_lazy("3 hours")),
    ("", gettext_lazy("Until the time below")),
)


class BreakingForm(forms.ModelForm[BreakingItem]):
    """The admin hands its words to the verbs; nothing is saved here."""

    starts_at = PaperTimeField(
        label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Left empty: at once.")
    )
    length = forms.ChoiceField(
        label=gettext_lazy("Stands for"), choices=LENGTHS, required=False, widget=forms.RadioSelect
    )
    ends_at = PaperTimeField(label=gettext_lazy("Until"), required=False)
    override = forms.CharField(
        label=gettext_lazy("Why it cannot wait"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Only in a quiet window. The reason is kept."),
    )

    class Meta:
        model = BreakingItem
        fields = ("place", "text", "article")
        widgets = {
            "place": forms.RadioSelect,
            "text": forms.TextInput({"data-count": 100, "dir": "auto", "class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        item: BreakingItem | None = kwargs.get("instance")
        known: dict[str, Any] = {"length": "60"}
        if item and item.pk:
            known = {"length": "", "starts_at": item.starts_at, "ends_at": item.ends_at}
        known["override"] = ""  # a reason holds for one decision
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if item and item.pk:
            if item.starts_at <= timezone.now():
                self.fields["starts_at"].disabled = True
                self.fields["starts_at"].help_text = _("It has begun.")
            self.fields["length"].help_text = _("Counted from now, or from a beginning to come.")
        text: Any = self.fields["text"]
        text.max_length, text.widget.attrs["maxlength"] = TEXT_LENGTH, TEXT_LENGTH

    def clean(self) -> dict[str, Any]:
        """Works out the times and asks what the verbs will ask, so that nothing typed is lost."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        now = timezone.now()
        item = self.instance if self.instance.pk else None
        begins = cleaned.get("starts_at") or (item.starts_at if item else now)
        if item is None or item.starts_at <= now:  # it cannot have begun before, or otherwise
            begins = item.starts_at if item else max(begins, now)
        if minutes := cleaned.get("length"):
            cleaned["ends_at"] = max(begins, now) + timedelta(minutes=int(minutes))
        elif not cleaned.get("ends_at"):
            self.add_error("ends_at", _("Say until when, or choose how long it stands."))
            return cleaned
        elif item and _minute(cleaned["ends_at"]) == _minute(item.ends_at):
            cleaned["ends_at"] = item.ends_at
        cleaned["starts_at"] = begins.replace(microsecond=0)
        cleaned["ends_at"] = cleaned["ends_at"].replace(microsecond=0)
        try:
            check(
                cleaned["text"], article=cleaned.get("article"), starts_at=cleaned["starts_at"],
                ends_at=cleaned["ends_at"], override=cleaned["override"], at=now, item=item,
            )  # fmt: skip
        except CannotBreak as refusal:
            self.add_error(refusal.field, str(refusal))
        except Quiet as refusal:
            for field, sentence in refusal.problems.items():
                self.add_error(field, sentence)
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the verbs take."""
        names = ("text", "article", "starts_at", "ends_at", "override")
        words = {name: self.cleaned_data[name] for name in names}
        return {**words, "place": BreakingItem.Place(self.cleaned_data["place"])}


def _minute(moment: datetime) -> datetime:
    """What the field shows of a time."""
    return moment.replace(second=0, microsecond=0)
