"""The open page says that it is open, and hears who else has it open and what was saved since."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.fronts import presence
from articles.fronts.admin.saying import moment
from articles.fronts.models import Front
from articles.fronts.permissions import can_arrange


@require_POST
def presence_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """Every twenty seconds from static/js/admin/fronts/presence.js; `gone` when the page closes."""
    front = get_object_or_404(Front.objects.select_related("draft_by"), pk=front_id)
    user, at = request.user, timezone.now()
    if not can_arrange(user, front):  # type: ignore[arg-type]
        raise PermissionDenied
    if "gone" in request.POST:
        presence.leave(front, user, at)  # type: ignore[arg-type]
        return HttpResponse(status=204)
    presence.mark(front, user, at)  # type: ignore[arg-type]
    newer = ""
    if request.POST.get("base_number", "") != str(front.draft_number) and front.draft_at:
        facts = {"name": presence.name_of(front.draft_by), "time": moment(front.draft_at)}
        newer = _("%(name)s saved at %(time)s: what you do next is merged with it.") % facts
    others = presence.others(front, user, at)  # type: ignore[arg-type]
    return JsonResponse({"csrf": get_token(request), "others": others, "newer": newer})
