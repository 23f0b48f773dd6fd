"""What the arrange page shows."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.fronts import presence
from articles.fronts.admin import picker, planning, saying
from articles.fronts.admin.board import Board, board, layouts
from articles.fronts.content import CROPS, MOST_SLOTS, SIZES, Content
from articles.fronts.drafts import draft_of
from articles.fronts.models import Front

# Steps that can be chosen to go back to; more are kept.
STEPS = 12


def page(
    request: Any,
    front: Front,
    *,
    may: bool,
    content: Content | None = None,
    base: Content | None = None,
    number: int | None = None,
    errors: dict[str, str] | None = None,
    form: Any = None,
) -> HttpResponse:
    """The draft as it is, or what was typed, with what is wrong with it. About 25 queries."""
    now = timezone.now()
    draft = draft_of(front)
    shown = content or draft
    drawn = board(front, shown, at=now)
    if errors:
        drawn.mark(errors, request.POST)
    plans = [(each, saying.replaced_by(front, each)) for each in saying.plans_of(front)]
    next_at = plans[0][0].publish_at if plans else None
    kept = list(front.kept_drafts.select_related("by").defer("content")[:STEPS]) if may else []
    # One's own last step; what others did since stays.
    undo = next((step for step in kept if step.by_id == request.user.pk), None)
    looking = request.POST if request.method == "POST" else request.GET
    query = looking.get("q", "").strip()[:200]
    places = _places(drawn)
    context = {
        **admin.site.each_context(request),
        "title": _("Arrange: %(front)s") % {"front": front},
        "opts": Front._meta,
        "front": front,
        "may": may,
        "board": drawn,
        "base": json.dumps((base or draft).as_json(), separators=(",", ":")),
        "base_number": front.draft_number if number is None else number,
        "state": saying.state(front),
        "plans": plans,
        "next_plan": saying.next_plan(next_at, plans[0][1]) if next_at else "",
        "plan_form": form or planning.PlanForm(),
        "kept": kept,
        "undo": undo,
        "undo_words": saying.undo_words(undo.what) if undo else "",
        "stories": picker.stories(query, places),
        "query": query,
        "to": _slot(drawn, looking.get("to", "")),
        "at": looking.get("at", "")[:60],
        "taken": _taken(drawn, looking.get("taken", "")),
        "others": presence.others(front, request.user, now),
        "sizes": SIZES.items(),
        "crops": CROPS.items(),
        "layouts": layouts(),
        "counts": range(1, MOST_SLOTS + 1),
        "address": _address(front),
    }
    if may and request.method != "POST":
        presence.mark(front, request.user, now)
    return TemplateResponse(request, "admin/fronts/front/arrange.html", context)


def _places(drawn: Board) -> dict[int, tuple[str, bool]]:
    """Where each story stands, in words, and whether by hand; the highest place counts."""
    found: dict[int, tuple[str, bool]] = {}
    for slot in drawn.slots:
        if slot.placed:
            found.setdefault(slot.placed.article, (slot.name, True))
        elif slot.seen:
            found.setdefault(slot.seen.card.pk, (slot.name, False))
    return found


def _slot(drawn: Board, key: str) -> str:
    """The slot into which the list's buttons put a story: the first, unless one was chosen."""
    keys = [slot.key for slot in drawn.slots]
    return key if key in keys else keys[0] if keys else ""


def _taken(drawn: Board, value: str) -> dict[str, str] | None:
    """The story that was taken up and waits for its slot."""
    key, _colon, story = value.partition(":")
    slot = drawn.slot(key)
    if slot is None or str(slot.story) != story:
        return None
    return {"value": value, "words": slot.words, "name": slot.name, "slot": key}


def _address(front: Front) -> str:
    """Where readers see it."""
    if front.section:
        return front.section.get_absolute_url()
    return reverse("home") if front.kind == Front.Kind.HOME else reverse("opinion")
