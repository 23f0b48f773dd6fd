"""Old addresses of any depth: asked only when nothing else answered."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved


def old_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a 404 becomes a redirect when the path once meant something."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        if request.path.startswith((settings.STATIC_URL, settings.MEDIA_URL, "/admin/")):
            return response
        path = request.path if request.path.endswith("/") else f"{request.path}/"
        match = resolve(path)
        if match and match.redirect and match.redirect != request.path:
            return moved(match.redirect)
        return response

    return middleware


def old_query_address(request: HttpRequest) -> str | None:
    """Where `/?p=123` of an earlier system leads now, else None; no query without such a key."""
    for key in ("p", "page_id", "attachment_id"):
        value = request.GET.get(key, "")
        if value.isascii() and value.isdigit() and len(value) <= 18:
            match = resolve(f"/?{key}={value}")
            if match:
                return match.redirect
    return None
