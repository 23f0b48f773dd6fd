"""Where pictures are used. This app knows none of its users; each registers itself in `ready()`."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise

from newsroom.media.models import Picture


class Use(NamedTuple):
    """One place: its name, where staff edit it ("" for nowhere), whether readers see it.

    `permission` is what somebody needs to read the name; without it they learn the kind alone.
    """

    title: str
    href: str = ""
    is_public: bool = True
    permission: str = ""


Finder = Callable[[Picture], Iterable[Use | tuple[str, str]]]
_finders: list[tuple[str | Promise, Finder]] = []


def register(label: str | Promise, find: Finder) -> None:
    """`find(picture)` names the places of this kind ("Lead picture of") that show the picture."""
    _finders.append((label, find))


def uses(picture: Picture, *, most: int = 50) -> list[tuple[str, Use]]:
    """Every place the picture is used, with the kind's label; one query or two for each kind."""
    found: list[tuple[str, Use]] = []
    for label, find in _finders:
        for use in find(picture):
            if len(found) >= most:
                return found
            found.append((str(label), Use(*use)))
    return found
