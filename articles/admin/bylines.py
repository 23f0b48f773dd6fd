"""The byline as part of the article's form: authors and free text, in order."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline
from newsroom.pages.admin.ordering import OrderedInline

HINTS = {"text": _("or: Agencies"), "role": _("role, if not writer")}


class BylineForm(forms.ModelForm[Byline]):
    """One line: an author or free text, not both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The fields stand in a table, where no label belongs to them.
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(field.label)
            if name in HINTS:
                field.widget.attrs["placeholder"] = HINTS[name]

    def has_changed(self) -> bool:
        """A new row with nothing in it but its place is no row."""
        changed = {*self.changed_data}
        return bool(changed if self.instance.pk else changed - {"order"})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        author, text = cleaned.get("author"), (cleaned.get("text") or "").strip()
        if author and text:
            self.add_error("text", ValidationError(_("Choose an author or type a text, not both.")))
        if not author and not text and not cleaned.get("DELETE"):
            self.add_error(
                "author", ValidationError(_("Choose an author or type a text beside it."))
            )
        return cleaned


class Names(forms.BaseInlineFormSet[Any, Any, Any]):
    """Each author once: the list of an author's work shows an article for every line."""

    def clean(self) -> None:
        super().clean()
        lines = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        authors = [
            line["author"] for line in lines if line.get("author") and not line.get("DELETE")
        ]
        if len(authors) > len(set(authors)):
            raise ValidationError(_("Name each author once; the role says what else they did."))


class BylineInline(OrderedInline):
    """Between the picture and the section, where a journalist expects it."""

    model = Byline
    form = BylineForm
    formset = Names
    verbose_name_plural = _("byline")
    fields = ("author", "text", "role", "order")
    autocomplete_fields = ("author",)
    classes = ["ordered", "bylines"]

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.bylines.exists() else 1


def first_byline(request: HttpRequest) -> list[dict[str, Any]]:
    """A new article starts under its writer's own name, if that is an author's."""
    author = getattr(request.user, "author", None)
    return [{"author": author.pk}] if author else []
