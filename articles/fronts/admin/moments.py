"""Two moments of a front, or two arrangements, beside each other."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.fronts.admin.history import page_context, visible_front
from articles.fronts.comparing import SlotChange, Stands, compare, of_content, of_shown
from articles.fronts.content import BLOCKS, BadContent, parse
from articles.fronts.looking_back import Fates, first_with, past_at
from articles.fronts.models import Arrangement, Front, Record
from articles.fronts.naming import block_names, size_name, slot_name
from articles.fronts.shown import Shown, from_json
from articles.models import Article
from newsroom.pages.times import PaperTimeField

TOKEN = re.compile(r"([ra])([1-9][0-9]{0,17})\Z")


class TwoMomentsForm(forms.Form):
    """Two minutes on the paper's clock."""

    from_at = PaperTimeField(label=gettext_lazy("From"), required=False)
    to_at = PaperTimeField(label=gettext_lazy("To"), required=False)


@dataclass
class Moment:
    """One side of the comparison: a record, or an arrangement as it was made."""

    token: str
    stands: Stands
    names: dict[str, str]
    at: datetime | None
    record: Record | None = None
    arrangement: Arrangement | None = None


@require_safe
def compare_view(request: HttpRequest, front_id: int) -> HttpResponse:
    """`?from=r3&to=a5`: a record by its id, an arrangement by its number; or `?from_at=&to_at=`
    minutes. Two arrangements are compared by what editors placed, everything else by what readers
    saw. Without `from` the one before; about 12 queries."""
    front = visible_front(request, front_id)
    timed = any(request.GET.get(name) for name in ("from_at", "to_at"))
    form = TwoMomentsForm(request.GET if timed else None)
    times = form.cleaned_data if timed and form.is_valid() else {}
    tokens = [_token(request, "from"), _token(request, "to")]
    by_hand = all(token and token[0] == "a" for token in tokens) and not times
    since, to = (
        _moment(front, times.get(name), token, by_hand=by_hand)
        for name, token in zip(("from_at", "to_at"), tokens, strict=True)
    )
    if since and not form.is_bound:
        form = TwoMomentsForm(initial={"from_at": since.at, "to_at": to.at if to else None})
    context = {
        **page_context(request, front, _("Compare")),
        "form": form, "since": since, "to": to, "by_hand": by_hand,
        "too_early": [name for name in times if times[name] and not past_at(front, times[name])],
    }  # fmt: skip
    if since and to:
        context |= compared(since.stands, to.stands, {**since.names, **to.names})
    return render(request, "admin/fronts/front/compare.html", context)


def compared(
    before: Stands, after: Stands, names: dict[str, str], *, hands: bool = True
) -> dict[str, Any]:
    """What templates/admin/fronts/front/slots.html needs; one query. Without `hands` it is no
    difference whether an editor or the rule placed a story."""
    result = compare(before, after, hands=hands)
    fates = Fates({stood.article for side in (before, after) for stood in side.values()})
    return {
        "comparison": result,
        "lines": [_line(change, names, fates) for change in result.changes],
    }


def names_of(shown: Shown) -> dict[str, str]:
    """The blocks by the titles that readers saw, or by their kind."""
    return {
        block.block.id: block.title if block.block.kind == "row" and block.title
        else block.block.title or str(BLOCKS[block.block.kind])
        for block in shown.blocks
    }  # fmt: skip


def _line(change: SlotChange, names: dict[str, str], fates: Fates) -> dict[str, Any]:
    """A slot that differs, in words."""
    sides = [
        stood and {
            "stood": stood, "fate": fates.of(stood.article), "size": size_name(stood.size),
        }
        for stood in (change.before, change.after)
    ]  # fmt: skip
    return {
        "change": change, "place": slot_name(change.slot, names),
        "before": sides[0], "after": sides[1],
        "went_to": slot_name(change.went_to, names) if change.went_to else "",
        "came_from": slot_name(change.came_from, names) if change.came_from else "",
    }  # fmt: skip


def _token(request: HttpRequest, name: str) -> str:
    raw = request.GET.get(name, "")
    if raw and not TOKEN.match(raw):
        raise Http404
    return raw


def _moment(front: Front, at: datetime | None, token: str, *, by_hand: bool) -> Moment | None:
    """The side that was asked for; None when none was. 404 for what is not of this front."""
    if at:
        past = past_at(front, at)
        return _of_record(past.record, at) if past else None
    if not token:
        return None
    found = named_by(front, token)
    if isinstance(found, Record):
        return _of_record(found, found.at)
    record = None if by_hand else first_with(found)
    return _of_record(record, record.at) if record else _of_arrangement(found, token)


def named_by(front: Front, token: str) -> Record | Arrangement:
    """The record or the arrangement of this front; 404 without one. One query."""
    found = TOKEN.match(token)
    if found is None:
        raise Http404
    number = int(found[2])
    if found[1] == "r":
        rows = front.records.select_related("arrangement__by", "front__section")
        return get_object_or_404(rows, pk=number)
    if number >= 2**31:
        raise Http404
    made = front.arrangements.select_related("by", "front__section")
    return get_object_or_404(made, number=number)


def _of_record(record: Record, at: datetime) -> Moment:
    shown = from_json(record.shown)
    token = f"r{record.pk}"
    return Moment(token, of_shown(shown), names_of(shown), at, record, record.arrangement)


def _of_arrangement(arrangement: Arrangement, token: str) -> Moment:
    try:
        content = parse(arrangement.content)
    except BadContent:
        raise Http404 from None
    ids = {placed.article for placed in content.slots.values()}
    headlines = dict(Article.objects.filter(pk__in=ids).values_list("pk", "headline"))
    at = arrangement.live_from or arrangement.publish_at or arrangement.made_at
    return Moment(
        token, of_content(content, headlines), block_names(content.blocks), at,
        arrangement=arrangement,
    )  # fmt: skip
