"""Breaking news for readers: the page, the ticker, and the few bytes that open pages ask for."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.breaking.now import Now, broke, now, of_today, tag_of
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.parts import part
from newsroom.lib.pagination import parse_key

# Seconds a cache may keep the region. Open pages ask every thirty.
FRESH = 10


def region() -> tuple[str, str]:
    """The banner and the ticker of this moment as HTML (empty most of the time), and its tag."""
    standing = now()
    if not standing:
        return "", tag_of("")
    return part("breaking", standing, build=partial(_set, standing))


def _set(standing: Now) -> tuple[str, str]:
    html = render_to_string("breaking/lines.html", {"now": standing})
    return html, tag_of(html)


@kept(Lifetime.FRONT)
@require_safe
def breaking_now_view(request: HttpRequest) -> HttpResponse:
    """The region for open pages: 304 without a body when nothing is new. The same for everyone."""
    html, tag = region()
    etag = f'"{tag}"'
    response = HttpResponse(html)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH}"
    response["X-Robots-Tag"] = "noindex"
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional or response


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def breaking_page(request: HttpRequest) -> HttpResponse:
    """What breaks now and what broke, newest first."""
    at = timezone.now()
    key = parse_key(request.GET.get("before"))
    lines, pager = broke(key, at=at)
    standing = [line for line in lines if line.ends_at > at]
    context = {
        "standing": standing,
        "over": [line for line in lines if line.ends_at <= at],
        "pager": pager,
        "first": key is None,
    }
    return render(request, "breaking/page.html", context)


@kept(Lifetime.FRONT)
@require_safe
def ticker_page(request: HttpRequest) -> HttpResponse:
    """The lines of the day, newest first."""
    return render(request, "breaking/ticker.html", {"lines": of_today()})
