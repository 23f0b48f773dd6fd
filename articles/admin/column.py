"""Opinion columns in the admin."""

from django.contrib import admin

from articles.admin.addressed import AddressedForm
from articles.models import Column, ColumnAuthor


class ColumnistInline(admin.TabularInline[ColumnAuthor, Column]):
    model = ColumnAuthor
    extra = 1
    autocomplete_fields = ("author",)


@admin.register(Column)
class ColumnAdmin(admin.ModelAdmin[Column]):
    form = AddressedForm
    list_display = ("name", "slug")
    search_fields = ("name",)
    autocomplete_fields = ("portrait",)
    inlines = (ColumnistInline,)
    fields = ("name", "description", "portrait", "slug")
