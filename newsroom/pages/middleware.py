"""Every request runs in the paper's language and time zone, never in the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from newsroom.pages.identity import present_identity


def edition(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, for readers and staff alike; one query (the generations), none of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.WORDLESS):  # a picture speaks no language
            return get_response(request)
        paper = present_identity()
        with translation.override(paper.language), timezone.override(paper.zone):
            return get_response(request)

    return middleware
