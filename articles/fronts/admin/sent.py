"""What a form of the arrange page carries, and where its answer leads."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.fronts.content import Content, parse
from articles.fronts.models import Front


@dataclass
class Sent:
    """What a form sent: the draft it began with, and its number."""

    base: Content
    number: int


def sent_in(request: HttpRequest) -> Sent:
    """Raises ValueError or BadContent for what no page of ours sends."""
    number = request.POST.get("base_number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise ValueError("no number")
    return Sent(content_in(request, "base"), int(number))


def content_in(request: HttpRequest, name: str) -> Content:
    """A content that travels through a form. Raises ValueError or BadContent."""
    try:
        return parse(json.loads(request.POST.get(name, "")))
    except RecursionError as error:
        raise ValueError("too deep") from error


def back(request: HttpRequest, front: Front, at: str = "") -> HttpResponse:
    """To the page, with what was looked for and at the place that was changed."""
    verb, _colon, about = request.POST.get("do", "").partition(":")
    kept = {"q": request.POST.get("q", "")[:200], "to": request.POST.get("to", "")[:60], "at": at}
    if verb == "take":
        kept["taken"], at = about[:100], "taken"
    elif verb == "target":
        kept["to"], at = about[:60], "stories"
    elif verb == "find":
        at = "stories"
    query = urlencode({name: value for name, value in kept.items() if value})
    address = reverse("admin:fronts_front_change", args=[front.pk])
    return HttpResponseRedirect(f"{address}{f'?{query}' if query else ''}{f'#{at}' if at else ''}")
