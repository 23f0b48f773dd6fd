"""What of the journalism has an address, and how menus choose among it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext_lazy as _

from articles.list_changes import Kind, times
from articles.models import Article, Author, Column, Section, Series, Topic
from articles.whereabouts import whereabouts
from newsroom.addresses.registry import (
    Subject,
    register_finder,
    register_follower,
    register_kind,
    register_landmarks,
)


def _section_view(request: HttpRequest, section_id: int) -> HttpResponse:
    # Imported late: views need the app registry.
    from articles.views.lists import section_list

    return section_list(request, section_id)


def register() -> None:
    """Called once the apps are ready."""
    _register("section", _("Section"), Section, view=_section_view)
    _register("topic", _("Topic"), Topic)
    _register("column", _("Column"), Column)
    _register("author", _("Author"), Author)
    _register("series", _("Series"), Series)
    register_follower(whereabouts)
    register_finder(_article)
    register_landmarks("articles", _landmarks)


def _article(match: ResolverMatch, there: tuple[str, int] | None) -> Iterable[Subject]:
    """By its number, whatever became of it; no query."""
    if match.url_name in {"article", "versions"}:
        yield Article, match.kwargs["article_id"]


def _landmarks() -> Iterable[tuple[str, datetime | None]]:
    yield reverse("corrections"), times(Kind.CORRECTIONS, [0]).get(0)
    yield reverse("archive"), times(Kind.PAPER, [0]).get(0)
    yield reverse("feeds"), None


def _register(
    name: str,
    label: Any,
    model: type[models.Model],
    view: Callable[..., HttpResponse] | None = None,
) -> None:
    def choices() -> Iterable[tuple[int, str]]:
        rows = model._default_manager.values_list("pk", "name").order_by("name")
        return (rows.filter(merged_into=None) if model is Topic else rows)[:2000]

    def changed(ids: Collection[int]) -> Mapping[int, datetime]:
        return times(name, ids)

    register_kind(name, label, model, choices=choices, view=view, changed=changed)
