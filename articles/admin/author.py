"""Authors in the admin."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from articles.admin.addressed import AddressedForm
from articles.models import Author, AuthorLink
from newsroom.lib.choosing import ChoosesRows


class LinkInline(admin.TabularInline[AuthorLink, Author]):
    model = AuthorLink
    extra = 1
    fields = ("label", "url", "order")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Author)
class AuthorAdmin(ChoosesRows, admin.ModelAdmin[Author]):
    form = AddressedForm
    list_display = ("name", "role", "is_institution", "user")
    list_filter = ("is_institution",)
    list_select_related = ("user",)
    search_fields = ("name", "role")
    autocomplete_fields = ("user", "portrait")
    inlines = (LinkInline,)
    fieldsets = (
        (None, {"fields": ("name", "role", "portrait", "biography", "email")}),
        ("Address and account", {"fields": ("slug", "is_institution", "user")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """Whose account a name is says whose articles are theirs, so the chief alone decides it."""
        chief = request.user.has_perm("articles.publish_everywhere")
        return () if chief else ("user",)
