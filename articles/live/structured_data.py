"""LiveBlogPosting: what the page of a live coverage says of itself to machines."""

from django.http import HttpRequest

from articles.live.models import LivePost
from articles.live.reading import shown_with
from articles.models import PublishedArticle
from articles.structured_data import absolute, name_of_paper, stamp
from articles.structured_data.people import author_in_short
from newsroom.lib.json_ld import Data
from newsroom.lib.text import excerpt

# Characters of a post's text; the page holds all of it.
BODY = 500


def tell(request: HttpRequest, article: PublishedArticle, data: Data) -> None:
    """Make the article's data that of a live blog, with the posts this page shows: 20 and the
    pinned ones, about 600 bytes each."""
    page = shown_with(request, article)
    coverage = page.coverage
    data["@type"] = "LiveBlogPosting"
    data["coverageStartTime"] = stamp(min(coverage.opened_at, article.published_at))
    if coverage.closed_at:
        data["coverageEndTime"] = stamp(coverage.closed_at)
    changed = [post.edited_at or post.at for post in page.shown]
    told = article.updated_at or article.published_at
    data["dateModified"] = stamp(max([told, *changed]))
    data["liveBlogUpdate"] = [_update(post) for post in page.shown]


def _update(post: LivePost) -> Data:
    words = post.plain
    update: Data = {
        "@type": "BlogPosting",
        "headline": excerpt(post.headline or words or post.embed_title or post.embed_url, 110),
        "url": absolute(post.get_absolute_url()),
        "datePublished": stamp(post.at),
        "dateModified": stamp(post.edited_at or post.at),
        "author": author_in_short(post.author) if post.author else {"@id": name_of_paper()},
    }
    if words:
        update["articleBody"] = excerpt(words, BODY)
    if post.picture:
        update["image"] = post.picture.rendition_url("share")
    return update
