"""Pages as something that addresses and menus can lead to."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.registry import register_kind
from newsroom.pages.models import Page


def _view(request: HttpRequest, page_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from newsroom.pages.views.page import page

    return page(request, page_id)


def _choices() -> Iterable[tuple[int, str]]:
    return Page.objects.order_by("title").values_list("pk", "title")


def register() -> None:
    """Called once the apps are ready."""
    register_kind("page", _("Page"), view=_view, choices=_choices)
