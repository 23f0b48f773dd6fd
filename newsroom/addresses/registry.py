"""What an address can lead to; each app registers its kinds in `ready()`.

Menus offer the same kinds, so nobody below needs to know what a section or a topic is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kind:
    """`view(request, object_id)` answers a one-segment address; None: the kind has its own URLs.

    `choices()` yields (id, name) for the menu editor.
    """

    name: str
    label: Any
    view: View | None
    choices: Callable[[], Iterable[tuple[int, str]]]


kinds: dict[str, Kind] = {}


def register_kind(
    name: str,
    label: Any,
    *,
    choices: Callable[[], Iterable[tuple[int, str]]],
    view: Callable[[HttpRequest, int], HttpResponse] | None = None,
) -> None:
    """Make a kind known; registering the same name again replaces it (tests, reloads)."""
    kinds[name] = Kind(name, label, view, choices)
