"""Opinion columns in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.addressed import AddressedForm
from articles.models import Column, ColumnAuthor
from newsroom.lib.choosing import ChoosesRows


class ColumnistInline(ChoosesRows, admin.TabularInline[ColumnAuthor, Column]):
    model = ColumnAuthor
    extra = 1
    fields = ("author", "is_guest", "order")
    autocomplete_fields = ("author",)


@admin.register(Column)
class ColumnAdmin(ChoosesRows, admin.ModelAdmin[Column]):
    """The column, what stands under its articles, and who writes it."""

    form = AddressedForm
    list_display = ("name", "regulars", "address")
    search_fields = ("name",)
    autocomplete_fields = ("portrait",)
    inlines = (ColumnistInline,)
    fields = ("name", "description", "disclaimer", "portrait", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Column]:
        return super().get_queryset(request).prefetch_related("places__author")

    @admin.display(description=_("columnists"), empty_value="–")
    def regulars(self, column: Column) -> str | None:
        return ", ".join(str(place) for place in column.regulars) or None

    @admin.display(description=_("address"), ordering="slug")
    def address(self, column: Column) -> SafeString:
        return format_html('<bdi dir="ltr">{}</bdi>', column.get_absolute_url())
