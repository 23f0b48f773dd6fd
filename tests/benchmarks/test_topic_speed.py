"""Topics by the ten thousand: the report of near-twins, suggestions, and a merge of a large topic.

Seconds are of the processor; `make bench` prints them.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, ArticleTopic, PublishedArticle, PublishedTopic, Section, Topic
from articles.revisions import revise
from articles.topics import near_twins
from articles.topics.merging import merge
from articles.topics.twins import find_twins
from articles.topics.undoing import undo
from newsroom.lib.latin import sounds
from newsroom.lib.text import fold

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TOPICS, ARTICLES = 50_000, 10_000
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
START = "b br c ch d dr f g gr h k kl l m n p r s sh st t tr v z".split()
VOWELS = "a e i o u ai ou".split()


def made_up(count: int) -> list[str]:
    """Names of one to three words as a paper has them: first names often, last names rarely."""
    chance = random.Random(7)

    def word(syllables: int) -> str:
        parts = (chance.choice(START) + chance.choice(VOWELS) for _ in range(syllables))
        return ("".join(parts) + chance.choice("nrlmst")).capitalize()

    first, last = [word(2) for _ in range(2000)], [word(3) for _ in range(30_000)]
    weights = [1 / rank for rank in range(1, 2001)]
    names: dict[str, None] = {}
    while len(names) < count:
        words = chance.choices(first, weights, k=chance.choice((0, 1, 1, 2)))
        names[" ".join([*words, chance.choice(last)])] = None
    return list(names)


def seconds(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


def test_the_twins_among_fifty_thousand_topics_are_found_in_half_a_minute() -> None:
    names = list(enumerate(made_up(TOPICS)))
    few = names[: TOPICS // 4]
    found = len(find_twins(names))
    small, whole = seconds(lambda: find_twins(few)), seconds(lambda: find_twins(names))
    print(f"\n{TOPICS:,} topics: {whole:.1f} s, {found:,} pairs; a quarter of them: {small:.1f} s")
    assert whole < 30
    assert whole < 4 * 4 * small  # 4 times the names; with every pair it would be 16 times


def test_suggestions_among_fifty_thousand_topics_come_while_one_types() -> None:
    Topic.objects.bulk_create(
        [
            Topic(name=name, slug=f"t-{n}", folded=fold(name), sounds=sounds(name))
            for n, name in enumerate(made_up(TOPICS))
        ],
        batch_size=1000,
    )
    Topic.objects.create(name="Benjamin Netanyahu", slug="bn")
    for typed in ("נתניהו", "Netanyahou", "Benjamin", "a"):
        best = min(seconds(lambda typed=typed: near_twins(typed)) for _round in range(3))
        print(f"\n“{typed}”: {best * 1000:.0f} ms")
        assert best < 0.5
    assert [topic.name for topic in near_twins("נתניהו")][:1] == ["Benjamin Netanyahu"]


def test_a_topic_of_ten_thousand_articles_is_merged_and_back_in_seconds() -> None:
    source, target = (Topic.objects.create(name=n, slug=n.lower()) for n in ("Putin", "Vladimir"))
    section = Section.objects.create(name="City", slug="city")
    first = Article.objects.create(headline="Story", body="<p>x</p>", section=section)
    revision = revise(first, by=None)
    Article.objects.bulk_create(
        [Article(headline=f"Story {n}", section=section) for n in range(ARTICLES)], batch_size=500
    )
    ids = list(Article.objects.exclude(pk=first.pk).values_list("pk", flat=True))
    PublishedArticle.objects.bulk_create(
        [
            PublishedArticle(
                article_id=pk, revision=revision, slug="s", headline="Story", section=section,
                published_at=NOON - timedelta(minutes=pk),
            )
            for pk in ids
        ],
        batch_size=500,
    )  # fmt: skip
    for topic, on in ((source, ids), (target, ids[::3])):
        ArticleTopic.objects.bulk_create(
            [ArticleTopic(content_object_id=pk, tag=topic) for pk in on], batch_size=500
        )
        PublishedTopic.objects.bulk_create(
            [PublishedTopic(article_id=pk, topic=topic, published_at=timezone.now()) for pk in on],
            batch_size=500,
        )
    done = []
    there = seconds(lambda: done.append(merge(source, target, by=None)))
    back = seconds(lambda: undo(done[0], by=None))
    print(f"\n{ARTICLES:,} articles: merged in {there:.1f} s, undone in {back:.1f} s")
    assert ArticleTopic.objects.filter(tag=source).count() == ARTICLES
    assert there < 15
    assert back < 15
