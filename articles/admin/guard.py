"""The one question at the door of every page that decides what readers see."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.permissions import can_publish


def publishable(request: HttpRequest, article_id: int) -> Article:
    """The article with its versions, for who may publish it: 404 without one, 403 without the
    right."""
    article = (
        Article.objects.select_related("latest_revision__by", "live_revision__by", "section")
        .filter(pk=article_id)
        .first()
    )
    if article is None:
        raise Http404
    if not can_publish(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    return article
