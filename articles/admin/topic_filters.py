"""What the list of topics is narrowed by; merged ones are shown only when asked for."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Topic


class UseFilter(admin.SimpleListFilter):
    """In use unless another is chosen."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("retired", str(_("No longer offered"))), ("merged", str(_("Merged or split")))]

    def choices(self, changelist: Any) -> Any:
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("In use")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        if self.value() == "merged":
            return queryset.exclude(merged_into=None)
        queryset = queryset.filter(merged_into=None)
        return queryset.filter(is_retired=True) if self.value() == "retired" else queryset


class DescriptionFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("description", str(_("No description"))), ("picture", str(_("No picture")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        if self.value() == "description":
            return queryset.filter(description="")
        return queryset.filter(picture=None) if self.value() == "picture" else queryset
