"""The open form says that it is open, and hears who else has it open and what was saved since."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import presence
from articles.models import Article
from articles.permissions import can_change


@require_POST
def presence_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every twenty seconds from static/js/admin/editor/presence.js; `gone` when the form closes.

    The answer's token lets a form be sent that was opened before a new log-in in another tab.
    """
    article = get_object_or_404(Article, pk=article_id)
    user = request.user
    if not can_change(user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    if "gone" in request.POST:
        presence.leave(article, user)  # type: ignore[arg-type]
        return HttpResponse(status=204)
    at = timezone.now()
    presence.mark(article, user, at)  # type: ignore[arg-type]
    return JsonResponse(
        {
            "csrf": get_token(request),
            "others": presence.others(article, user, at),  # type: ignore[arg-type]
            "newer": presence.newer(article, base_of(request), user),  # type: ignore[arg-type]
        }
    )


def base_of(request: HttpRequest) -> int | None:
    """The id of the revision the form was opened over, as the form says it."""
    sent = request.POST.get("base_revision", "")
    return int(sent) if re.fullmatch(r"[0-9]{1,18}", sent) else None
