"""Versions of the terms: written once, read-only from then on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models import TermsVersion


@admin.register(TermsVersion)
class TermsVersionAdmin(admin.ModelAdmin[TermsVersion]):
    """A mistake is mended by a further version; consents keep the words that were accepted."""

    list_display = ["number", "title", "effective_at", "in_force"]
    readonly_fields = ["number", "words", "created_at"]
    list_display_links = ["number", "title"]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "body", "effective_at"],
                "description": _(
                    "A version cannot be changed or deleted once it is saved, because readers "
                    "accept its exact words. To mend it, add a further version."
                ),
            },
        )
    ]

    @admin.display(description=_("in force"), boolean=True)
    def in_force(self, version: TermsVersion) -> bool:
        return version == TermsVersion.objects.current(timezone.now())

    @admin.display(description=_("text"))
    def words(self, version: TermsVersion) -> str:
        return mark_safe(version.body)  # noqa: S308  (cleaned on its way to the database)

    def get_fieldsets(self, request: HttpRequest, obj: TermsVersion | None = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["number", "title", "words", "effective_at", "created_at"]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version starts as the words of the last one."""
        last = TermsVersion.objects.first()
        initial: dict[str, Any] = {"effective_at": timezone.now()}
        if last:
            initial |= {"title": last.title, "body": last.body}
        return initial

    def has_change_permission(self, request: HttpRequest, obj: TermsVersion | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TermsVersion | None = None) -> bool:
        return False
