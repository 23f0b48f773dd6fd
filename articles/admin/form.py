"""The article's form: the order of a journalist's work, and what publishing needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.admin.tags import TagField, joined
from articles.models import Article
from articles.publishing import problems

# Lengths a headline and a standfirst should keep to for the places they stand in (characters).
GOOD_HEADLINE, GOOD_STANDFIRST = 90, 220


class ArticleForm(forms.ModelForm[Article]):
    """The desk's copy. With "Save and publish", what is missing is an error beside its field."""

    tags = TagField()
    announce_update = forms.BooleanField(
        required=False,
        label=_("Readers should see this as updated"),
        help_text=_("Leave it off for a mended comma; the page then keeps its date."),
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
            places = self.instance.topic_places.select_related("tag").order_by("pk")
            self.initial["tags"] = joined(place.tag.name for place in places)

    def clean_headline(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "_publish" in self.data:
            section = cleaned.get("section")
            found = problems(
                {
                    "headline": cleaned.get("headline", ""),
                    "section_id": section.pk if section else None,
                    "body": cleaned.get("body", ""),
                }
            )
            for field, sentence in found.items():
                if field in self.fields and field not in self.errors:
                    self.add_error(field, sentence)
        return cleaned
