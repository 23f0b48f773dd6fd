"""Counting a reader costs a web process well under a millisecond; a batch of 10,000 is written and
ranked within two seconds, beside 20,000 stories that were ever read (a million in `make drill`).

Seconds are of the processor, the best of three, so that a busy machine does not fail the suite;
`make bench` prints them.
"""

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PublishedArticle, PublishedSection, Section
from articles.popularity import keeping, views
from articles.popularity.flushing import flush
from articles.popularity.models import Popularity
from articles.popularity.ranking import rank
from articles.popularity.tally import Tally
from articles.popularity.windows import Window, weight
from tests.conftest import rounds
from tests.popularity.conftest import FIREFOX, NOON, OWN, city, sport, story  # noqa: F401
from tests.popularity.test_flushing import many

pytestmark = pytest.mark.slow

ARCHIVE = rounds(20_000, 1_000_000)


def best(deed: Callable[[], object], times: int = 3) -> float:
    took = []
    for _round in range(times):
        begun = time.process_time()
        deed()
        took.append(time.process_time() - begun)
    return min(took)


def test_a_reader_is_counted_in_less_than_a_millisecond() -> None:
    factory = RequestFactory()
    requests = [
        factory.post(
            "/most-read/count/", str(number % 50 + 1), content_type="text/plain",
            headers={**OWN, "user-agent": FIREFOX},
            REMOTE_ADDR=f"10.0.{number >> 8}.{number & 255}",
        )
        for number in range(3_000)
    ]  # fmt: skip
    with keeping.counting():

        def serve() -> list[HttpResponse]:
            return [views.count(request) for request in requests]

        each = best(serve) / len(requests)
    print(f"a request, its view and the tick's thread: {each * 1e6:.0f} µs of the processor")
    assert each < 0.001


def test_the_tick_counts_thousands_of_reads_a_second() -> None:
    tally = Tally()
    number = 0

    def count() -> None:
        nonlocal number
        for _read in range(10_000):
            number += 1
            tally.add(number % 300 + 1, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")

    rate = 10_000 / best(count)
    print(f"the tick counts {rate:,.0f} reads in a second of the processor")
    assert rate > 5_000


def test_ten_thousand_reads_are_written_and_ranked_beside_a_large_archive(
    story: Callable[..., PublishedArticle],  # noqa: F811
    city: Section,  # noqa: F811
) -> None:
    story("A pattern")
    articles = many(city, ARCHIVE)
    old = weight(Window.WEEK, NOON) - 1
    for start in range(0, ARCHIVE, 20_000):
        some = articles[start : start + 20_000]
        PublishedSection.objects.bulk_create(
            [PublishedSection(article_id=pk, section=city, published_at=NOON) for pk in some]
        )
        Popularity.objects.bulk_create(
            [
                Popularity(
                    article_id=pk, hours=4 * old + n % 97 / 10, day=2 * old + n % 89 / 10,
                    week=old + n % 83 / 10, last_read_at=NOON,
                )
                for n, pk in enumerate(some)
            ]
        )  # fmt: skip
    assert Article.objects.count() > ARCHIVE
    batch = dict.fromkeys(articles[:: ARCHIVE // 5000], 2)
    with CaptureQueriesContext(connection) as asked:
        flush(batch, at=NOON)
    assert len(asked) <= 3
    written, ranked = best(lambda: flush(batch, at=NOON)), best(lambda: rank(at=NOON))
    print(f"{sum(batch.values()):,} reads beside {ARCHIVE:,} stories: written in "
          f"{written * 1000:.0f} ms, ranked in {ranked * 1000:.0f} ms")  # fmt: skip
    assert written < 2
    assert ranked < 1
