"""The numbers behind Most Read: how many readers each story has in a window, faded as it fades."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.popularity.models import Exclusion, Popularity, RankedList
from articles.popularity.ranking import PAPER
from articles.popularity.windows import FLOOR, HALF_LIFE, Window, readers, too_old

SHOWN = 50


def numbers_view(request: HttpRequest) -> HttpResponse:
    """The fifty most read of one window, those in no list too; four queries."""
    if not request.user.has_perm("popularity.view_exclusion"):
        raise PermissionDenied
    asked = request.GET.get("window", "")
    window = Window(asked) if asked in Window.values else Window.HOURS
    at = timezone.now()
    found = Popularity.objects.select_related("article__published__section")
    top = list(
        found.defer("article__body", "article__published__body", "article__published__text")
        .order_by(f"-{window}", "-article_id")[:SHOWN]
    )  # fmt: skip
    kept_out = {
        each.article_id: each.pk
        for each in Exclusion.objects.standing().filter(article__in=[row.pk for row in top])
    }
    paper = RankedList.objects.filter(section_id=PAPER, window=window).first()
    until = paper.counted_until if paper else None
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": Exclusion._meta,
        "title": _("What is read"),
        "window": window,
        "windows": list(Window),
        "rows": [
            {
                "article": row.article,
                "live": row.article.is_live,
                "readers": round(readers(getattr(row, window), window, at), 1),
                "last": row.last_read_at,
                "exclusion": kept_out.get(row.pk),
            }
            for row in top
        ],
        "counted_until": until,
        "is_old": until is not None and at - until > too_old(window),
        "half_life": round(HALF_LIFE[window].total_seconds() / 3600),
        "floor": FLOOR,
    }
    return render(request, "admin/popularity/exclusion/numbers.html", context)
