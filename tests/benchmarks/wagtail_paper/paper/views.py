"""What is no page of the tree: topics, authors, search."""

from django.db import connection
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from paper import lists
from paper.models import Author, Topic

# On SQLite Wagtail scores every story that it found by searching for all of them again: minutes for
# a common word. There a paper of this size would show the newest first.
BY_RELEVANCE = connection.vendor == "postgresql"


def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug)
    return _list(request, found, lists.newest().filter(topics=found), "paper/topic.html")


def author(request, slug):
    found = get_object_or_404(Author, slug=slug)
    return _list(request, found, lists.newest().filter(authors=found), "paper/author.html")


def _list(request, of, articles, template):
    cards = lists.page_of(articles.prefetch_related("authors"), request)
    lists.with_sections(cards)
    return TemplateResponse(request, template, {"of": of, "cards": cards})


def search(request):
    """By relevance, as Wagtail orders what it finds, where that is bearable."""
    asked = request.GET.get("q", "").strip()
    articles = lists.newest().prefetch_related("authors")
    found = articles.search(asked, order_by_relevance=BY_RELEVANCE) if asked else articles.none()
    cards = lists.page_of(found, request)
    lists.with_sections(cards)
    return TemplateResponse(request, "paper/search.html", {"asked": asked, "cards": cards})
