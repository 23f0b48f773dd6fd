"""The search page, and what it suggests while one types."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle
from articles.models.kinds import Kind
from articles.search import results, suggesting
from articles.search.address import NEWEST, Address
from articles.search.filters import read
from articles.search.query import LONGEST, MOST_WORDS, parse
from newsroom.cache.kept import of_parts
from newsroom.lib.pagination import parse_key
from newsroom.lib.shedding import shed_first

_NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z")
# Seconds for which what is suggested may be kept by browsers and proxies.
FRESH = 60


@require_safe
@shed_first
@of_parts
def search(request: HttpRequest) -> HttpResponse:
    """What was asked for, best or newest first; without a question, how to ask one."""
    query, filters = parse(request.GET.get("q", "")), read(request.GET)
    newest = request.GET.get("order") == NEWEST or not query.wanted
    address = Address(query, filters, newest=newest and bool(query.wanted))
    context: dict[str, Any] = {
        "query": query,
        "filters": filters,
        "address": address,
        "newest": newest,
        "chips": list(address.chips()),
        "kinds": Kind.choices,
        "sections": suggesting.sections(),
        "longest": LONGEST,
        "most_words": MOST_WORDS,
    }
    if not query.parts and not filters:
        return render(request, "articles/search.html", {**context, "latest": _latest()})
    if newest:
        found = results.newest(query, filters, parse_key(request.GET.get("before")))
    else:
        found = results.relevant(query, filters, _page(request.GET.get("page", "1")))
    context |= {
        "found": found,
        "older": "" if found.older is None else address.changed(**found.older),
        "newer": "" if found.newer is None else address.changed(**found.newer),
        "topics": [(facet, address.changed(topic=facet.slug)) for facet in found.topics],
        "authors": [(facet, address.changed(author=facet.slug)) for facet in found.authors],
        "best": address.changed(order=None),
        "latest_first": address.changed(order=NEWEST),
        "suggestions": suggesting.suggestions(query.text)
        or ([] if found.stories else suggesting.nearly(query.text)),
    }
    if not found.stories:
        context["latest"] = _latest()
    return render(request, "articles/search.html", context)


def _latest() -> QuerySet[PublishedArticle]:
    """What is offered where nothing was found, or nothing asked."""
    return PublishedArticle.objects.latest_first().for_cards()[: queries.LATEST]


def _page(asked: str) -> int:
    """The number of a page; anything else is a 404."""
    if not _NUMBER.match(asked):
        raise Http404("no such page")
    return int(asked)


@require_safe
@shed_first
@cache_control(public=True, max_age=FRESH)
def suggest(request: HttpRequest) -> HttpResponse:
    """Pages whose name begins as what is being typed; for static/js/search.js."""
    found = suggesting.suggestions(request.GET.get("q", ""))
    pages = [{"kind": str(one.kind), "name": one.name, "url": one.url} for one in found]
    return JsonResponse({"pages": pages})
