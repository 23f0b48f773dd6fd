"""Sections in the admin, and who edits them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.addressed import AddressedForm
from articles.models import Section
from newsroom.accounts.models import User
from newsroom.accounts.roles import SECTION_EDITOR


class InListForm(forms.ModelForm[Section]):
    """The fields that are edited in the list, where no label belongs to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance.name}: {field.label}"


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    """The chief alone changes sections, and so alone says who publishes where."""

    form = AddressedForm
    list_display = ("name", "slug", "named_editors", "order", "on_front")
    list_editable = ("order", "on_front")
    search_fields = ("name",)
    fields = ("name", "slug", "description", "editors", "order", "on_front")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(named=Count("editors"))

    @admin.display(description=_("section editors"), ordering="named")
    def named_editors(self, section: Any) -> str:
        return str(section.named) if section.named else str(_("all"))

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Naming somebody gives no role: only who has the role already can be named."""
        if db_field.name == "editors":
            kwargs["queryset"] = User.objects.with_role(SECTION_EDITOR).order_by("name", "pk")
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "editors":
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)
        return field

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": InListForm, **kwargs})
