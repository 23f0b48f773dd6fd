"""The archive: the years, a year's months, a month's calendar, a day's stories.

A period without stories has no page, nor has a date that does not exist or is spelt another way.
"""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import queries
from articles.archive import reading
from articles.archive.days import tag_of
from articles.archive.reading import Kind, Shown
from articles.archive.showing import link, months, shown, table, words
from articles.models.archive import address
from articles.structured_data import list_data, to_script, trail
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import seen
from newsroom.lib.dates import date_or_404
from newsroom.lib.pagination import parse_key

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@kept(Lifetime.FRONT, query=("day",))
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every year, newest first, and the calendar of the newest month; `?day=` leads to a day."""
    calendar, typed = reading.shown(), request.GET.get("day")
    if calendar is None or typed is None:
        return TemplateResponse(request, "articles/archive/archive.html", _front(calendar))
    day = _typed(typed)
    if day and calendar.periods(Kind.DAY).filter(start=day).exists():
        response = redirect(address(Kind.DAY, day))
        patch_cache_control(response, no_cache=True)
        return response
    # Such a day has no page. This one says so, and where the nearest stories are.
    context = _front(calendar) | {
        "missing": words(Kind.DAY, day) if day else "",
        "nearest": [link(Kind.DAY, near) for near in reading.nearest(calendar, day)] if day else [],
        "asked": True,
    }
    return TemplateResponse(request, "articles/archive/archive.html", context, status=404)


def _typed(text: str) -> date | None:
    """The day in the form's field, as browsers send it; None for what is no day."""
    try:
        return date.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        return None


def _front(calendar: Shown | None) -> dict[str, object]:
    """The years, and the newest month of all; 3 queries."""
    seen("archive")
    name, path = _("Archive"), reverse("archive")
    context: dict[str, object] = {
        "structured_data": to_script(list_data(name, path), trail([], name)),
    }
    years = list(calendar.periods(Kind.YEAR).order_by("-start")) if calendar else []
    newest = calendar.periods(Kind.MONTH).last() if calendar else None
    if calendar and newest:
        context |= {
            "years": [link(Kind.YEAR, year.start, year.count) for year in years],
            "count": sum(year.count for year in years),
            "first_year": years[-1].start.year,
            "month": link(Kind.MONTH, newest.start, newest.count),
            **table(newest.start, reading.days_of(calendar, newest.start)),
        }
    return context


@kept(Lifetime.STORY)
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months with their numbers."""
    calendar = reading.shown_or_404()
    found = reading.period_or_404(calendar, Kind.YEAR, date_or_404(year))
    context = {
        **shown(found),
        "months": months(found.start, reading.months_of(calendar, found.start)),
    }
    return TemplateResponse(request, "articles/archive/year.html", context)


@kept(Lifetime.STORY)
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month's calendar."""
    calendar = reading.shown_or_404()
    found = reading.period_or_404(calendar, Kind.MONTH, date_or_404(year, month))
    context = {**shown(found), **table(found.start, reading.days_of(calendar, found.start))}
    return TemplateResponse(request, "articles/archive/month.html", context)


@kept(Lifetime.STORY, query=("before",))
@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """A day's stories, newest first; a busy day has several pages."""
    calendar = reading.shown_or_404()
    found = reading.period_or_404(calendar, Kind.DAY, date_or_404(year, month, day))
    start, end = calendar.bounds(found.start)
    key = parse_key(request.GET.get("before"))
    if key and not start <= key.at < end:
        raise Http404("no page of this day")
    own = tag_of(Kind.DAY, found.start)
    page = queries.listing("between", start, end, key=key, tag=own)
    context = {**shown(found, page.items), "cards": page.items, "pager": page}
    return TemplateResponse(request, "articles/archive/day.html", context)
