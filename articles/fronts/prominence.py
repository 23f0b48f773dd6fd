"""Where an article stood, how long and how large: its times in slots, joined and added up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from articles.fronts.finding import content_of
from articles.fronts.models import Front, Standing
from articles.fronts.naming import block_names, size_name, slot_name
from articles.models import Article

# From the largest down; a size that is not known is the smallest.
LARGEST_FIRST = ("lead", "large", "small", "text")


@dataclass
class Stay:
    """A time without a break in one slot, in one size; `until` is None while it stands there."""

    front: Front
    slot: str
    size: str
    by_hand: bool
    since: datetime
    until: datetime | None
    at: datetime
    place: str = ""

    @property
    def lasted(self) -> timedelta:
        return (self.until or self.at) - self.since

    @property
    def size_in_words(self) -> str:
        return size_name(self.size)

    @property
    def rank(self) -> tuple[int, timedelta]:
        """Small is large: by size, then by how long."""
        sizes = LARGEST_FIRST
        return sizes.index(self.size) if self.size in sizes else len(sizes), -self.lasted


@dataclass
class Total:
    """A front and how long the story stood anywhere on it."""

    front: Front
    lasted: timedelta
    now: bool


@dataclass
class Prominence:
    """Stays newest first, the time on each front (longest first), and the largest place."""

    stays: list[Stay] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    largest: Stay | None = None


def prominence(article: Article, *, at: datetime) -> Prominence:
    """Everything about one article. 1 query, and at most 4 a front for the names of slots."""
    rows = Standing.objects.filter(article=article, since__lte=at)
    rows = rows.select_related("front__section", "front__live").order_by("since", "pk")
    stays = _joined(rows, at)
    _name(stays)
    by_front: dict[int, list[Stay]] = {}
    for stay in stays:
        by_front.setdefault(stay.front.pk, []).append(stay)
    totals = [
        Total(group[0].front, _together(group), any(s.until is None for s in group))
        for group in by_front.values()
    ]
    return Prominence(
        sorted(stays, key=lambda s: (s.since, s.slot), reverse=True),
        sorted(totals, key=lambda t: t.lasted, reverse=True),
        min(stays, key=lambda s: s.rank, default=None),
    )


def _joined(rows: Iterable[Standing], at: datetime) -> list[Stay]:
    """Times that follow on each other in the same slot, size and manner as one."""
    open_stays: dict[tuple[int, str], Stay] = {}
    stays: list[Stay] = []
    for row in rows:
        key = (row.front_id, row.slot)
        last = open_stays.get(key)
        until = row.until if row.until and row.until <= at else None
        same = last and (last.size, last.by_hand) == (row.size, row.by_hand)
        if last and same and (last.until is None or last.until >= row.since):
            last.until = None if None in (last.until, until) else max(last.until, until)  # type: ignore[type-var]
            continue
        stay = Stay(row.front, row.slot, row.size, row.by_hand, row.since, until, at)
        open_stays[key] = stay
        stays.append(stay)
    return stays


def _together(stays: Iterable[Stay]) -> timedelta:
    """How long it stood anywhere: two slots at once count once."""
    total, end = timedelta(), None
    for stay in sorted(stays, key=lambda s: s.since):
        until = stay.until or stay.at
        begin = max(stay.since, end) if end else stay.since
        if until > begin:
            total += until - begin
        end = max(until, end) if end else until
    return total


def _name(stays: list[Stay]) -> None:
    """Slots in words, by the blocks their fronts have now."""
    fronts = {stay.front.pk: stay.front for stay in stays}
    names = {pk: block_names(content_of(front).blocks) for pk, front in fronts.items()}
    for stay in stays:
        stay.place = f"{stay.front}: {slot_name(stay.slot, names[stay.front.pk])}"
