"""What of the journalism has an address, and how menus choose among it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.models import Author, Column, Section, Series, Topic
from newsroom.addresses.registry import register_kind


def _section_view(request: HttpRequest, section_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from articles.views.lists import section_list

    return section_list(request, section_id)


def register() -> None:
    """Called once the apps are ready."""
    _register("section", _("Section"), Section, view=_section_view)
    _register("topic", _("Topic"), Topic)
    _register("column", _("Column"), Column)
    _register("author", _("Author"), Author)
    _register("series", _("Series"), Series)


def _register(
    name: str,
    label: Any,
    model: type[models.Model],
    view: Callable[..., HttpResponse] | None = None,
) -> None:
    def choices() -> Iterable[tuple[int, str]]:
        rows = model._default_manager.values_list("pk", "name").order_by("name")
        return (rows.filter(merged_into=None) if model is Topic else rows)[:2000]

    register_kind(name, label, choices=choices, view=view)
