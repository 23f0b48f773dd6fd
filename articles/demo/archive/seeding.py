"""The whole made-up archive, batch by batch: the same for the same plan, resumed where it ended."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import Max

from articles.demo.archive import rows
from articles.demo.archive.cast import PREFIX, Cast, cast_for
from articles.models import Article, PublishedByline, Revision
from newsroom.cache.generations import hold, touch
from newsroom.cache.purging import purge
from newsroom.lib.ahead import made_ahead
from newsroom.pages.identity import present_identity

# Articles written in one transaction: 30 MB of memory, and what waits for it waits two seconds.
BATCH = 2_000
YEARS = timedelta(days=20 * 365)


class CannotSeed(ValueError):
    """Why not, for people."""


@dataclass(frozen=True)
class Plan:
    """So many articles of so many words, spread over the twenty years until a day."""

    articles: int
    words: int
    until: datetime
    seed: int = 1

    def time_of(self, number: int) -> datetime:
        """Evenly spread, so that numbers and dates rise together as they do in a paper."""
        # In whole seconds: a million times twenty years is more than a timedelta can hold.
        seconds = int(YEARS.total_seconds()) * (number + 1) // (self.articles + 1)
        return (self.until - YEARS + timedelta(seconds=seconds)).replace(microsecond=0)


@dataclass
class Maker:
    """Makes the rows of a batch; asks the database nothing, so that any process can.

    `first` and `first_revision` are the numbers of the plan's first article, were it missing.
    """

    plan: Plan
    cast: Cast
    language: str
    first: int
    first_revision: int

    def __post_init__(self) -> None:
        self.names = {author.pk: author.name for author in self.cast.authors}

    def __call__(self, numbers: Sequence[int]) -> rows.Batch:
        start = numbers[0]
        lot = random.Random(f"{self.plan.seed} {start}")  # noqa: S311  (no secret)
        stories = rows.draw(
            [self.plan.time_of(number) for number in numbers],
            self.first + start, self.first_revision + start, self.cast, lot, self.plan.words,
        )  # fmt: skip
        return rows.batch_of(stories, self.names, self.language)


def start(plan: Plan) -> tuple[Cast, int]:
    """The cast, made if it is not there, and how many articles an earlier run has left.

    Raises CannotSeed where those were made by another plan.
    """
    left = PublishedByline.objects.filter(author__slug__startswith=PREFIX)
    done = left.count()
    if done:
        newest = left.order_by("-published_at", "-article")[0]
        if done > plan.articles or newest.published_at != plan.time_of(done - 1):
            raise CannotSeed(
                f"There are {done} articles of another archive. Seed into an empty database, or "
                "give the same number and --until as before to go on."
            )
    with transaction.atomic():
        hold()
        cast = cast_for(plan.articles)
        touch("articles", "chrome", "topics")
    return cast, done


def fill(plan: Plan, cast: Cast, done: int) -> Iterator[int]:
    """Write the batches that are missing, each in a transaction; yields how many are there."""
    language, missing = present_identity().language, plan.articles - done
    with transaction.atomic():
        hold()
        first, first_revision = _reserve(Article, missing), _reserve(Revision, missing)
    maker = Maker(plan, cast, language, first - done, first_revision - done)
    numbers = range(plan.articles)
    batches = [numbers[at : at + BATCH] for at in range(done, plan.articles, BATCH)]
    for batch in made_ahead(maker, batches):
        with transaction.atomic():
            hold()
            batch.write()
            touch("articles", "chrome")
            purge("identity")  # every page
        done += batch.articles
        yield done


def _reserve(model: type[models.Model], count: int) -> int:
    """The first of so many numbers that nobody else will get; one that stops leaves a gap."""
    table = model._meta.db_table
    last: int = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
            last = max(last, cursor.fetchone()[0])
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [last + count]
            )
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = max(last, *(cursor.fetchone() or [0]))
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last + count])
    return last + 1
