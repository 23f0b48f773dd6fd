"""Putting an old front back: as the draft, or for readers at once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.fronts import drafts
from articles.fronts.admin.history import page_context, visible_front
from articles.fronts.admin.moments import compared, named_by, names_of
from articles.fronts.arranging import CannotArrange, publish
from articles.fronts.comparing import of_shown
from articles.fronts.filling import fill
from articles.fronts.finding import content_of
from articles.fronts.models import Arrangement, Front, Record
from articles.fronts.naming import block_names, slot_name
from articles.fronts.permissions import can_arrange
from articles.fronts.putting_back import PutBack, of_arrangement, of_record
from articles.fronts.shown import from_json
from newsroom.lib.text import excerpt, tidy
from newsroom.pages.templatetags.paper import printed

LONGEST = 200


class Overtaken(Exception):
    """The front or its draft is not what was looked at."""


@dataclass
class Old:
    """What is to be put back."""

    token: str
    record: Record | None
    arrangement: Arrangement | None
    # All that readers saw, or what was placed by hand alone.
    all_of_it: bool
    found: PutBack

    @property
    def words(self) -> str:
        """ "The front of 22 November 2026, 14:05"; what a note says by itself."""
        if self.record:
            return _("Back to %s") % printed(self.record.at)
        number = self.arrangement.number if self.arrangement else 0
        return _("Back to arrangement %d") % number


@require_http_methods(["GET", "HEAD", "POST"])
def restore_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """`?of=r3` or `?of=a5`, of a record with `&which=hand` or `&which=all`. Shows what changes for
    readers and what cannot come back; on POST does it, unless somebody was quicker."""
    front = visible_front(request, front_id)
    if not can_arrange(request.user, front):  # type: ignore[arg-type]
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    old = _old(front, asked.get("of", ""), all_of_it=asked.get("which") != "hand")
    if request.method == "POST":
        try:
            return _put_back(request, front, old)
        except Overtaken:
            messages.warning(
                request, _("The front was changed meanwhile. Look again at what changes.")
            )
        except CannotArrange as refusal:
            messages.error(request, str(refusal))
        front.refresh_from_db()
    at = timezone.now()
    now, then = fill(front, content_of(front), at=at), fill(front, old.found.content, at=at)
    names = {**names_of(now), **names_of(then)}
    context = {
        **page_context(request, front, _("Restore")),
        "old": old,
        "note": asked.get("note", "") or old.words,
        "over": _seen(front),
        "draft_differs": drafts.differs(front),
        "lost": lost_in_words(old.found),
        **compared(of_shown(now), of_shown(then), names, hands=False),
    }
    return render(request, "admin/fronts/front/restore.html", context)


def lost_in_words(found: PutBack) -> list[dict[str, str]]:
    """What does not come back: where it stood, which story, why."""
    names = block_names(found.content.blocks) if found.lost else {}
    return [
        {"place": slot_name(each.slot, names), "headline": each.headline, "why": each.why}
        for each in found.lost
    ]


def _old(front: Front, token: str, *, all_of_it: bool) -> Old:
    named = named_by(front, token)
    if isinstance(named, Arrangement):
        return Old(token, None, named, False, of_arrangement(named))
    found = of_record(named, from_json(named.shown), by_hand_alone=not all_of_it)
    return Old(token, named, named.arrangement, all_of_it, found)


def _seen(front: Front) -> str:
    """Names the draft and the arrangement that the page compared with."""
    return f"{front.draft_number}-{front.live_id or 0}"


def _put_back(request: HttpRequest, front: Front, old: Old) -> HttpResponse:
    user: Any = request.user
    note = excerpt(tidy(request.POST.get("note", "")), LONGEST) or old.words
    with transaction.atomic():
        now = Front.objects.select_for_update().get(pk=front.pk)
        if request.POST.get("over") != _seen(now):
            raise Overtaken
        if "_publish" in request.POST:
            before = _way_back(now)
            made = publish(
                now, by=user, content=old.found.content, note=note, restored_from=old.arrangement
            )
            said = _("Readers see it now, as arrangement %d.") % made.number
            address = reverse("admin:fronts_front_past", args=[front.pk])
        else:
            before = ""
            base = drafts.draft_of(now)
            saved = drafts.save(
                now, old.found.content, base=base, base_number=now.draft_number, by=user, what=note
            )
            said = _("It is the draft now. Readers see nothing of it until you publish.")
            if not saved.changed:
                said = _("The draft is like that already.")
            address = reverse("admin:fronts_front_change", args=[front.pk])
    _say(request, front, said, before)
    for lost in lost_in_words(old.found):
        words = _("%(place)s: “%(headline)s” did not come back (%(why)s).") % lost
        messages.warning(request, words)
    return redirect(address)


def _way_back(front: Front) -> str:
    """What undoes it: the arrangement that was live, or what stood by rule."""
    if front.live:
        return f"a{front.live.number}"
    newest = front.records.defer("shown").first()
    return f"r{newest.pk}&which=hand" if newest else ""


def _say(request: HttpRequest, front: Front, said: str, before: str) -> None:
    if not before:
        messages.success(request, said)
        return
    address = reverse("admin:fronts_front_restore", args=[front.pk])
    link = format_html('<a href="{}?of={}">{}</a>', address, before, _("Undo…"))
    messages.success(request, format_html("{} {}", said, link))
