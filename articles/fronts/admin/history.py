"""The time machine: a front as readers saw it at any minute, and every change of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.fronts.looking_back import (
    Past,
    around,
    gone_from,
    gone_pictures,
    lead_to_notes,
    past_at,
    records_of,
)
from articles.fronts.models import Front, Record
from articles.fronts.permissions import can_arrange
from articles.fronts.shown import from_json
from newsroom.pages.times import PaperTimeField

A_PAGE = 50


class MomentForm(forms.Form):
    """The minute to look at, on the paper's clock."""

    at = PaperTimeField(label=gettext_lazy("Day and time"), required=False)


def visible_front(request: HttpRequest, front_id: int) -> Front:
    """The front, for everybody who may see fronts: readers have seen all of this. 404 and 403."""
    if not request.user.has_perm("fronts.view_front"):
        raise PermissionDenied
    return get_object_or_404(Front.objects.select_related("section", "live__by"), pk=front_id)


def page_context(request: HttpRequest, front: Front, title: str) -> dict[str, Any]:
    """What every page of the time machine shows."""
    return {
        **admin.site.each_context(request),
        "front": front,
        "opts": Front._meta,
        "title": title,
        "may_arrange": can_arrange(request.user, front),  # type: ignore[arg-type]
    }


@require_safe
def past_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """`?at=` a minute, or `?record=`; without either the newest. About 8 queries."""
    front = visible_front(request, front_id)
    form = MomentForm(request.GET if "at" in request.GET else None)
    asked: datetime | None = form.cleaned_data["at"] if form.is_valid() else None
    past = _past(request, front, asked)
    too_early = asked is not None and past is None
    if too_early:
        first = front.records.select_related("arrangement__by").last()
        past = around(first) if first else None
    shown = from_json(past.record.shown) if past else None
    if asked is None and past and not form.is_bound:
        form = MomentForm(initial={"at": past.record.at})
    context = {
        **page_context(request, front, _("Time machine")),
        "form": form,
        "asked": asked,
        "too_early": too_early,
        "past": past,
        "by_hand": past is not None and _made(past.record),
        "gone": gone_from(shown) if shown else [],
        "gone_pictures": gone_pictures(past.record.shown) if past else [],
    }
    return render(request, "admin/fronts/front/past.html", context)


@require_safe
def past_frame_view(request: HttpRequest, front_id: int, record_id: int) -> HttpResponse:
    """What the frames show: the readers' templates with the words of that moment."""
    front = visible_front(request, front_id)
    record = get_object_or_404(Record, pk=record_id, front=front)
    shown = from_json(record.shown)
    gone = gone_from(shown)
    lead_to_notes(shown, gone)
    context = {"front": front, "record": record, "shown": shown, "gone": gone, "preview": True}
    return render(request, "admin/fronts/front/past_frame.html", context)


@require_safe
def changes_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """Every change of what readers saw, or with `?show=arrangements` what editors made, planned
    ones too; newest first, `A_PAGE` at a time."""
    front = visible_front(request, front_id)
    by_hand = request.GET.get("show") == "arrangements"
    before = number_in(request, "before")
    rows = _arrangements(front, before) if by_hand else _records(front, before)
    more = len(rows) > A_PAGE
    context = {
        **page_context(request, front, _("All changes")),
        "by_hand": by_hand,
        "rows": rows[:A_PAGE],
        "newest": before is None,
        "older": rows[A_PAGE - 1]["key"] if more else None,
    }
    return render(request, "admin/fronts/front/changes.html", context)


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number in the query; None without it, 404 for anything else."""
    raw = request.GET.get(name, "")
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise Http404
    return int(raw)


def _past(request: HttpRequest, front: Front, asked: datetime | None) -> Past | None:
    if asked:
        return past_at(front, asked)
    rows = front.records.select_related("arrangement__by")
    if record_id := number_in(request, "record"):
        return around(get_object_or_404(rows, pk=record_id))
    newest = rows.first()
    return around(newest) if newest else None


def _made(record: Record) -> bool:
    """Whether an editor's arrangement came with this record, and not a story by rule later on."""
    return record.arrangement is not None and record.arrangement.live_from == record.at


def _records(front: Front, before: int | None) -> list[dict[str, Any]]:
    """Records with the time each stood, and whether an arrangement made it. 2 queries."""
    rows = records_of(front)
    until: datetime | None = None
    if before is not None:
        last = get_object_or_404(front.records.defer("shown"), pk=before)
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
        until = last.at
    found = list(rows[: A_PAGE + 2])
    listed = []
    for number, record in enumerate(found[: A_PAGE + 1]):
        older = found[number + 1] if number + 1 < len(found) else None
        listed.append(
            {
                "key": record.pk, "token": f"r{record.pk}", "record": record, "since": record.at,
                "until": until, "arrangement": record.arrangement if _made(record) else None,
                "older": f"r{older.pk}" if older else "", "may_restore": until is not None,
            }
        )  # fmt: skip
        until = record.at
    return listed


def _arrangements(front: Front, before: int | None) -> list[dict[str, Any]]:
    rows = front.arrangements.defer("content").select_related("by", "restored_from")
    if before is not None:
        rows = rows.filter(number__lt=min(before, 2**31 - 1))
    return [
        {"key": each.number, "token": f"a{each.number}", "record": None, "arrangement": each,
         "is_live": each.pk == front.live_id, "may_restore": each.pk != front.live_id}
        for each in rows[: A_PAGE + 1]
    ]  # fmt: skip
