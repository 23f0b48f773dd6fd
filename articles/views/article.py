"""One article's page, under whatever slug it is asked for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles import corrections, queries
from articles.body.render import fill
from articles.models import Tombstone
from articles.models.kinds import WithdrawalKind
from articles.structured_data import article_data, to_script
from newsroom.addresses.views import moved


@require_safe
def article(request: HttpRequest, section: str, slug: str, article_id: int) -> HttpResponse:
    """Found by its id; any other section or slug redirects once to the present one."""
    found = queries.find_article(article_id)
    if found is None:
        tombstone = Tombstone.objects.filter(pk=article_id).first()
        if tombstone is None:
            raise Http404("no such article")
        code = WithdrawalKind(tombstone.kind).status
        notice = {"reason": tombstone.reason, "kind": tombstone.kind, "code": code}
        gone = render(request, "410.html", notice, status=code)
        # Browsers keep a bare 410 for ever, and would not see the article restored.
        patch_cache_control(gone, no_cache=True)
        return gone
    if (section, slug) != (found.section.slug, found.slug):
        return moved(found.get_absolute_url())
    page = queries.article_page(found)
    standing = corrections.standing(found)
    data = article_data(found, page.bylines, page.topics, standing, request=request)
    context = {**page_context(page), "corrections": standing, "structured_data": to_script(data)}
    return render(request, "articles/article.html", context)


def page_context(page: queries.ArticlePage) -> dict[str, Any]:
    """What the article's template is given, of a live article as of one previewed."""
    found = page.article
    breadcrumbs = [(found.section.name, found.section.get_absolute_url())]
    if found.column:
        breadcrumbs.append((found.column.name, found.column.get_absolute_url()))
    return {
        "article": found,
        "bylines": page.bylines,
        "body": fill(found.body, page.pictures, page.cards),
        "topics": page.topics,
        "breadcrumbs": breadcrumbs,
        "latest": page.latest,
        "more": page.more,
        "related_stories": page.related,
    }
