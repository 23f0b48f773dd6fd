"""What a proxy says about a request (who asks, over https or not) counts from named ones alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLAIMS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)


def claims_from_named_proxies_only(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: forgets such headers when anybody else sent them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            for name in CLAIMS:
                request.META.pop(name, None)
        return get_response(request)

    return middleware
