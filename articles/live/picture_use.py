"""Where live posts use a picture; the library asks before one is deleted."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.live.models import LivePost
from articles.models.kinds import State
from newsroom.media import usage
from newsroom.media.models import Picture


def connect() -> None:
    """Called once the apps are ready."""
    usage.register(_("Live post"), _in_posts)


def _in_posts(picture: Picture) -> Iterator[usage.Use]:
    """Deleted posts among them: they can be brought back."""
    posts = LivePost.objects.filter(picture=picture).select_related("coverage__article")
    for post in posts.defer("body", "coverage__article__body")[:50]:
        article = post.coverage.article
        public = article.state == State.LIVE and post.deleted_at is None
        href = reverse("admin:live_coverage_desk", args=[post.coverage_id])
        yield usage.Use(f"{article.headline}: {post}", href, public, "articles.view_article")
