"""The staff's part of a page: the way to the desk, and to the form of what the page is about."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from newsroom.addresses.subjects import subjects_of


class Form(NamedTuple):
    """One page of the admin in which something is changed."""

    what: str
    href: str


def desk_part(request: HttpRequest, page: str) -> str:
    """Nothing for whoever may not open the desk. The table's query, and two or three for each
    thing the page is about."""
    if not admin.site.has_permission(request):
        return ""
    return render_to_string("account/desk_part.html", {"forms": list(_forms(request, page))})


def _forms(request: HttpRequest, page: str) -> Iterator[Form]:
    """Of what this person may change, asked of the very admin that would be opened."""
    for model, key in subjects_of(page):
        own = admin.site.get_model_admin(model)
        found = own.get_object(request, str(key))
        if found is not None and own.has_change_permission(request, found):
            about = model._meta
            name = f"admin:{about.app_label}_{about.model_name}_change"
            yield Form(str(about.verbose_name), reverse(name, args=[found.pk]))
