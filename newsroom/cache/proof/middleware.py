"""Leaves a line with the publish proof on the page that the staff land on after an act."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from newsroom.cache.proof.token import token
from newsroom.cache.purging import followed


def proof_of_acts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware within that of the messages: whatever is done in the admin, one place tells it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        acts = request.method == "POST" and request.path_info.startswith("/admin/")
        if not acts or not settings.PAGE_CACHE:
            return get_response(request)
        with followed() as numbers:
            response = get_response(request)
        if numbers and response.status_code in (302, 303):
            key = token(request.user, min(numbers), max(numbers))
            words = format_html(
                '<span role="status" data-proof="{}">{}</span> <a href="{}">{}</a>',
                reverse("admin:proof_line", args=[key]),
                _("Readers’ pages that show this are refreshed."),
                reverse("admin:proof", args=[key]), _("See which"),
            )  # fmt: skip
            messages.info(request, words, extra_tags="proof")
        return response

    return middleware
