"""The page of the most read, and the address that counts a reader."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.models import Section
from articles.popularity import keeping
from articles.popularity.admitting import counts
from articles.popularity.lists import shown
from articles.popularity.post import LARGEST_ID
from articles.popularity.windows import ENOUGH, FLOOR, HALF_LIFE, Window, too_old
from newsroom.cache.generations import stored
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import seen
from newsroom.lib.ratelimit import client_network

LARGEST = 200  # bytes of a body; it holds one number
ON_PAGE = 10


# No session is read here, and nothing is changed that a forged request could gain from.
@csrf_exempt
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Take note that somebody reads an article, whose number is the body: 204, whoever asks.

    Whether it was counted is not told, or the answer would teach how to be counted. 400 for what
    is no number, 413 for more than LARGEST bytes, unread. No database, no session, no waiting.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
        return _silent(413)
    try:
        body = request.body
    except UnreadablePostError:
        return _silent(400)
    if not (body.isdigit() and len(body) < 20 and 0 < int(body) <= LARGEST_ID):
        return _silent(400)
    if counts(request):
        keeping.hand_over(int(body), client_network(request))
    return _silent(204)


def _silent(status: int) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store"})


@kept(Lifetime.FRONT)
@require_safe
def most_read(
    request: HttpRequest, window: str = Window.HOURS.value, section: str = ""
) -> HttpResponse:
    """Ten stories of one window, of the paper or of a section; every choice is a link."""
    if window not in Window.values:
        raise Http404("no such window")
    sections = _sections()
    chosen = next((each for each in sections if each.slug == section), None)
    if section and chosen is None:
        raise Http404("no such section")
    picked = Window(window)
    listed = shown([picked], size=ON_PAGE, at=timezone.now(), section=chosen)
    context = {
        "listed": listed,
        "window": picked,
        "windows": list(Window),
        "section": chosen,
        "sections": sections,
        "limit": _words(too_old(picked)),
        "half_lives": [(each.label, _words(HALF_LIFE[each])) for each in Window],
        "floor": FLOOR,
        "enough": ENOUGH,
    }
    return render(request, "popularity/most_read.html", context)


def _words(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes % 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _sections() -> list[Section]:
    """All sections in the paper's order; one query, stored."""
    seen("sections")
    return stored("most-read:sections", lambda: list(Section.objects.all()), of="articles")
