"""One article's page, under whatever slug it is asked for."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle, Tombstone
from articles.models.kinds import Kind, WithdrawalKind
from articles.share_cards import share_image
from articles.structured_data import article_data, to_script, trail
from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.sharing import Share


@kept(Lifetime.STORY, query=("before", "after", "order", "post"))
@require_safe
def article(request: HttpRequest, section: str, slug: str, article_id: int) -> HttpResponse:
    """Found by its id; any other section or slug redirects once to the present one."""
    story = queries.find_story(article_id)
    if story is None:
        return notice(request, article_id)
    found = story.article
    if (section, slug) != (found.section.slug, found.slug):
        return _on_record(request) or moved(found.get_absolute_url())
    page = queries.page_around(story)
    context = {**page_context(page), "head_of": found}
    # In the head, which is mostly in memory.
    context["share"] = SimpleLazyObject(lambda: share_of(found))
    context["structured_data"] = SimpleLazyObject(
        lambda: to_script(
            article_data(found, page.bylines, page.topics, page.corrections, request=request),
            trail(context["breadcrumbs"], found.headline),
        )
    )
    return TemplateResponse(request, "articles/article.html", context)


def share_of(found: PublishedArticle) -> Share:
    """What networks and messengers show of it."""
    return Share(
        title=found.share_title or found.headline,
        description=found.share_text or found.standfirst,
        image=share_image(found),
        type="article",
        language=found.language,
    )


def _on_record(request: HttpRequest) -> HttpResponse | None:
    """Where the address of an earlier system leads, which had other numbers; one query."""
    match = resolve(request.path)
    return moved(match.redirect) if match and match.redirect else None


def notice(request: HttpRequest, article_id: int) -> HttpResponse:
    """Why a withdrawn article is not there, under every slug it had."""
    tombstone = Tombstone.objects.filter(pk=article_id).first()
    if tombstone is None:
        raise Http404("no such article")
    if elsewhere := _on_record(request):
        return elsewhere
    code = WithdrawalKind(tombstone.kind).status
    words = {"reason": tombstone.reason, "kind": tombstone.kind, "code": code}
    gone = TemplateResponse(request, "410.html", words, status=code)
    # Browsers keep a bare 410 for ever, and would not see the article restored.
    patch_cache_control(gone, no_cache=True)
    return gone


def page_context(page: queries.ArticlePage) -> dict[str, Any]:
    """What the article's template is given, of a live article as of one previewed."""
    found = page.article
    breadcrumbs = [(found.section.name, found.section.get_absolute_url())]
    if found.column:
        breadcrumbs.append((found.column.name, found.column.get_absolute_url()))
    return {
        "article": found,
        "bylines": page.bylines,
        # Made only where it is set: in a part that may be there already.
        "body": SimpleLazyObject(partial(queries.text_of, page)),
        "corrections": page.corrections,
        # What stands under its posts depends on which of them are asked for.
        "in_parts": found.kind != Kind.LIVE,
        "topics": page.topics,
        "breadcrumbs": breadcrumbs,
        "latest": page.latest,
        "more": page.more,
        "related_stories": page.related,
    }
