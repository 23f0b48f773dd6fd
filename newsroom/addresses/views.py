"""One-segment addresses: a section, a page, or what once stood there."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control

from newsroom.addresses.book import standing_at
from newsroom.addresses.registry import kinds


def moved(target: str) -> HttpResponse:
    """A 301 that browsers ask about again, so that renaming back and forth cannot trap one."""
    response = HttpResponsePermanentRedirect(target)
    patch_cache_control(response, no_cache=True)
    return response


def dispatch(request: HttpRequest, segment: str) -> HttpResponse:
    """Answer `/<segment>/` with the view of what stands there; old names are found by lost.py."""
    there = standing_at(f"/{segment}/")
    kind = kinds.get(there[0]) if there else None
    if there is None or kind is None or kind.view is None:
        raise Http404("no such address")
    return kind.view(request, there[1])
