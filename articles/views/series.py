"""The page of a series or a package."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle, Series
from articles.series import MOST_PARTS
from articles.structured_data import list_data, to_script, trail
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.sharing import Share, image_of


@kept(Lifetime.FRONT)
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Its live parts in order; 404 until one is. Nothing says what is to come."""
    found = queries.series_or_404(slug)
    parts = PublishedArticle.objects.in_series(found.pk).for_cards()
    cards = list(parts[:MOST_PARTS])
    if not cards:
        raise Http404("no live part of this series")
    context = {
        "series": found,
        "is_package": found.kind == Series.Kind.PACKAGE,
        "cards": cards,
        "share": Share(image=image_of(found.picture)),
        "structured_data": to_script(
            list_data(found.name, found.get_absolute_url(), cards, description=found.description),
            trail([], found.name),
        ),
    }
    return TemplateResponse(request, "articles/series.html", context)
