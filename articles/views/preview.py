"""What a preview link shows: one revision in the very template readers get."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import previews
from articles.views.article import page_context

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A wrong, an expired and a revoked link get the same answer, byte for byte."""
    now = timezone.now()
    link = previews.find(token, at=now)
    if link is None:
        response = render(request, "404.html", status=404)
    else:
        page = previews.page_of(link.revision, at=now)
        context = {**page_context(page), "preview": link}
        response = render(request, "articles/preview.html", context)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
