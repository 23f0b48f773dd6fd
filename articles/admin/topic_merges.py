"""Merging and splitting topics in the admin: a page that asks, what was done, and undoing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.admin.topic_pages import (
    came_from,
    check,
    number,
    page_context,
    sent,
    topic_of,
)
from articles.models import Article, Topic, TopicMerge
from articles.topics import find_all, near_twins
from articles.topics.merging import MOST_PARTS, CannotMerge, merge, split
from articles.topics.twins import articles_on
from articles.topics.undoing import undo, why_not
from newsroom.lib.text import excerpt, tidy

A_PAGE, SHOWN = 50, 6


@require_http_methods(["GET", "HEAD", "POST"])
def merge_view(request: HttpRequest) -> HttpResponse:
    """`one` and `other` by id, or `name` for the other; asks which of them stays."""
    check(request)
    asked = request.POST if request.method == "POST" else request.GET
    one = topic_of(asked.get("one"))
    other = topic_of(asked["other"]) if asked.get("other") else None
    problem = ""
    if other is None and (name := tidy(asked.get("name", ""))):
        found = find_all(name)
        if len(found) == 1 and found[0] != one:
            other = found[0]
        elif found:
            problem = _("“%s” means this topic, or several.") % excerpt(name, 60)
        else:
            problem = _("There is no topic “%s”.") % excerpt(name, 60)
    if request.method == "POST" and other is not None:
        keep = one if asked.get("keep") == str(one.pk) else other
        if asked.get("keep") in {str(one.pk), str(other.pk)}:
            try:
                done = merge(other if keep == one else one, keep, by=request.user)  # type: ignore[arg-type]
                return _back(request, done)
            except CannotMerge as error:
                problem = str(error)
        else:
            problem = _("Choose the name that stays.")
    return render(request, "admin/articles/topic/merge.html", _asked(request, one, other, problem))


def _asked(request: HttpRequest, one: Topic, other: Topic | None, problem: str) -> dict[str, Any]:
    context = {
        **page_context(request, _("Merge topics")),
        "one": one, "other": other, "problem": problem, "back": came_from(request),
    }  # fmt: skip
    if other is None:
        return {**context, "near": near_twins(one.name), "name": sent(request, "name")}
    counts = articles_on([one.pk, other.pk])
    # The one with more articles stays, unless another is chosen.
    first, second = (one, other) if counts[one.pk] >= counts[other.pk] else (other, one)
    keep = sent(request, "keep")
    return {
        **context,
        "ways": [
            {
                "stays": stays, "goes": goes, "articles": counts[goes.pk][0],
                "live": counts[goes.pk][1], "shown": _some(goes),
                "chosen": keep == str(stays.pk) if keep else stays == first,
            }
            for stays, goes in ((first, second), (second, first))
        ],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def split_view(request: HttpRequest, topic_id: int) -> HttpResponse:
    """`part` once for each topic it becomes."""
    check(request)
    topic = get_object_or_404(Topic, pk=topic_id)
    asked = request.POST if request.method == "POST" else request.GET
    parts = [tidy(part)[:120] for part in asked.getlist("part")[: MOST_PARTS + 1]]
    problem = ""
    if request.method == "POST":
        try:
            return _back(request, split(topic, asked.getlist("part"), by=request.user))  # type: ignore[arg-type]
        except CannotMerge as error:
            problem = str(error)
    count, live = articles_on([topic.pk])[topic.pk]
    context = {
        **page_context(request, _("Split a topic")),
        "topic": topic, "parts": [*parts, "", "", ""][: max(3, min(len(parts), MOST_PARTS))],
        "problem": problem, "articles": count, "live": live, "shown": _some(topic),
        "back": came_from(request),
    }  # fmt: skip
    return render(request, "admin/articles/topic/split.html", context)


@require_safe
def merges_view(request: HttpRequest) -> HttpResponse:
    """What was merged and split, newest first; each with its undoing or what stands in the way."""
    check(request)
    found = _told(TopicMerge.objects.all())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    rows = [(one, why_not(one)) for one in page.object_list]
    context = {
        **page_context(request, _("Merges and splits")),
        "page": page, "rows": rows, "done": done_line(request),
    }  # fmt: skip
    return render(request, "admin/articles/topic/merges.html", context)


@require_POST
def undo_view(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Give it all back; what stands in the way is said."""
    check(request)
    done = get_object_or_404(TopicMerge.objects.select_related("source"), pk=merge_id)
    try:
        undo(done, by=request.user)  # type: ignore[arg-type]
        words = _("“%s” is a topic of its own again, with its articles, names and address.")
        messages.success(request, words % done.source.name)
    except CannotMerge as error:
        messages.error(request, str(error))
    return redirect(f"admin:articles_topic_{came_from(request)}")


def done_line(request: HttpRequest) -> TopicMerge | None:
    """The merge that was just done (`?done=<id>`), for the line with its undoing."""
    if not (pk := number(request.GET.get("done", ""))):
        return None
    found: TopicMerge | None = _told(TopicMerge.objects.filter(pk=int(pk), undone_at=None)).first()
    return found


def _told(merges: Any) -> Any:
    """With what is said of each, and without the record of every article."""
    return (
        merges.select_related("source", "by", "undone_by")
        .prefetch_related("targets")
        .annotate(names=F("moved__names"), articles=F("moved__articles"))
        .defer("moved")
    )


def _some(topic: Topic) -> list[str]:
    """Headlines of the newest articles on the topic."""
    found = Article.objects.filter(topic_places__tag=topic, binned_at=None).order_by("-pk")
    return list(found.values_list("headline", flat=True)[:SHOWN])


def _back(request: HttpRequest, done: TopicMerge) -> HttpResponse:
    page = number(sent(request, "p"))
    place = f"&p={page}" if page else ""
    address = reverse(f"admin:articles_topic_{came_from(request)}")
    return redirect(f"{address}?done={done.pk}{place}")
