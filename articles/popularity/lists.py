"""What readers are shown: a list that holds, or the newest stories and why.

Everything is stored under both generations, "popularity" (lists) and "articles" (cards): a page
costs no query for it, and a story that is withdrawn is gone at once.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import connection
from django.db.models import Subquery
from django.db.models.expressions import RawSQL

from articles.models import PublishedArticle, Section
from articles.popularity.models import RankedList
from articles.popularity.ranking import KEPT, PAPER
from articles.popularity.windows import ENOUGH, Window, too_old
from articles.querysets import PublishedQuerySet
from newsroom.cache.generations import stored
from newsroom.cache.tags import collecting, fresh_until, seen, shows

T = TypeVar("T")
Cards = list[PublishedArticle]

# Why the newest stand in a list's place.
NEVER, OLD, FEW = "never", "old", "few"
NEWEST = ""

# The stories of a section's lists; a list keeps them as JSON.
_STORIES = {
    "sqlite": "SELECT one.value ->> 0 FROM {table} AS list, json_each(list.rows) AS one "
    "WHERE list.section_id = %s",
    "postgresql": "SELECT (one.value ->> 0)::bigint FROM {table} AS list, "
    "jsonb_array_elements(list.rows) AS one(value) WHERE list.section_id = %s",
}


@dataclass(frozen=True)
class Shown:
    """A list as it is shown; without `window` it is the newest stories, and `why` says why."""

    cards: Cards
    window: Window | None
    why: str
    counted_until: datetime | None


@dataclass(frozen=True)
class _Known:
    """Every list of a section, and its newest stories under NEWEST."""

    cards: dict[str, Cards]
    counted_until: datetime | None


def shown(
    windows: Sequence[Window], *, size: int, at: datetime, section: Section | None = None
) -> Shown:
    """The first of these windows that holds; one query with nothing stored, else none.

    What is wrong with the last of them is said when none does.
    """
    section_id = section.pk if section else PAPER
    seen("popularity")
    lengths, until = _both(f"{section_id}:index", lambda: _index(_known(section_id)))
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
        cards = _cards(section_id, window, size)
        shows(*cards)
        return Shown(cards, window, "", until)
    cards = _cards(section_id, NEWEST, size)
    _newest(section_id)  # and with it the tag of the list
    shows(*cards)
    return Shown(cards, None, why, until)


def _both(name: str, build: Callable[[], T]) -> T:
    """Stored until a list or a story changes; what of it is shown says `shown`."""
    with collecting():
        lists = stored("most-read", lambda: secrets.token_hex(8), of="popularity")
        return stored(f"most-read:{lists}:{name}", build, of="articles")


def _newest(section_id: int) -> PublishedQuerySet:
    live = PublishedArticle.objects
    return live.in_section(section_id) if section_id else live.latest_first()


def _index(known: _Known) -> tuple[dict[str, int], datetime | None]:
    return {name: len(cards) for name, cards in known.cards.items()}, known.counted_until


def _cards(section_id: int, name: str, size: int) -> Cards:
    """So many of one list, stored by themselves: what is stored is copied when it is used."""
    return _both(f"{section_id}:{name}:{size}", lambda: _known(section_id).cards[name][:size])


def _known(section_id: int) -> _Known:
    return _both(f"{section_id}:all", lambda: _read(section_id))


def _read(section_id: int) -> _Known:
    """Lists, their live stories, the newest, and the last count, in one query."""
    live, lists = PublishedArticle.objects, RankedList.objects
    sql = _STORIES[connection.vendor].format(table=RankedList._meta.db_table)
    newest = _newest(section_id)
    listed = live.filter(pk__in=RawSQL(sql, [section_id]))  # noqa: S611  (no word of anybody's)
    rows = {
        f"{window}_rows": Subquery(
            lists.filter(section_id=section_id, window=window).values("rows")[:1]
        )
        for window in Window
    }
    # Reading is counted for the whole paper: its lists know when that was last.
    until = lists.filter(section_id=PAPER, counted_until__isnull=False).order_by("-counted_until")
    found = {
        card.pk: card
        for card in live.any_of([listed, newest[:KEPT]])
        .for_cards()
        .annotate(**rows, counted_until=Subquery(until.values("counted_until")[:1]))
        .order_by("-published_at", "-article_id")
    }
    cards: dict[str, Cards] = {NEWEST: [*found.values()][:KEPT]}
    one = next(iter(found.values()), None)
    for window in Window:
        order = [int(row[0]) for row in getattr(one, f"{window}_rows", None) or []]
        cards[window.value] = [found[pk] for pk in order if pk in found]
    return _Known(cards, getattr(one, "counted_until", None))
