"""When a line stands: in words, and as the list's filter."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.breaking.models import BreakingItem
from newsroom.pages.templatetags.paper import printed


def clock(moment: datetime) -> str:
    """The hour alone while no other day can be meant, else the date with it."""
    near = abs(moment - timezone.now()) < timedelta(hours=18)
    return printed(moment, "hour" if near else "long")


def standing(item: BreakingItem) -> str:
    """ "Now, until 15:40", "From 15:00 until 16:00", "14:00 to 14:20, ended by Edith"."""
    at = timezone.now()
    times = {"from": clock(item.starts_at), "until": clock(item.ends_at)}
    if item.standing_at(at):
        return _("Now, until %(until)s") % times
    if not item.over_at(at):
        return _("From %(from)s until %(until)s") % times
    if item.ends_at <= item.starts_at:
        return _("Given up; it was to begin %(from)s") % times
    if item.ended_by:
        return _("%(from)s until %(until)s, ended by %(name)s") % {
            **times, "name": item.ended_by.name,
        }  # fmt: skip
    return _("%(from)s until %(until)s") % times


class StandingFilter(admin.SimpleListFilter):
    """What stands or is planned, unless what stood is asked for."""

    title = gettext_lazy("time")
    parameter_name = "time"
    CHOICES = (
        (None, gettext_lazy("Now and planned")),
        ("now", gettext_lazy("Now")),
        ("planned", gettext_lazy("Planned")),
        ("past", gettext_lazy("Past")),
        ("all", gettext_lazy("All")),
    )

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, words) for value, words in self.CHOICES if value]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, words in self.CHOICES:
            query = {self.parameter_name: value} if value else {}
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    query, [] if value else [self.parameter_name]
                ),
                "display": words,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[BreakingItem]:
        at, found = timezone.now(), queryset
        asked = self.value()
        if asked == "now":
            found = queryset.standing(at)
        elif asked == "planned":
            found = queryset.not_over(at).filter(starts_at__gt=at)
        elif asked == "past":
            found = queryset.filter(Q(ends_at__lte=at) | Q(ends_at__lte=F("starts_at")))
        elif asked != "all":
            found = queryset.not_over(at)
        return found  # type: ignore[no-any-return]
