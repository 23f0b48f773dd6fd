"""Which feeds there are: those every paper has, those of named things, those of apps above.

Whatever has a list of its own has a page, and its feeds stand below that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.addresses.book import places_of

if TYPE_CHECKING:  # who notes changes has them told
    from articles.list_changes import List

# Kinds of which there are many and whose pages have an entry in the address book.
NAMED = ("section", "topic", "author", "column", "series")


@dataclass(frozen=True)
class Standing:
    """A feed of which there is one; without a label it is called as the paper is."""

    page: str
    label: str | Promise = ""


standing: dict[str, Standing] = {
    "paper": Standing("/"),
    "opinion": Standing("/opinion/", _("Opinion")),
    "corrections": Standing("/corrections/", _("Corrections")),
}
# Of kinds that an app above has many of: from ids to the pages of those that readers may see.
_many: dict[str, Callable[[Iterable[int]], Iterable[str]]] = {}


def register_standing(kind: str, page: str, label: str | Promise) -> None:
    """An app above has one feed more; called once the apps are ready."""
    standing[kind] = Standing(page, label)


def register_many(kind: str, pages: Callable[[Iterable[int]], Iterable[str]]) -> None:
    """An app above has a feed for each of its things; called once the apps are ready."""
    _many[kind] = pages


def pages_of(lists: "Iterable[List]") -> list[str]:
    """The pages of these lists, without those that readers cannot ask for; one query, and one for
    each kind of an app above."""
    asked = set(lists)
    found = [standing[kind].page for kind, _id in asked if kind in standing]
    if named := {each for each in asked if each[0] in NAMED}:
        found += [place.path for place in places_of(named).values()]
    for kind, pages in _many.items():
        if ids := [pk for other, pk in asked if other == kind]:
            found += pages(ids)
    return sorted(found)
