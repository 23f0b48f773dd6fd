"""The page that lists every feed, and the same as a file for feed readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.feeds import opml
from articles.feeds.answering import conditional, typed
from articles.feeds.directory import groups


@require_safe
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Every feed in every format, and how to subscribe."""
    return render(request, "feeds/directory.html", {"groups": groups()})


@require_safe
def feeds_opml(request: HttpRequest) -> HttpResponse:
    """For programs to take in; browsers keep it as a file."""
    response = HttpResponse(opml.write(groups()), content_type=typed(opml.MEDIA_TYPE))
    response["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    return conditional(request, response)
