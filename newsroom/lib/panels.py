"""What an app puts on the desk, the admin's first page. newsroom/admin.py gathers and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise


class Row(NamedTuple):
    """One thing that waits for somebody: what, where to go for it, and a word beside it."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """A titled list. `empty` is said when there are no rows; without it the panel is left out then.

    Low `order` stands first. `more` is the address of the whole list, of which rows are the top.
    """

    title: str | Promise
    rows: Sequence[tuple[str, str, str]] = field(default_factory=list)
    empty: str | Promise = ""
    order: int = 50
    more: str = ""
