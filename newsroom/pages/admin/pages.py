"""Pages: About us, Privacy policy, Jobs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models import Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    list_display = ["title", "address", "is_public", "updated_at"]
    list_filter = ["is_public"]
    search_fields = ["title", "body"]
    show_full_result_count = False
    readonly_fields = ["updated_at"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        (_("Address and visibility"), {"fields": ["slug", "is_public", "updated_at"]}),
        (_("Terms of use"), {"fields": ["shows_terms"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("address"), ordering="slug")
    def address(self, page: Page) -> str:
        return page.path

    def view_on_site(self, page: Page) -> str:
        return page.path

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        """The date readers see is that of the text, not of a new address or a tick."""
        if {"title", "summary", "body"} & set(form.changed_data):
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
