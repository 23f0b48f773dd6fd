"""Refuses what needs a database that is away; lets a request read the generations once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from newsroom.cache import away, generations
from newsroom.lib.unavailable import unavailable


def refused_without_database(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware inside what adds headers for safety, around all that asks the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if away.REFUSED not in request.META:
            return get_response(request)
        with translation.override(away.language()):
            return unavailable()

    return middleware


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
