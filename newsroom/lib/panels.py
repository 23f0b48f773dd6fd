"""What an app puts on the desk, the admin's first page. newsroom/admin.py gathers and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALL = _("All of them")


class Row(NamedTuple):
    """One thing that waits for somebody: what, where to go for it, and a word beside it.

    `until` is a moment to count down to, said before the note. `more` stands below in full, such
    as what an editor wrote to the writer. Without `href` it is no link.
    """

    label: str
    href: str
    note: str = ""
    until: datetime | None = None
    more: str = ""


@dataclass(frozen=True)
class Panel:
    """A titled list. `empty` is said when there are no rows; without it the panel is left out then.

    Low `order` stands first. `more` is the address of the whole list, of which rows are the top;
    `more_label` is what the link there says. An `alarm` stands above all others, only with rows.
    """

    title: str | Promise
    rows: Sequence[Row] = field(default_factory=list)
    empty: str | Promise = ""
    order: int = 50
    more: str = ""
    more_label: str | Promise = ALL
    alarm: bool = False
