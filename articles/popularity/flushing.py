"""A batch of reads becomes scores: two statements, however many stories it names."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from articles.models import PublishedArticle
from articles.popularity.models import Popularity
from articles.popularity.windows import Window, added

# Stories in one batch; beyond them the least read are given up.
MOST = 10_000

# One parameter for all rows: SQLite allows few, and Django would make many statements of it.
_ROWS = {
    "sqlite": """
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
        FROM json_each(%s) WHERE true
    """,
    "postgresql": """
        SELECT (value ->> 0)::bigint, (value ->> 1)::float8, (value ->> 2)::float8,
               (value ->> 3)::float8, (value ->> 4)::timestamptz
        FROM jsonb_array_elements(%s::jsonb)
    """,
}
Row = tuple[int, float, float, float]


def flush(batch: Mapping[int, int], *, at: datetime) -> int:
    """Add the readers of each live story to its scores; how many were added.

    One statement to read, one to write. Stories that are not live are left out. A batch is written
    wholly or not at all, and never again: who takes it and fails has lost it.
    """
    most = sorted(batch.items(), key=lambda entry: -entry[1])[:MOST]
    reads = dict(most)
    known = PublishedArticle.objects.filter(pk__in=reads).values_list(
        "pk", *(f"article__popularity__{window}" for window in Window.values)
    )
    rows: list[Row] = []
    for story, *scores in known:
        hours, day, week = (
            added(score, reads[story], window, at)
            for score, window in zip(scores, Window, strict=True)
        )
        rows.append((story, hours, day, week))
    if rows:
        write(rows, at=at)
    return sum(reads[row[0]] for row in rows)


def write(rows: Iterable[Row], *, at: datetime) -> None:
    """Put these scores in place of what stands; one statement."""
    stamp = connection.ops.adapt_datetimefield_value(at)
    values = json.dumps([[*row, str(stamp)] for row in rows])
    table = connection.ops.quote_name(Popularity._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (article_id, hours, day, week, last_read_at) "
            f"{_ROWS[connection.vendor]} "
            "ON CONFLICT (article_id) DO UPDATE SET hours = excluded.hours, day = excluded.day, "
            "week = excluded.week, last_read_at = excluded.last_read_at",
            [values],
        )
