"""The queue's filters: what is open stands first, and what is in my hands can be had alone."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.reports.models import ErrorReport

CHOICES = (
    (None, _("Open")),
    ("new", _("New")),
    ("in_hand", _("In hand")),
    ("closed", _("Closed")),
    ("all", _("All")),
)


class QueueFilter(admin.SimpleListFilter):
    """Open reports unless asked otherwise; the stock choice “All” would come first."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, words) for value, words in CHOICES if value]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, words in CHOICES:
            query = {self.parameter_name: value} if value else {}
            remove = [] if value else [self.parameter_name]
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(query, remove),
                "display": words,
            }

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ErrorReport]
    ) -> QuerySet[ErrorReport]:
        value = self.value()
        if value in ErrorReport.State.values:
            return queryset.filter(state=value)
        closed = ErrorReport.State.CLOSED
        return queryset if value == "all" else queryset.exclude(state=closed)


class HandsFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("In my hands")), ("nobody", _("In nobody’s hands"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ErrorReport]
    ) -> QuerySet[ErrorReport]:
        if self.value() == "mine":
            return queryset.filter(assigned_to=request.user.pk)
        if self.value() == "nobody":
            return queryset.filter(assigned_to__isnull=True)
        return queryset
