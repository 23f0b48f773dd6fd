"""A section's address leads to its front; without this app it would lead to its plain list."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse

from articles.fronts.models import Front, Record
from articles.list_changes import Kind, times
from newsroom.addresses.registry import (
    Changed,
    Subject,
    kinds,
    register_finder,
    register_kind,
    register_landmarks,
)


def _section_view(request: HttpRequest, section_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from articles.fronts.views import section

    return section(request, section_id)


def _changed(listed: Changed) -> Changed:
    """A section's page changes with its list, and when something else is placed on its front."""

    def changed(ids: Collection[int]) -> Mapping[int, datetime]:
        found = dict(listed(ids))
        records = Record.objects.filter(front__section_id__in=ids).order_by()
        for pk, at in records.values_list("front__section_id").annotate(Max("at")):
            found[pk] = max(at, found.get(pk, at))
        return found

    return changed


def _front(match: ResolverMatch, there: tuple[str, int] | None) -> Iterable[Subject]:
    """The front that a page is; one query. None before the desk has opened its list of fronts."""
    own = {"home": Front.Kind.HOME, "opinion": Front.Kind.OPINION}.get(match.url_name or "")
    fronts = Front.objects.filter(kind=own)
    if own is None:
        if there is None or there[0] != "section":
            return
        fronts = Front.objects.filter(section=there[1])
    for key in fronts.values_list("pk", flat=True):
        yield Front, key


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    records = Record.objects.order_by().values_list("front__kind").annotate(Max("at"))
    arranged = dict(records.filter(front__kind__in=[Front.Kind.HOME, Front.Kind.OPINION]))
    for path, front, listed in (
        ("/", Front.Kind.HOME, Kind.PAPER),
        (reverse("opinion"), Front.Kind.OPINION, Kind.OPINION),
    ):
        moments = [arranged.get(front), times(listed, [0]).get(0)]
        yield path, max((moment for moment in moments if moment), default=None)


def register() -> None:
    """Called once the apps are ready, after the journalism has named its own."""
    known = kinds["section"]
    register_kind(
        known.name,
        known.label,
        known.model,
        choices=known.choices,
        view=_section_view,
        changed=_changed(known.changed),
    )
    register_landmarks("fronts", _landmarks)
    register_finder(_front)
