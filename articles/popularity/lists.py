"""What readers are shown: a list that holds, or the newest stories and why.

Everything is stored under both generations, "popularity" (lists) and "articles" (cards): a page
costs no query for it, and a story that is withdrawn is gone at once.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeVar

from articles.models import PublishedArticle, Section
from articles.newest import List, cards, newest, shows_lists
from articles.popularity.models import RankedList
from articles.popularity.ranking import KEPT, PAPER
from articles.popularity.windows import ENOUGH, Window, too_old
from newsroom.cache.generations import stored
from newsroom.cache.tags import collecting, fresh_until, seen, shows

T = TypeVar("T")
Cards = list[PublishedArticle]

# Why the newest stand in a list's place.
NEVER, OLD, FEW = "never", "old", "few"
NEWEST = ""


@dataclass(frozen=True)
class Shown:
    """A list as it is shown; without `window` it is the newest stories, and `why` says why."""

    cards: Cards
    window: Window | None
    why: str
    counted_until: datetime | None


@dataclass(frozen=True)
class _Known:
    """The ids of every list of a section, and of its newest stories under NEWEST."""

    ids: dict[str, list[int]]
    counted_until: datetime | None


def shown(
    windows: Sequence[Window], *, size: int, at: datetime, section: Section | None = None
) -> Shown:
    """The first of these windows that holds; four queries with nothing stored, else none.

    What is wrong with the last of them is said when none does.
    """
    section_id = section.pk if section else PAPER
    seen("popularity")
    lengths, until = _both(f"{section_id}:index", lambda: _index(_live(section_id)))
    why = NEVER
    for window in windows:
        if until is None:
            break
        if at - until > too_old(window):
            why = OLD
            continue
        fresh_until(until + too_old(window))
        if lengths[window] < ENOUGH:
            why = FEW
            continue
        stories = _cards(section_id, window, size)
        shows(*stories)
        return Shown(stories, window, "", until)
    stories = _cards(section_id, NEWEST, size)
    shows_lists(_newest(section_id))
    shows(*stories)
    return Shown(stories, None, why, until)


def _both(name: str, build: Callable[[], T]) -> T:
    """Stored until a list or a story changes; what of it is shown says `shown`."""
    with collecting():
        lists = stored("most-read", lambda: secrets.token_hex(8), of="popularity")
        return stored(f"most-read:{lists}:{name}", build, of="articles")


def _newest(section_id: int) -> List:
    return (KEPT, "in_section", section_id) if section_id else (KEPT, "latest_first")


def _index(known: _Known) -> tuple[dict[str, int], datetime | None]:
    return {name: len(ids) for name, ids in known.ids.items()}, known.counted_until


def _cards(section_id: int, name: str, size: int) -> Cards:
    """So many of one list, stored by themselves: what is stored is copied when it is used."""

    def build() -> Cards:
        ids = _live(section_id).ids[name][:size]
        found = cards(ids)
        return [found[pk] for pk in ids if pk in found]

    return _both(f"{section_id}:{name}:{size}", build)


def _live(section_id: int) -> _Known:
    """What of the lists is live, and the newest."""

    def build() -> _Known:
        asked = _newest(section_id)
        ids = {**_listed(section_id).ids, NEWEST: newest([asked])[asked]}
        found = cards(set(chain.from_iterable(ids.values())))
        live = {name: [pk for pk in each if pk in found] for name, each in ids.items()}
        return _Known(live, _listed(section_id).counted_until)

    return _both(f"{section_id}:live", build)


def _listed(section_id: int) -> _Known:
    """The lists as they were made, and the last count; one query, none until they change."""

    def build() -> _Known:
        ids: dict[str, list[int]] = {window.value: [] for window in Window}
        until: list[datetime] = []
        asked = RankedList.objects.filter(section_id__in={section_id, PAPER})
        for section, window, rows, counted in asked.values_list(
            "section_id", "window", "rows", "counted_until"
        ):
            if section == section_id:
                ids[window] = [int(row[0]) for row in rows]
            if section == PAPER and counted:  # reading is counted for the whole paper
                until.append(counted)
        return _Known(ids, max(until, default=None))

    with collecting():
        return stored(f"most-read:{section_id}", build, of="popularity")
