"""The files at the root of the site that machines ask for by name."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.root_files import served
from newsroom.pages.root_files.security import PATH

# Seconds that caches may keep a file, and the way to the icon.
FRESH, ICON_FRESH = 600, 24 * 3600


@kept(Lifetime.STORY)
@require_safe
def root_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file as plain text; 304 for who has it; 404 for one that the paper does not have."""
    text = served(name, at=timezone.now())
    if text is None:
        raise Http404("no such file")
    body = text.encode()
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=FRESH)
    return get_conditional_response(request, tag, None, response) or response


@require_safe
def security_at_root(request: HttpRequest) -> HttpResponse:
    """Where it stood before the standard gave it a place."""
    return moved(PATH)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Programs that read no page ask for it by its oldest name."""
    response = redirect(static("icons/apple-touch.png"))
    patch_cache_control(response, public=True, max_age=ICON_FRESH)
    return response
