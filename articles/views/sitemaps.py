"""Sitemaps for search engines: answered anew each time, and with 304 where nothing has changed."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.archive import reading
from articles.sitemaps import contents, places, stories, writing
from newsroom.lib.dates import date_or_404
from newsroom.pages.identity import identity

XML = "application/xml; charset=utf-8"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all others."""
    return _whole(request, writing.index(contents.all_of_them(timezone.now())))


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """What was published in the last 48 hours, to the second."""
    return _whole(request, writing.news(stories.newest(timezone.now(), identity())))


@require_safe
def month(request: HttpRequest, year: int, month: int, part: int = 1) -> HttpResponseBase:
    """A month's articles, sent as they are read."""
    calendar = reading.shown_or_404()
    start = date_or_404(year, month)
    period = calendar.periods(reading.Kind.MONTH).filter(start=start).first()
    if period is None or not 1 <= part <= contents.parts(period.count):
        raise Http404("no such sitemap")
    tag = f'"{calendar.pk}-{period.changed_at.timestamp():f}-{period.count}-{part}"'
    written = writing.places(stories.of_month(start, calendar.zone, part))
    return _streamed(request, written, tag, period.changed_at)


@require_safe
def of(request: HttpRequest, what: str, part: int = 1) -> HttpResponseBase:
    """The addresses of a kind; those of the paper that there is one of each are few."""
    if what == "paper" and part == 1:
        return _whole(request, writing.places(places.of_paper()))
    if not 1 <= part <= contents.parts(places.counts().get(what, 0)):
        raise Http404("no such sitemap")
    return _streamed(request, writing.places(places.of_kind(what, part)))


def _whole(request: HttpRequest, pieces: Iterable[str]) -> HttpResponse:
    """A small file under the fingerprint of its bytes."""
    body = "".join(pieces).encode()
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type=XML)
    response["ETag"], response["Cache-Control"] = tag, "no-cache"
    return get_conditional_response(request, tag, None, response) or response


def _streamed(
    request: HttpRequest, pieces: Iterable[str], tag: str = "", changed: datetime | None = None
) -> HttpResponseBase:
    """A large one, of which no more than a piece is in memory; who asks for its head reads none."""
    response: HttpResponseBase = StreamingHttpResponse(() if request.method == "HEAD" else pieces)
    response["Content-Type"], response["Cache-Control"] = XML, "no-cache"
    since = None
    if tag:
        response["ETag"] = tag
    # Another change may come in this very second; a date that named it would hide that one.
    if changed and changed < timezone.now() - timedelta(seconds=1):
        since = int(changed.timestamp())
        response["Last-Modified"] = http_date(since)
    return get_conditional_response(request, tag or None, since, response) or response  # type: ignore[arg-type]
