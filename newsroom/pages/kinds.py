"""Pages as something that addresses and menus can lead to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.registry import register_kind, register_landmarks
from newsroom.pages.models import Page, StaffMember, TermsVersion


def _view(request: HttpRequest, page_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from newsroom.pages.views.page import page

    return page(request, page_id)


def _choices() -> Iterable[tuple[int, str]]:
    return Page.objects.order_by("title").values_list("pk", "title")


def _changed(ids: Collection[int]) -> Mapping[int, datetime]:
    """When their texts last changed: of the page of the terms, when a version came into force."""
    times = dict(Page.objects.filter(pk__in=ids).values_list("pk", "updated_at"))
    current = TermsVersion.objects.current(timezone.now())
    if current:
        shown = Page.objects.filter(pk__in=ids, shows_terms=True)
        times.update(dict.fromkeys(shown.values_list("pk", flat=True), current.effective_at))
    return times


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    yield reverse("contact"), None
    if StaffMember.objects.exists():
        yield reverse("staff"), None


def register() -> None:
    """Called once the apps are ready."""
    register_kind("page", _("Page"), Page, view=_view, choices=_choices, changed=_changed)
    register_landmarks("pages", _landmarks)
