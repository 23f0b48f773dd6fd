"""One-segment addresses: a section, a page, or what once stood there."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control

from newsroom.addresses.book import resolve
from newsroom.addresses.registry import kinds


def moved(target: str) -> HttpResponse:
    """A 301 that browsers ask about again, so that renaming back and forth cannot trap one."""
    response = HttpResponsePermanentRedirect(target)
    patch_cache_control(response, no_cache=True)
    return response


def dispatch(request: HttpRequest, segment: str) -> HttpResponse:
    """Answer `/<segment>/` with the view of whatever has that address."""
    match = resolve(f"/{segment}/")
    if match is None:
        raise Http404("no such address")
    if match.redirect:
        return moved(match.redirect)
    kind = kinds.get(match.kind)
    if kind is None or kind.view is None:
        raise Http404("no such address")
    return kind.view(request, match.object_id)
