"""Sending a document: in its format, only when it is another one than the asker has."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from articles.feeds.document import Document, address_of
from articles.feeds.formats import Format
from newsroom.addresses.views import moved
from newsroom.cache.tags import fresh_until

# Seconds that caches may keep a feed; programs ask at most every few minutes. A hub asks when it is
# told of a change, and must not be given what a cache has kept.
FRESH = 60
A_MOMENT = timedelta(seconds=1)


def answer(request: HttpRequest, document: Document, form: Format) -> HttpResponse:
    """The feed, or 304 without a body for whoever has these very bytes, or all changes to them."""
    address = form.path(document.below or document.page)
    response = HttpResponse(form.write(document, address), content_type=typed(form.media_type))
    if settings.WEBSUB_HUB:
        response["Link"] = _links(address)
    return conditional(request, response, document.built)


def typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8"


def conditional(
    request: HttpRequest, response: HttpResponse, changed: datetime | None = None
) -> HttpResponse:
    """The answer under the fingerprint of its bytes, for a minute; 304 where the asker has it."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=0 if settings.WEBSUB_HUB else FRESH)
    since = None
    # Another change may come in this very second; a date that named it would hide that one.
    if changed and changed >= timezone.now() - A_MOMENT:
        fresh_until(changed + 2 * A_MOMENT)  # what is stored is made anew, with its date
    elif changed:
        since = int(changed.timestamp())
        response["Last-Modified"] = http_date(since)
    unchanged = get_conditional_response(request, etag, since, response)
    return unchanged or response


def _links(address: str) -> str:
    """Where a WebSub subscriber finds the hub, and the name under which the hub knows the feed."""
    return f'<{settings.WEBSUB_HUB}>; rel="hub", <{address_of(address)}>; rel="self"'


def led_on(page: str, form: Format) -> HttpResponse:
    """To the same format of the list that now has this page."""
    return moved(form.path(page))
