"""Sections in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.addressed import AddressedForm
from articles.models import Section


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Section]):
    form = AddressedForm
    list_display = ("name", "slug", "order", "on_front")
    list_editable = ("order", "on_front")
    search_fields = ("name",)
    fields = ("name", "slug", "description", "order", "on_front")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return super().get_search_results(request, queryset, search_term[:80])
