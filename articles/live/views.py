"""What open pages ask, and where a link to one post leads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from articles.live.news import news, number_of
from articles.live.places import is_on_first_page, place_of
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import seen

# Seconds for which a cache between us and the readers may answer for us.
FRESH = 2


@kept(Lifetime.FRONT)
@require_safe
def live_since(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """What changed after `number`, as HTML; nothing at all, or 304, when nothing did.

    The same for every reader, stored until something does, and kept for two seconds by a cache in
    front of the site. 2 queries when nothing is new, the generations' among them.
    """
    seen(f"article:{article_id}", f"coverage:{article_id}")
    state = number_of(article_id)
    if state is None:
        raise Http404("no live article of this kind")
    coverage_id, newest = state
    if coverage_id is None or number == newest:
        response = HttpResponse()
    else:
        found = news(coverage_id, number)
        newest = found.number
        context = {"news": found, "since": number, "coverage": found.coverage, "keys": found.keys}
        response = render(request, "live/since.html", context)
    etag = f'"{number}-{newest}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH)
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer or response


@require_safe
def live_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post, wherever in its article it stands today; that changes, so nobody keeps it.

    A deleted post leads to the article, which says so. 3 queries.
    """
    found = place_of(post_id)
    if found is None:
        raise Http404("no such post")
    post, article = found
    address = article.get_absolute_url()
    if post.deleted_at:
        target = f"{address}?post={post.pk}#live"
    elif is_on_first_page(post):
        target = f"{address}#post-{post.pk}"
    else:
        target = f"{address}?post={post.pk}#post-{post.pk}"
    response = redirect(target)
    patch_cache_control(response, no_cache=True)
    return response
