"""Menus as links that lead somewhere: entries without a living target are left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value

from newsroom.addresses.models import Address
from newsroom.addresses.registry import kinds
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
    path = Address.objects.filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id"), is_current=True
    ).values("path")[:1]
    entries = list(
        MenuEntry.objects.filter(is_active=True)
        .select_related("menu")
        .annotate(path=Subquery(path))
        .order_by("menu__order", "menu_id", "order", "pk")
    )
    targets = [(e.kind, e.object_id) for e in entries if e.object_id is not None and e.path]
    names = names_of(targets)
    menus: dict[int, Menu] = {}
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for entry in entries:
        if link := _link(entry, names.get((entry.kind, entry.object_id or 0))):
            menus[entry.menu_id] = entry.menu
            links[entry.menu_id].append(link)
    return tuple(Group(menu.place, menu.title, tuple(links[pk])) for pk, menu in menus.items())


def names_of(targets: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The present names of things of several kinds; what readers cannot reach is missing.

    One query for all kinds that offer one (`Kind.names`), else one more for each.
    """
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for name, object_id in targets:
        wanted[name].add(object_id)
    found: dict[tuple[str, int], str] = {}
    queries: list[QuerySet[Any, Any]] = []
    for name, ids in wanted.items():
        kind = kinds.get(name)
        if kind is None:
            continue
        if kind.names is None:
            found.update({(name, pk): label for pk, label in kind.labels(ids).items()})
            continue
        rows = kind.names().filter(pk__in=ids).order_by()
        queries.append(rows.annotate(_kind=Value(name, output_field=CharField())))
    if queries:
        first, *others = queries
        for pk, label, name in first.union(*others, all=True):
            found[name, pk] = label
    return found


def _link(entry: MenuEntry, name: str | None) -> Link | None:
    """The link, or None when what the entry leads to is gone, not public, or has no name yet."""
    if entry.kind == ADDRESS:
        return Link(entry.label or entry.url, entry.url, entry.sponsored)
    path: str | None = getattr(entry, "path", None)
    if name is None or path is None:
        return None
    return Link(entry.label or name, path, entry.sponsored)
