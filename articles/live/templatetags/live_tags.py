"""The posts of a live coverage under its article."""

from typing import Any

from django import template
from django.http import HttpRequest

from articles.live.reading import shown_with, under_way
from articles.models import PublishedArticle
from articles.models.kinds import Kind

# Seconds between two questions of an open page.
EVERY = 10

register = template.Library()


@register.inclusion_tag("live/coverage.html", takes_context=True)
def live_coverage(context: template.Context, article: PublishedArticle) -> dict[str, object]:
    """The coverage of an article of that kind; nothing, and no query, for any other or a preview.

    Raises Http404 for a page of posts that is not there.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or article.kind != Kind.LIVE or article._state.adding:
        return {}
    page = shown_with(request, article)
    return {
        **_around(context),
        "page": page,
        "coverage": page.coverage,
        "keys": page.keys,
        "on_page": {post.pk for post in page.shown},
        "article": article,
        "address": article.get_absolute_url(),
        "every": EVERY,
    }


@register.inclusion_tag("live/line.html", takes_context=True)
def live_line(context: template.Context, article: PublishedArticle) -> dict[str, object]:
    """The way from the head of such an article to its posts; what it asks for is read once."""
    request: HttpRequest | None = context.get("request")
    if request is None or article.kind != Kind.LIVE or article._state.adding:
        return {}
    return {"coverage": shown_with(request, article).coverage}


@register.simple_tag
def is_on(card: PublishedArticle) -> bool:
    """Whether posts are still to come under this story."""
    return card.pk in under_way()


def _around(context: template.Context) -> dict[str, Any]:
    """What every template knows; an inclusion tag's own does not."""
    return {name: context.get(name) for name in ("request", "site", "today")}
