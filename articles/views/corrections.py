"""What was wrong and what has changed: the paper's corrections, the versions of one article."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import corrections, queries
from articles.structured_data import to_script, trail
from articles.views.article import notice
from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.lib.pagination import parse_key


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    """All corrections that stand, newest first."""
    found = corrections.page(parse_key(request.GET.get("before")))
    context = {
        "changes": found.items,
        "pager": found,
        "structured_data": to_script(trail([], _("Corrections"))),
    }
    return render(request, "articles/corrections.html", context)


@kept(Lifetime.STORY)
@require_safe
def versions_page(request: HttpRequest, section: str, slug: str, article_id: int) -> HttpResponse:
    """When an article changed and what its readers were told; 404 where the desk keeps it shut.

    Of a withdrawn one it says what the article's own address says.
    """
    found = queries.find_article(article_id)
    if found is None:
        return notice(request, article_id)
    if not found.show_versions:
        raise Http404("not shown to readers")
    if (section, slug) != (found.section.slug, found.slug):
        return moved(f"{found.get_absolute_url()}versions/")
    context = {
        "article": found,
        "changes": corrections.versions(found),
        "breadcrumbs": [
            (found.section.name, found.section.get_absolute_url()),
            (found.headline, found.get_absolute_url()),
        ],
    }
    return render(request, "articles/versions.html", context)
