"""Every list of articles; what stands at the head of a front is in articles/fronts/."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle
from articles.querysets import PublishedQuerySet
from newsroom.lib.pagination import parse_key


def _listing(
    request: HttpRequest, listed: Callable[..., PublishedQuerySet], *of: int
) -> queries.Listing:
    """The page of a list that the address asks for; a key beyond the end is a 404."""
    key = parse_key(request.GET.get("before"))
    found = queries.listing(listed(*of, before=key))
    if key and not found.cards:
        raise Http404("no such page")
    return found


@require_safe
def section_list(request: HttpRequest, section_id: int) -> HttpResponse:
    """A section's articles, newest first."""
    section = queries.section_or_404(section_id)
    found = _listing(request, PublishedArticle.objects.in_section, section.pk)
    return render(
        request,
        "articles/section.html",
        {"section": section, "cards": found.cards, "older": found.older},
    )


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an author is and what stands under the name."""
    found_author = queries.author_or_404(slug)
    found = _listing(request, PublishedArticle.objects.by_author, found_author.pk)
    return render(
        request,
        "articles/author.html",
        {"author": found_author, "cards": found.cards, "older": found.older},
    )


@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """An opinion column."""
    found_column = queries.column_or_404(slug)
    found = _listing(request, PublishedArticle.objects.in_column, found_column.pk)
    return render(
        request,
        "articles/column.html",
        {"column": found_column, "cards": found.cards, "older": found.older},
    )


@require_safe
def opinion_list(request: HttpRequest) -> HttpResponse:
    """Everything of opinion."""
    found = _listing(request, PublishedArticle.objects.opinion)
    return render(request, "articles/opinion.html", {"cards": found.cards, "older": found.older})
