"""Service desks with their numbers, their week and its exceptions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.pages.admin.ordering import OrderedInline
from newsroom.pages.desks import desks
from newsroom.pages.models import ServiceDesk, ServiceException, ServiceHours, ServiceNumber

# The browser's own fields: they need no script, and telephones have a good one.
CLOCK: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.TimeField: {"widget": forms.TimeInput({"type": "time"}, format="%H:%M")},
    models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
}


class NumberInline(OrderedInline):
    model = ServiceNumber
    fields = ["order", "number", "extension", "label"]


class HoursInline(admin.TabularInline[ServiceHours, ServiceDesk]):
    model = ServiceHours
    extra = 1
    formfield_overrides = CLOCK

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only the numbers of this desk can be named."""
        if db_field.name == "number":
            match = request.resolver_match
            desk = str(match.kwargs.get("object_id") if match else "")
            known = int(desk) if desk.isdecimal() and len(desk) <= 18 else None
            kwargs["queryset"] = ServiceNumber.objects.filter(desk_id=known)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ExceptionInline(admin.TabularInline[ServiceException, ServiceDesk]):
    model = ServiceException
    extra = 1
    formfield_overrides = CLOCK
    fields = ["date", "name", "closed", "opens", "closes"]


@admin.register(ServiceDesk)
class ServiceDeskAdmin(admin.ModelAdmin[ServiceDesk]):
    """All hours are by the paper's clock (Site identity, time zone)."""

    list_display = ["name", "email", "now", "show_in_foot", "order"]
    list_editable = ["order"]
    search_fields = ["name", "email"]
    inlines = [NumberInline, HoursInline, ExceptionInline]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget({"rows": 3})}}
    fieldsets = [
        (None, {"fields": ["name", "description", "email", "fax", "address"]}),
        (_("Where it is shown"), {"fields": ["takes_messages", "show_in_foot", "order", "slug"]}),
    ]

    @admin.display(description=_("now"))
    def now(self, desk: ServiceDesk) -> str:
        """What readers are told at this moment (the stored desks: no query per row)."""
        at = timezone.now()
        return next((shown.sentence_at(at) for shown in desks() if shown.id == desk.pk), "")
