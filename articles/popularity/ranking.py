"""Scores become lists: of the paper and of each section, for each window."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from articles.models import PublishedSection
from articles.popularity.models import Exclusion, Popularity, RankedList
from articles.popularity.windows import Window, floor, readers
from newsroom.cache.generations import hold, touch
from newsroom.cache.purging import purge

# Stories a list keeps: more than are shown, since some may be withdrawn.
KEPT = 15
# Stories of a window that are looked at; a section whose readers are below them has too few.
LOOKED_AT = 2_000
# How old the note "counted until" may grow in a list that stays the same.
FRESH = timedelta(minutes=5)
PAPER = 0

Key = tuple[int, str]
Rows = list[list[float]]


def rank(*, at: datetime, counted_until: datetime | None = None) -> bool:
    """Write the lists anew; whether any changed.

    Six queries when none did, however much has ever been read. `counted_until` is when reads were
    counted last; None leaves what stands.
    """
    scores = {window: _scores(window, at) for window in Window}
    places = _places({story for found in scores.values() for story, _score in found})
    with transaction.atomic():
        hold()  # an exclusion made meanwhile is either seen here or waits
        kept_out = set(Exclusion.objects.standing().values_list("article_id", flat=True))
        fresh = _lists(scores, places, kept_out, at)
        return _keep(fresh, at, counted_until)


def _scores(window: Window, at: datetime) -> list[tuple[int, float]]:
    """Stories with readers enough, most first; reads the index from its top."""
    found = Popularity.objects.filter(**{f"{window}__gte": floor(window, at)})
    return list(
        found.order_by(f"-{window}", "-article_id").values_list("article_id", window)[:LOOKED_AT]
    )


def _places(stories: set[int]) -> dict[int, list[int]]:
    """The sections of those that are live; the others are not named."""
    places: dict[int, list[int]] = defaultdict(list)
    pairs = PublishedSection.objects.filter(article__in=stories)
    for story, section in pairs.values_list("article_id", "section_id"):
        places[story].append(section)
    return places


def _lists(
    scores: Mapping[Window, list[tuple[int, float]]],
    places: Mapping[int, list[int]],
    kept_out: set[int],
    at: datetime,
) -> dict[Key, Rows]:
    lists: dict[Key, Rows] = {(PAPER, window.value): [] for window in Window}
    for window, found in scores.items():
        for story, score in found:
            if story in kept_out or story not in places:
                continue
            for section in (PAPER, *places[story]):
                rows = lists.setdefault((section, window.value), [])
                if len(rows) < KEPT:
                    rows.append([story, round(readers(score, window, at), 1)])
    return lists


def _keep(fresh: dict[Key, Rows], at: datetime, counted_until: datetime | None) -> bool:
    """Write what differs in its order; at times the moment of the last count alone."""
    known = {(row.section_id, row.window): row for row in RankedList.objects.all()}
    for key in known.keys() - fresh.keys():
        fresh[key] = []
    changed, written = False, []
    for key, rows in fresh.items():
        row = known.get(key) or RankedList(section_id=key[0], window=key[1], rows=None)
        differs = row.rows is None or [r[0] for r in row.rows] != [r[0] for r in rows]
        until = counted_until or row.counted_until
        aged = key[0] == PAPER and until is not None and (
            row.counted_until is None or until - row.counted_until >= FRESH
        )  # fmt: skip
        if differs or aged:
            row.rows, row.made_at, row.counted_until = rows, at, until
            written.append(row)
            changed |= differs
    if written:
        RankedList.objects.bulk_create(
            [
                RankedList(
                    section_id=row.section_id, window=row.window, rows=row.rows,
                    made_at=row.made_at, counted_until=row.counted_until,
                )
                for row in written
            ],
            update_conflicts=True,
            unique_fields=["section_id", "window"],
            update_fields=["rows", "made_at", "counted_until"],
        )  # fmt: skip
        touch("popularity")
        purge("popularity")
    return changed
