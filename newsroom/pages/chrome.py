"""What stands around every page: masthead, two navigations, foot. Read once a generation.

Cold: 6 queries (identity, menus, the places they lead to, and 3 for the desks).
Warm: none besides the generations.
"""

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain

from newsroom.cache.generations import stored
from newsroom.pages.desks import Desk, desks
from newsroom.pages.identity import Identity, identity
from newsroom.pages.menus import Group, Link, read_menus
from newsroom.pages.models import Menu

Place = Menu.Place


@dataclass(frozen=True)
class Chrome(Identity):
    """`site` in every template: the identity, the menus and the desks of the foot."""

    menu_main: tuple[Link, ...]
    menu_second: tuple[Link, ...]
    footer: tuple[Group, ...]
    legal: tuple[Link, ...]
    desks: tuple[Desk, ...]

    @cached_property
    def places(self) -> frozenset[str]:
        """Where all its menus lead."""
        groups = (group.entries for group in self.footer)
        return frozenset(
            link.href for link in chain(self.menu_main, self.menu_second, self.legal, *groups)
        )

    @classmethod
    def of(
        cls, paper: Identity, groups: tuple[Group, ...] = (), foot: tuple[Desk, ...] = ()
    ) -> "Chrome":
        def links(place: Place) -> tuple[Link, ...]:
            return next((group.entries for group in groups if group.place == place), ())

        return cls(
            **{field.name: getattr(paper, field.name) for field in fields(Identity)},
            menu_main=links(Place.MAIN),
            menu_second=links(Place.SECOND),
            footer=tuple(group for group in groups if group.place == Place.FOOTER),
            legal=links(Place.LEGAL),
            desks=foot,
        )

    @classmethod
    def bare(cls, paper: Identity) -> "Chrome":
        """The name alone, for pages shown while the database is down."""
        return cls.of(paper)


def chrome() -> Chrome:
    """The stored chrome. Raises django.db.Error."""
    return stored("chrome", _build, of="chrome")


def _build() -> Chrome:
    foot = tuple(desk for desk in desks() if desk.show_in_foot)
    return Chrome.of(identity(), read_menus(), foot)
