"""Lets one request read the generation numbers once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from newsroom.cache import generations


def generations_once_a_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around everything that renders."""

    def middleware(request: HttpRequest) -> HttpResponse:
        generations.begin_request()
        try:
            return get_response(request)
        finally:
            generations.end_request()

    return middleware
