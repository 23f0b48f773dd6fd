"""The byline as part of the article's form: authors and free text, in order."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from articles.models import Article, Byline


class BylineForm(forms.ModelForm[Byline]):
    """One line: an author or free text, not both."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        author, text = cleaned.get("author"), (cleaned.get("text") or "").strip()
        if author and text:
            self.add_error("text", ValidationError("Choose an author or type a text, not both."))
        if not author and not text and not cleaned.get("DELETE"):
            self.add_error("author", ValidationError("Choose an author or type a text beside it."))
        return cleaned


class BylineInline(admin.TabularInline[Byline, Article]):
    """Between the text and the section, where a journalist expects it."""

    model = Byline
    form = BylineForm
    fields = ("author", "text", "role", "order")
    autocomplete_fields = ("author",)
    extra = 0
    min_num = 0
    classes = ("bylines",)

    def get_extra(self, request: Any, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj and obj.bylines.exists() else 1

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        """A reporter's new article starts under the reporter's own name."""
        formset = super().get_formset(request, obj, **kwargs)
        author = getattr(request.user, "author", None) if obj is None else None
        if author is None:
            return formset

        class UnderOwnName(formset):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                kwargs.setdefault("initial", [{"author": author.pk}])
                super().__init__(*args, **kwargs)

        return UnderOwnName
