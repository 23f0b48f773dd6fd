"""A feed costs with a large archive what it costs with a small one; `make drill` tries a million.

As tests/benchmarks/test_front_speed.py measures: on SQLite the processor's time, the best of five;
of PostgreSQL with a million the plans as well.
"""

import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Author,
    Column,
    ListChange,
    PublishedArticle,
    PublishedByline,
    PublishedTopic,
    Section,
)
from articles.topics import find_or_make
from newsroom.pages.models import SiteSettings
from tests.benchmarks.test_front_speed import FEW, MANY, SECTIONS, grow, multiply
from tests.fronts.stories import story

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

LIMIT, SERVER_LIMIT = 0.3, 1.0
PAGES = (
    "/feed/", "/feed/atom/", "/feed/json/", "/row-0/feed/", "/topic/trams/feed/", "/opinion/feed/",
    "/opinion/tracks/feed/", "/author/rami/feed/json/", "/feeds/", "/feeds/opml/",
)  # fmt: skip


def listed(first: int, last: int, topic: int, author: int) -> None:
    """Of so many articles every second on one topic, every one by one author."""
    ago = (
        "published_at - i * interval '1 minute'"
        if connection.vendor == "postgresql"
        else "strftime('%Y-%m-%d %H:%M:%S', published_at, '-' || i || ' minutes')"
    )
    home = {"published_at": ago, "article_id": "i", "id": "i"}
    multiply(PublishedByline, first, last, **home)
    if first > 1000:
        multiply(PublishedTopic, first, last, topic_id=str(topic), **home)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_publishedarticle SET column_id = 1 WHERE is_opinion")
        cursor.execute("ANALYZE")


def seconds(client: Client) -> dict[str, float]:
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    best: dict[str, float] = {}
    for _round in range(5):
        for page in PAGES:
            client.get("/contact/")
            start = clock()
            assert client.get(page).status_code == 200, page
            best[page] = min(best.get(page, 9.9), clock() - start)
    return best


def read_from_end_to_end(client: Client) -> list[str]:
    found = []
    for page in PAGES:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        for query in asked:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {query['sql']}".replace("%", "%%"), [])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            if "Seq Scan on articles_published" in plan:
                found.append(f"{page}:\n{plan}")
    return found


def test_a_feed_is_as_quick_however_large_the_archive_is(client: Client) -> None:
    SiteSettings.objects.create(name="The Evening Post", feed_text="full")
    template = story("Tram line opens")
    sections = [Section.objects.create(name=f"Row {n}", slug=f"row-{n}") for n in range(SECTIONS)]
    Column.objects.create(pk=1, name="Tracks", slug="tracks")
    for number in range(2, SECTIONS):
        Column.objects.create(pk=number, name=f"Column {number}", slug=f"column-{number}")
    topic, author = find_or_make("Trams"), Author.objects.create(name="Rami", slug="rami")
    at = template.published_at
    PublishedTopic.objects.create(article=template, topic=topic, published_at=at)
    PublishedByline.objects.all().delete()
    PublishedByline.objects.create(article=template, author=author, published_at=at)
    for kind, pk in (("topic", topic.pk), ("author", author.pk)):
        ListChange.objects.update_or_create(kind=kind, object_id=pk, defaults={"changed_at": at})
    grow(1000, 1000 + FEW, sections[0].pk, topic.pk)
    listed(1000, 1000 + FEW, topic.pk, author.pk)
    few = seconds(client)
    grow(1001 + FEW, 1000 + MANY, sections[0].pk, topic.pk)
    listed(1001 + FEW, 1000 + MANY, topic.pk, author.pk)
    assert PublishedArticle.objects.count() > MANY
    caches["local"].clear()
    many = seconds(client)
    print({page: f"{few[page] * 1000:.0f} ms, {many[page] * 1000:.0f} ms" for page in PAGES})
    if connection.vendor == "sqlite":
        assert all(took < LIMIT for took in many.values()), many
        assert all(many[page] < 2 * few[page] + 0.03 for page in few), (few, many)
    else:
        assert all(took < SERVER_LIMIT for took in many.values()), many
        # Of few articles PostgreSQL rightly reads all.
        assert MANY < 1_000_000 or read_from_end_to_end(client) == []
