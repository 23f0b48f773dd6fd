"""The questions at the door of every page of the posting desk."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.live.models import Coverage, LivePost
from articles.live.permissions import can_edit, can_post


def coverage_for(request: HttpRequest, coverage_id: int) -> Coverage:
    """The coverage, for who may post in it: 404 without one, 403 without the right."""
    rows = Coverage.objects.select_related("article", "closed_by").defer("article__body")
    coverage = rows.filter(pk=min(coverage_id, 2**63 - 1)).first()
    if coverage is None:
        raise Http404
    if not can_post(request.user, coverage):  # type: ignore[arg-type]
        raise PermissionDenied
    return coverage


def post_for(request: HttpRequest, post_id: int) -> LivePost:
    """The post, for who may mend it."""
    rows = LivePost.objects.select_related("coverage__article", "posted_by", "picture")
    post = rows.defer("coverage__article__body").filter(pk=min(post_id, 2**63 - 1)).first()
    if post is None:
        raise Http404
    if not can_edit(request.user, post):  # type: ignore[arg-type]
        raise PermissionDenied
    return post
