"""What the pages about near-twins and merges share: who may, what was sent, where one came from."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Topic


def check(request: HttpRequest) -> None:
    """Merging, splitting and what belongs to it are for those who may change topics."""
    if not (request.user.is_staff and request.user.has_perm("articles.change_topic")):
        raise PermissionDenied


def page_context(request: HttpRequest, title: str) -> dict[str, Any]:
    """What every page about topics has; `p` is the page of the report one came from."""
    own = {"opts": Topic._meta, "title": title, "p": number(sent(request, "p"))}
    return {**admin.site.each_context(request), **own}


def topic_of(raw: str | None) -> Topic:
    """The topic of an id that was sent; 404 for anything else."""
    if not (pk := number(raw or "")):
        raise Http404
    return get_object_or_404(Topic, pk=int(pk))


def number(raw: str) -> str:
    """The digits of an id or a page as they were sent, or nothing."""
    return raw if raw.isascii() and raw.isdigit() and len(raw) < 19 else ""


def sent(request: HttpRequest, name: str) -> str:
    """One value of the form or of the address."""
    return str((request.POST if request.method == "POST" else request.GET).get(name, ""))[:200]


def came_from(request: HttpRequest) -> str:
    """The page to go back to: the report, if one came from there."""
    return "twins" if sent(request, "back") == "twins" else "merges"
