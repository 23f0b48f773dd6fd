"""Where one post stands, and the newest of them; of live articles alone."""

from collections.abc import Iterable

from articles.live.models import LivePost
from articles.live.reading import PAGE, beyond, key_of, whole
from articles.models import PublishedArticle
from articles.models.kinds import Kind


def newest(article_id: int, count: int) -> Iterable[LivePost]:
    """The newest posts of a live article, for its feed; one query."""
    posts = LivePost.objects.filter(
        coverage__article=article_id,
        coverage__article__published__kind=Kind.LIVE,
        deleted_at=None,
    )
    return whole(posts).order_by("-at", "-pk")[:count]


def place_of(post_id: int) -> tuple[LivePost, PublishedArticle] | None:
    """A post, deleted or not, with its live article; None while readers see neither. One query."""
    post = (
        LivePost.objects.filter(pk=post_id, coverage__article__published__kind=Kind.LIVE)
        .select_related("coverage__article__published__section")
        .defer("body", "source", "coverage__article__body", "coverage__article__published__body")
        .first()
    )
    return (post, post.coverage.article.published) if post else None


def is_on_first_page(post: LivePost) -> bool:
    """Whether the article's own address shows the post; one query, none for a pinned one."""
    if post.is_pinned:
        return True
    before_it = LivePost.objects.filter(coverage=post.coverage_id, deleted_at=None, is_pinned=False)
    key, newest_first = key_of(post), post.coverage.newest_first
    before_it = before_it.filter(
        beyond(None if newest_first else key, key if newest_first else None, inclusive=False)
    )
    return len(before_it.values("pk")[:PAGE]) < PAGE
