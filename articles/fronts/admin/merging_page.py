"""The page on which an editor chooses where two people changed the same; needs no script."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.fronts.admin.saying import moment
from articles.fronts.content import CROPS, LAYOUTS, SIZES, SOURCES, Block, Content, Placement
from articles.fronts.drafts import Saved
from articles.fronts.merging import Conflict
from articles.fronts.models import Front
from articles.fronts.naming import block_names, slot_name
from articles.fronts.presence import name_of
from articles.models import Article


@dataclass
class Side:
    """One of the two, or what both began with: lines of words."""

    choice: str
    whose: str
    lines: list[str]
    chosen: bool = False


@dataclass
class Question:
    """One conflict as it is asked."""

    name: str
    label: str
    base: list[str]
    sides: list[Side]


def page(
    request: Any, front: Front, base: Content, mine: Content, saved: Saved, what: str,
    chosen: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Status 409: nothing of either is lost, and nothing is saved until it is answered."""
    now = Front.objects.select_related("draft_by").get(pk=front.pk)
    theirs = saved.content
    words = _Words(front, (base, mine, theirs), saved.conflicts, name_of(now.draft_by))
    context = {
        **admin.site.each_context(request),
        "title": _("Two versions"),
        "opts": Front._meta,
        "front": front,
        "name": name_of(now.draft_by),
        "time": moment(now.draft_at),
        "questions": [words.question(each) for each in saved.conflicts],
        "count": len(saved.conflicts),
        "carried": [
            ("base", _json(base)), ("mine", _json(mine)), ("theirs", _json(theirs)),
            ("base_number", str(saved.number)), ("what", what), ("q", request.POST.get("q", "")),
            *((f"choice-{name}", answer) for name, answer in (chosen or {}).items()),
        ],
    }  # fmt: skip
    return TemplateResponse(request, "admin/fronts/front/conflict.html", context, status=409)


def _json(content: Content) -> str:
    return json.dumps(content.as_json(), separators=(",", ":"))


class _Words:
    """Conflicts in words: headlines for numbers, names for slots and blocks. Four queries."""

    def __init__(
        self, front: Front, sides: Iterable[Content], conflicts: Iterable[Conflict], name: str
    ) -> None:
        base, mine, theirs = sides
        self.name = name
        blocks = {b.id: b for side in (mine, base, theirs) for b in side.blocks}
        self.names = block_names(blocks.values())
        numbers = {p.article for side in (base, mine, theirs) for p in side.slots.values()}
        rows = Article.objects.filter(pk__in=numbers).values_list("pk", "headline")
        self.headlines = dict(rows)

    def question(self, conflict: Conflict) -> Question:
        sides = {side: self._lines(conflict, side) for side in ("base", "mine", "theirs")}
        whose = {
            "theirs": _("From %(name)s") % {"name": self.name},
            "mine": _("Mine"),
            "both": _("Both: it stands twice"),
        }
        shown = [
            Side(choice, whose[choice], sides.get(choice, []), choice == "theirs")
            for choice in conflict.choices
        ]
        return Question(conflict.name, self._label(conflict), sides["base"], shown)

    def _label(self, conflict: Conflict) -> str:
        if conflict.kind == "slot":
            return slot_name(conflict.key, self.names)
        if conflict.kind == "block":
            return self.names.get(conflict.key, conflict.key)
        if conflict.kind == "order":
            return _("Order of the blocks")
        return _("“%(story)s” in two places") % {"story": self._story(int(conflict.key))}

    def _lines(self, conflict: Conflict, side: str) -> list[str]:
        value: Any = getattr(conflict, side)
        if conflict.kind == "slot":
            return self._placement(value)
        if conflict.kind == "twice":
            return [slot_name(slot, self.names) for slot in value] or [_("on no slot by hand")]
        if conflict.kind == "order":
            return [self.names.get(name, name) for name in value]
        return self._block(value, conflict)

    def _placement(self, placed: Placement | None) -> list[str]:
        if placed is None:
            return [_("by rule")]
        lines = [self._story(placed.article)]
        if placed.headline:
            lines.append(_("headline: %s") % placed.headline)
        if placed.kicker:
            lines.append(_("kicker: %s") % placed.kicker)
        if placed.picture:
            lines.append(_("picture: %s") % placed.picture)
        if placed.crop:
            lines.append(_("crop: %s") % CROPS[placed.crop])
        if placed.size:
            lines.append(_("size: %s") % SIZES[placed.size])
        return lines

    def _block(self, block: Block | None, conflict: Conflict) -> list[str]:
        if block is None:
            return [_("taken away")]
        lines = {
            "source": _("filled by: %s") % SOURCES[block.source],
            "source_id": str(block.source_id or ""),
            "title": _("title: %s") % (block.title or "–"),
            "layout": _("set as: %s") % LAYOUTS[block.layout],
            "count": _("slots: %d") % block.count,
            "repeat": _("may repeat") if block.repeat else _("repeats nothing"),
            "hidden": _("hidden") if block.hidden else _("shown"),
        }
        parts = conflict.contested or ("title", "source", "layout", "count", "hidden")
        return [lines[part] for part in parts if lines.get(part)]

    def _story(self, article: int) -> str:
        return self.headlines.get(article) or _("Article %(number)d") % {"number": article}
