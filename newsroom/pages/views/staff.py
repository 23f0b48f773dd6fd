"""The staff directory."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import seen
from newsroom.lib.json_ld import to_script
from newsroom.pages.models import StaffMember
from newsroom.pages.structured_data import trail


@kept(Lifetime.STORY)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody by desk; one query. A paper that lists nobody has no such page."""
    seen("staff", "desks")
    desks: dict[int, dict[str, object]] = {}
    members = StaffMember.objects.select_related("desk").order_by(
        "desk__order", "desk__name", "desk_id", "order", "pk"
    )
    people: dict[int, list[dict[str, str]]] = {}
    for member in members:
        row = {
            "name": member.name,
            "role": member.role,
            "email": member.email,
            "url": member.link,
        }
        people.setdefault(member.desk_id, []).append(row)
        desks[member.desk_id] = {"name": member.desk.name, "members": people[member.desk_id]}
    if not desks:
        raise Http404("no staff directory")
    context = {
        "desks": list(desks.values()),
        "structured_data": to_script(trail([], _("Staff"))),
    }
    return render(request, "pages/staff.html", context)
