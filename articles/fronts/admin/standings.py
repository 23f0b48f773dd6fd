"""Where an article stood on fronts, how long and how large."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.fronts.prominence import prominence
from articles.models import Article

SHOWN = 200


@require_safe
def standings_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """For whoever may read the article; newest first, the `SHOWN` newest one by one."""
    article = get_object_or_404(Article, pk=article_id)
    if not admin.site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    found = prominence(article, at=timezone.now())
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "article": article,
        "opts": Article._meta,
        "title": _("Where it stood"),
        "prominence": found,
        "stays": found.stays[:SHOWN],
        "more": max(0, len(found.stays) - SHOWN),
        "may_look": request.user.has_perm("fronts.view_front"),
    }
    return render(request, "admin/fronts/front/standings.html", context)
