"""What was wrong and what has changed: the paper's corrections, the versions of one article."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import corrections, queries
from newsroom.addresses.views import moved
from newsroom.lib.pagination import parse_key


@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    """All corrections that stand, newest first."""
    key = parse_key(request.GET.get("before"))
    found = corrections.page(before=key)
    if key and not found.changes:
        raise Http404("no such page")
    context = {"changes": found.changes, "older": found.older}
    return render(request, "articles/corrections.html", context)


@require_safe
def versions_page(request: HttpRequest, section: str, slug: str, article_id: int) -> HttpResponse:
    """When an article changed and what its readers were told; 404 where the desk keeps it shut."""
    found = queries.find_article(article_id)
    if found is None or not found.show_versions:
        raise Http404("no such article")
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
