"""`/me/`: what of a page is somebody's own, as a fragment that static/js/personal.js puts into it.

The page is stored and the same for everyone; this is stored nowhere, and varies by who asks.
"""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from newsroom.accounts.own_parts import parts


@cache_control(private=True, no_store=True)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """`?page=` is the path of the open page, as browsers write it.

    204 for whoever is not logged in; 400 for what is no path of this site. Two queries for who
    asks, and what the parts ask.
    """
    page = request.GET.get("page", "")
    path = _path_of(page)
    if path is None:
        return HttpResponseBadRequest(
            "Say with page= the path of a page of this site, as in /me/?page=/contact/.\n",
            content_type="text/plain; charset=utf-8",
        )
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    shown = [html for part in parts.values() if (html := part(request, path))]
    return render(request, "account/me.html", {"parts": shown, "page": page})


def _path_of(page: str) -> str | None:
    """The path in letters, as addresses are looked up; None if it leads elsewhere or is none."""
    path = unquote(page)
    if not page.startswith("/") or not path.isprintable():
        return None
    return path if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else None
