"""Marks and neighbours of an article: its place in a series, what a card says of its changes."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from articles.models import PublishedArticle
from articles.series import places_of
from newsroom.cache.tags import fresh_until

# A card says "Updated" for so long; later the article alone tells: docs/decisions/reading-marks.md
FRESH = timedelta(hours=24)

register = template.Library()


@register.inclusion_tag("partials/series_place.html", takes_context=True)
def series_place(context: template.Context, article: PublishedArticle) -> dict[str, object]:
    """“Part 2 of 5” with the part before and after; no query while the parts are stored."""
    return {"places": places_of(article), "site": context.get("site")}


@register.inclusion_tag("partials/series_line.html")
def series_line(article: PublishedArticle) -> dict[str, object]:
    """“Part 2 of 5” above the headline, leading to the box below the text."""
    return {"places": [place for place in places_of(article) if not place.is_package]}


@register.simple_tag(takes_context=True)
def fresh_update(context: template.Context, card: PublishedArticle) -> datetime | None:
    """When readers were last told of an update, if that is news; a silent change never is.

    `shown_at` in the context is the moment a page stands for; without it, now.
    """
    updated = card.updated_at
    if updated is None:
        return None
    at = context.get("shown_at") or timezone.now()
    if not card.published_at < updated <= at < updated + FRESH:
        return None
    fresh_until(updated + FRESH)
    return updated
