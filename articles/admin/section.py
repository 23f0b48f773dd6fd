"""Sections in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from articles.admin.addressed import AddressedForm
from articles.models import Section


class InListForm(forms.ModelForm[Section]):
    """The fields that are edited in the list, where no label belongs to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance.name}: {field.label}"


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    form = AddressedForm
    list_display = ("name", "slug", "order", "on_front")
    list_editable = ("order", "on_front")
    search_fields = ("name",)
    fields = ("name", "slug", "description", "order", "on_front")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": InListForm, **kwargs})
