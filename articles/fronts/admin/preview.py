"""A front before it is published: the draft, or a plan, as on a phone and on a desktop."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.fronts.admin.saying import moment, plans_of
from articles.fronts.content import BadContent, Content, parse
from articles.fronts.drafts import draft_of
from articles.fronts.filling import fill
from articles.fronts.finding import content_of
from articles.fronts.models import Arrangement, Front
from articles.fronts.permissions import can_arrange


@require_safe
def preview_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """Both widths side by side; `?of=live` shows what readers have, `?of=12` a plan."""
    front = _readable(request, front_id)
    of, content, plan = _content(request, front)
    frame = reverse("admin:fronts_front_preview_frame", args=[front.pk])
    context = {
        **admin.site.each_context(request),
        "title": _("Preview: %(front)s") % {"front": front},
        "opts": Front._meta,
        "front": front,
        "of": of,
        "plan": plan,
        "plans": plans_of(front),
        "frame": f"{frame}?of={of}",
        "skipped": fill(front, content, at=timezone.now()).skipped,
        "may": can_arrange(request.user, front),  # type: ignore[arg-type]
        "base_number": front.draft_number,
    }
    return render(request, "admin/fronts/front/preview.html", context)


@require_safe
def preview_frame_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """What the frames show: the readers' own templates, kept by nobody and listed nowhere."""
    front = _readable(request, front_id)
    _of, content, plan = _content(request, front)
    at = timezone.now()
    context = {
        "front": front, "section": front.section, "shown": fill(front, content, at=at),
        "preview": True, "plan": plan, "planned": moment(plan.publish_at) if plan else "",
    }  # fmt: skip
    response = render(request, "admin/fronts/front/preview_frame.html", context)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _readable(request: HttpRequest, front_id: int) -> Front:
    """The front, for everybody who sees it in the admin."""
    if not request.user.has_perm("fronts.view_front"):
        raise PermissionDenied
    return get_object_or_404(Front.objects.select_related("live", "section"), pk=front_id)


def _content(request: HttpRequest, front: Front) -> tuple[str, Content, Arrangement | None]:
    """What is asked for: the draft, `live`, or an arrangement by its number; 404 for another."""
    of = request.GET.get("of", "draft")
    if of == "draft":
        return of, draft_of(front), None
    if of == "live":
        return of, content_of(front), None
    if not (of.isascii() and of.isdigit() and len(of) < 10):
        raise Http404("no such arrangement")
    found = get_object_or_404(Arrangement, front=front, number=of)
    try:
        return of, parse(found.content), found
    except BadContent as error:
        raise Http404("this arrangement cannot be read") from error
