"""What an address can lead to; each app registers its kinds in `ready()`.

Menus offer the same kinds, so nobody below needs to know what a section or a topic is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

View = Callable[..., HttpResponse]
# Of paths that the table says nothing final about: where each is now, "" if nothing is there.
# Paths of which the app knows nothing are left out. A few queries for all of them together.
Follower = Callable[[Collection[str]], Mapping[str, str]]
# Of objects of one kind, when the page of each last changed for readers; unknown ones are left out.
Changed = Callable[[Collection[int]], Mapping[int, datetime]]
# The pages of which an app has one each (home, contact) and that are there now, with the same time.
Landmarks = Callable[[], Iterable[tuple[str, datetime | None]]]
# What a page is about, or is made of, and staff can change: a model and a key.
Subject = tuple[type[Model], int]
# Of the view that answers a page, and the kind and id that the table has for its address: subjects
# that the table does not name. A query at most.
Finder = Callable[[ResolverMatch, tuple[str, int] | None], Iterable[Subject]]


@dataclass(frozen=True)
class Kind:
    """`view(request, object_id)` answers a one-segment address; None: the kind has its own URLs.

    `choices()` yields (id, name) for the menu editor, `changed(ids)` the times for sitemaps; of
    `model` are the things of the kind.
    """

    name: str
    label: Any
    model: type[Model]
    view: View | None
    choices: Callable[[], Iterable[tuple[int, str]]]
    changed: Changed


def _never(ids: Collection[int]) -> Mapping[int, datetime]:
    return {}


kinds: dict[str, Kind] = {}
followers: list[Follower] = []
landmarks: dict[str, Landmarks] = {}
finders: list[Finder] = []


def register_kind(
    name: str,
    label: Any,
    model: type[Model],
    *,
    choices: Callable[[], Iterable[tuple[int, str]]],
    view: Callable[[HttpRequest, int], HttpResponse] | None = None,
    changed: Changed = _never,
) -> None:
    """Make a kind known; registering the same name again replaces it (tests, reloads)."""
    kinds[name] = Kind(name, label, model, view, choices, changed)


def register_landmarks(app: str, source: Landmarks) -> None:
    """Let sitemaps name the pages of an app that stand in no table."""
    landmarks[app] = source


def register_follower(follower: Follower) -> None:
    """Let an app say where its own addresses lead that stand in no table: articles, by number."""
    if follower not in followers:
        followers.append(follower)


def register_finder(finder: Finder) -> None:
    """Let an app say what its pages are about where the table does not: articles, by number."""
    if finder not in finders:
        finders.append(finder)
