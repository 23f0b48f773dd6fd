"""Menus as links that lead somewhere: entries without a living target are left out."""

from collections import defaultdict
from dataclasses import dataclass

from newsroom.addresses.book import Place, places_of
from newsroom.cache.tags import seen
from newsroom.pages.models import Menu, MenuEntry
from newsroom.pages.models.menu import ADDRESS


@dataclass(frozen=True)
class Link:
    """One entry, ready to show. Paid ones carry `rel="sponsored"` and are marked as such."""

    label: str
    href: str
    sponsored: bool = False

    @property
    def rel(self) -> str:
        return "sponsored" if self.sponsored else ""


@dataclass(frozen=True)
class Group:
    """A menu with at least one link."""

    place: str
    title: str
    entries: tuple[Link, ...]


def read_menus() -> tuple[Group, ...]:
    """Every menu that has something to show; 2 queries, whatever the number of entries."""
    seen("menus")
    entries = list(
        MenuEntry.objects.filter(is_active=True)
        .select_related("menu")
        .order_by("menu__order", "menu_id", "order", "pk")
    )
    places = places_of((e.kind, e.object_id) for e in entries if e.object_id is not None)
    menus: dict[int, Menu] = {}
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for entry in entries:
        if link := _link(entry, places.get((entry.kind, entry.object_id or 0))):
            menus[entry.menu_id] = entry.menu
            links[entry.menu_id].append(link)
    return tuple(Group(menu.place, menu.title, tuple(links[pk])) for pk, menu in menus.items())


def _link(entry: MenuEntry, place: Place | None) -> Link | None:
    """The link, or None when what the entry leads to is gone, or not for readers yet."""
    if entry.kind == ADDRESS:
        return Link(entry.label or entry.url, entry.url, entry.sponsored)
    if place is None:
        return None
    return Link(entry.label or place.label or place.path, place.path, entry.sponsored)
