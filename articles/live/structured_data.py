"""LiveBlogPosting: what the page of a live coverage says of itself to machines."""

from typing import Any

from django.http import HttpRequest

from articles.live.models import LivePost
from articles.live.reading import shown_with
from articles.models import PublishedArticle
from articles.structured_data import absolute, publisher
from newsroom.lib.text import excerpt

# Characters of a post's text; the page holds all of it.
BODY = 500


def tell(request: HttpRequest, article: PublishedArticle, data: dict[str, Any]) -> None:
    """Make the article's data that of a live blog, with the posts this page shows: 20 and the
    pinned ones, about 600 bytes each."""
    page = shown_with(request, article)
    coverage = page.coverage
    data["@type"] = "LiveBlogPosting"
    data["coverageStartTime"] = min(coverage.opened_at, article.published_at).isoformat()
    if coverage.closed_at:
        data["coverageEndTime"] = coverage.closed_at.isoformat()
    changed = [post.edited_at or post.at for post in page.shown]
    if changed and max(changed).isoformat() > data["dateModified"]:
        data["dateModified"] = max(changed).isoformat()
    data["liveBlogUpdate"] = [_update(post) for post in page.shown]


def _update(post: LivePost) -> dict[str, Any]:
    words = post.plain
    update: dict[str, Any] = {
        "@type": "BlogPosting",
        "headline": excerpt(post.headline or words or post.embed_title or post.embed_url, 110),
        "url": absolute(post.get_absolute_url()),
        "datePublished": post.at.isoformat(),
        "dateModified": (post.edited_at or post.at).isoformat(),
        "author": publisher(),
    }
    if post.author:
        kind = "Organization" if post.author.is_institution else "Person"
        url = absolute(post.author.get_absolute_url())
        update["author"] = {"@type": kind, "name": post.author.name, "url": url}
    if words:
        update["articleBody"] = excerpt(words, BODY)
    if post.picture:
        update["image"] = post.picture.rendition_url("share")
    return update
