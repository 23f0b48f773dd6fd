"""The article's form: the order of a journalist's work, and what publishing needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.admin.related import RelatedField, help_for
from articles.admin.tags import TagField, joined
from articles.models import Article
from articles.models.kinds import State
from articles.publishing import problems
from articles.publishing.rules import PLACES, READ
from newsroom.lib.text import tidy

# Lengths a headline and a standfirst should keep to for the places they stand in (characters).
GOOD_HEADLINE, GOOD_STANDFIRST = PLACES["headline"], PLACES["standfirst"]
NOTE_LENGTH = 200


class ArticleForm(forms.ModelForm[Article]):
    """The desk's copy. With "Save and publish", what is missing is an error beside its field."""

    tags = TagField()
    related = RelatedField()
    revision_note = forms.CharField(
        required=False,
        label=_("Note on this version"),
        widget=forms.TextInput(attrs={"maxlength": NOTE_LENGTH, "dir": "auto"}),
    )

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007  (the admin names the fields it shows)
        widgets = {
            "headline": forms.Textarea(
                attrs={"rows": 2, "data-count": GOOD_HEADLINE, "data-one-line": ""}
            ),
            "standfirst": forms.Textarea(attrs={"rows": 3, "data-count": GOOD_STANDFIRST}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "further_sections": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "headline": {"required": _("Give it a headline, if only to find it again.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"headline", "standfirst", "kicker", "lead_caption", "tags"} & {*self.fields}:
            self.fields[name].widget.attrs["dir"] = "auto"
        if self.instance.pk and "tags" in self.fields:
            places = self.instance.topic_places.select_related("tag").order_by("order", "pk")
            self.initial["tags"] = joined(place.tag.name for place in places)
        if "related" in self.fields:
            field: Any = self.fields["related"]
            field.before = [*self.instance.related]
            field.help_text = help_for(field.before)

    def clean_headline(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean_related(self) -> list[int]:
        """A story is not related to itself."""
        return [pk for pk in self.cleaned_data["related"] if pk != self.instance.pk]

    def clean_revision_note(self) -> str:
        return tidy(self.cleaned_data["revision_note"])[:NOTE_LENGTH]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "_publish" in self.data and self.instance.state == State.DRAFT:
            for field, sentence in problems(self._typed(cleaned)).items():
                if field in self.fields and field not in self.errors:
                    self.add_error(field, sentence)
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The part of a snapshot that this form knows before it is saved: byline and tags are not
        in it, and checks of theirs that block keep the saved text from going live."""
        taken = {name: cleaned[name] or "" for name in READ if name in cleaned}
        for name in ("section", "lead_picture"):
            if name in cleaned:
                taken[f"{name}_id"] = cleaned[name].pk if cleaned[name] else None
        return taken
