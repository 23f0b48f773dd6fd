"""Authors in the admin."""

from django.contrib import admin
from django.db import models

from articles.admin.addressed import AddressedForm
from articles.models import Author, AuthorLink


class LinkInline(admin.TabularInline[AuthorLink, Author]):
    model = AuthorLink
    extra = 1
    fields = ("label", "url", "order")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin[Author]):
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
