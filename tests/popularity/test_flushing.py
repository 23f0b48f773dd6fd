"""What the database sees of reading: one batch, few statements, scores that fade."""

import math
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, PublishedArticle, Section
from articles.popularity import due, keeping
from articles.popularity.flushing import flush
from articles.popularity.models import Popularity
from articles.popularity.windows import HALF_LIFE, Window, added, readers
from articles.publishing import withdraw
from tests.popularity.conftest import NOON

Reads = list[tuple[float, int]]  # hours since noon, readers
reads = st.lists(
    st.tuples(st.floats(0, 24 * 60), st.integers(1, 1000)), min_size=1, max_size=12
)  # fmt: skip


def score(window: Window, reads: Reads) -> float:
    total: float | None = None
    for hours, number in reads:
        total = added(total, number, window, NOON + timedelta(hours=hours))
    assert total is not None
    return total


def faded(window: Window, reads: Reads, after: float) -> float:
    """The same, added up afresh: each reader halves with every half-life."""
    half = HALF_LIFE[window].total_seconds() / 3600
    return math.fsum(number * 2 ** ((hours - after) / half) for hours, number in reads)


@given(st.sampled_from(Window), reads, reads)
def test_scores_stand_in_the_order_of_readers_faded_by_their_age(
    window: Window, one: Reads, other: Reads
) -> None:
    after = max(hours for hours, _number in one + other)
    a, b = faded(window, one, after), faded(window, other, after)
    if not math.isclose(a, b, rel_tol=1e-6):
        assert (score(window, one) > score(window, other)) == (a > b)
    at = NOON + timedelta(hours=after)
    assert math.isclose(readers(score(window, one), window, at), a, rel_tol=1e-6)


@given(st.sampled_from(Window), reads, st.randoms())
def test_the_order_in_which_batches_arrive_makes_no_difference(
    window: Window, reads: Reads, random: Any
) -> None:
    shuffled = random.sample(reads, len(reads))
    assert math.isclose(score(window, reads), score(window, shuffled), rel_tol=1e-9)


def many(section: Section, number: int) -> list[int]:
    """So many live stories, made without the desk."""
    articles = Article.objects.bulk_create(
        Article(headline=f"Story {n}", section=section, state="live") for n in range(number)
    )
    one = PublishedArticle.objects.select_related("revision").first()
    assert one is not None
    PublishedArticle.objects.bulk_create(
        PublishedArticle(
            article=article, revision=one.revision, slug="s", headline=article.headline,
            kind=one.kind, section=section, published_at=NOON,
        )
        for article in articles
    )  # fmt: skip
    return [article.pk for article in articles]


def test_ten_thousand_reads_are_three_statements_at_most(
    story: Callable[..., PublishedArticle], city: Section
) -> None:
    story("A pattern")
    ids = many(city, 2_000)
    batch = dict.fromkeys(ids, 5)
    for round_number in range(2):  # new rows, then known ones
        with CaptureQueriesContext(connection) as asked:
            assert flush(batch, at=NOON) == 10_000
        assert len(asked) <= 3
        row = Popularity.objects.get(pk=ids[99])
        at_noon = readers(row.day, Window.DAY, NOON)
        assert math.isclose(at_noon, 5 * (round_number + 1), rel_tol=1e-9)
        assert row.last_read_at == NOON
    assert Popularity.objects.count() == 2_000


def test_what_is_not_live_is_not_kept(stories: list[PublishedArticle]) -> None:
    gone = stories[0]
    withdraw(gone.article, by=None, reason="A mistake", at=NOON)
    draft = Article.objects.create(headline="A draft")
    assert flush({gone.pk: 3, draft.pk: 3, 2**62: 3, stories[1].pk: 2}, at=NOON) == 2
    assert [row.pk for row in Popularity.objects.all()] == [stories[1].pk]


def test_a_batch_that_cannot_be_written_is_lost_and_never_written_twice(
    stories: list[PublishedArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = [{stories[0].pk: 4}, {stories[0].pk: 3}]
    monkeypatch.setattr(keeping, "take", lambda: batches.pop(0) if batches else {})

    def killed(*args: Any, **kwargs: Any) -> int:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(due, "flush", killed)
        with pytest.raises(OSError, match="space"):
            due.run_due(NOON)
    assert [due.run_due(NOON), due.run_due(NOON)] == [3, 0]
    row = Popularity.objects.get()
    assert math.isclose(readers(row.week, Window.WEEK, NOON), 3)
