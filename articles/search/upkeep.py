"""Keeping both indexes whole: what is missing, made in an older way, or has moved.

The tick looks every ten minutes, so that after an upgrade, or whatever wrote articles behind the
site's back, the archive is found without anybody's doing. Batches are short, for SQLite has one
writer; each is safe to repeat, and what was published meanwhile is never overwritten.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from articles.models import Article, ArticleTopic, DeskEntry, PublishedArticle, PublishedTopic
from articles.models.search import Entry, SearchEntry
from articles.search.entries import VERSION, index, index_desk
from newsroom.lib.tasks import task

BATCH, LOOKED_UP, MOVED = 50, 5_000, 200
# How long one look of the tick may work, and how long it rests after each batch: others write too.
LONGEST, REST = timedelta(minutes=8), 0.01


@dataclass(frozen=True)
class Index:
    """What has entries, and how these are written."""

    name: str
    rows: type[Model]
    entries: type[Entry]
    write: Callable[[Iterable[int]], None]

    def missing(self) -> QuerySet[Model]:
        """Articles without an entry; reads two indexes of the database from end to end."""
        entry = self.entries._default_manager.filter(pk=OuterRef("pk"))
        return self.rows._default_manager.filter(~Exists(entry))

    def outdated(self) -> QuerySet[Entry]:
        """Entries whose terms were made in another way than today's."""
        return self.entries._default_manager.filter(Q(version__lt=VERSION) | Q(version__gt=VERSION))

    def orphans(self) -> QuerySet[Entry]:
        """Entries without an article: those a release deleted that knew no index."""
        row = self.rows._default_manager.filter(pk=OuterRef("pk"))
        return self.entries._default_manager.filter(~Exists(row))


INDEXES = (
    Index("readers", PublishedArticle, SearchEntry, index),
    Index("desk", Article, DeskEntry, index_desk),
)


def run_due(at: datetime) -> int:
    """Write what is missing or outdated, for eight minutes at most; how many entries. The tick."""
    end = time.monotonic() + LONGEST.total_seconds()
    return sum(fill(each, go_on=lambda: time.monotonic() < end) for each in INDEXES)


def fill(
    into: Index, *, go_on: Callable[[], bool] = lambda: True,
    told: Callable[[int], object] = lambda done: None,
) -> int:  # fmt: skip
    """Write entries until none is missing or outdated, the newest articles first; how many.

    `told` hears after each batch how many are done; `go_on` is asked before it.
    """
    done = 0
    for rows in (into.missing(), into.outdated()):
        before = None
        while ids := _next(rows, before, LOOKED_UP):
            for start in range(0, len(ids), BATCH):
                if not go_on():
                    return done
                done += _write(into, ids[start : start + BATCH])
                told(done)
            before = ids[-1]
    into.orphans().delete()
    return done


def rewrite(into: Index, *, before: int | None = None, told: Callable[[int, int], object]) -> None:
    """Write every entry anew, whatever it says, from the highest number down; `told` hears how many
    are done and how far down, which is where an interrupted one goes on (`before`)."""
    done = 0
    while ids := _next(into.rows._default_manager.all(), before, BATCH):
        done += _write(into, ids)
        before = ids[-1]
        told(done, before)


def _next(rows: QuerySet[Any], before: int | None, count: int) -> list[int]:
    """The highest numbers among them below one; each comes up once, whatever becomes of it."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:count])


def _write(into: Index, ids: Sequence[int]) -> int:
    into.write(ids)
    time.sleep(REST)
    return len(ids)


@task()
def follow_topics(topic_ids: list[int], before: int | None = None) -> None:
    """After topics were merged, split or parted again: write the articles on them anew, a batch,
    and leave the rest to a task of its own, so that mails need not wait for it.

    Until then what the index says of a topic is asked of the published rows (finding.py).
    """
    moved = sorted(
        {
            *_on(PublishedTopic, "article_id", {"topic_id__in": topic_ids}, before),
            *_on(ArticleTopic, "content_object_id", {"tag_id__in": topic_ids}, before),
        },
        reverse=True,
    )[:MOVED]
    for start in range(0, len(moved), BATCH):
        for into in INDEXES:
            _write(into, moved[start : start + BATCH])
    if len(moved) == MOVED:
        follow_topics.enqueue(topic_ids, moved[-1])


def _on(
    places: type[Model], article: str, topics: dict[str, list[int]], before: int | None
) -> QuerySet[Model, int]:
    """The highest numbers of articles in these places."""
    rows = places._default_manager.filter(**topics)
    if before is not None:
        rows = rows.filter(**{f"{article}__lt": before})
    return rows.order_by(f"-{article}").values_list(article, flat=True).distinct()[:MOVED]
