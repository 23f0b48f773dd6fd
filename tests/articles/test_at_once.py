"""Two editors at the same moment."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone

from articles.archive.counting import count_all
from articles.models import ArchivePeriod, Article, PublishedTopic, Section, Topic
from articles.publishing import publish, unpublish
from articles.revisions import revise
from articles.topics import for_names, put
from newsroom.addresses.models import Address


def draft(headline: str) -> int:
    section, _made = Section.objects.get_or_create(name="City", slug="city")
    article = Article.objects.create(headline=headline, body="<p>It is.</p>", section=section)
    put(article, for_names(["Trams"]))
    revise(article, by=None)
    return article.pk


@pytest.mark.django_db(transaction=True)
def test_a_topic_stays_in_the_menus_while_one_article_leaves_and_another_comes(
    crowd: Callable,
) -> None:
    (leaving,) = crowd(lambda: draft("Leaving"), 1)
    (coming,) = crowd(lambda: draft("Coming"), 1)
    crowd(lambda: publish(Article.objects.get(pk=leaving), by=None), 1)
    turns = count()

    def either() -> None:
        first = next(turns) == 0
        with transaction.atomic():
            if first:
                publish(Article.objects.get(pk=coming), by=None)
                time.sleep(0.3)
            else:
                time.sleep(0.1)
                unpublish(Article.objects.get(pk=leaving), by=None)

    crowd(either, 2)
    assert crowd(PublishedTopic.objects.count, 1) == [1]
    assert crowd(lambda: Address.objects.get(kind="topic").is_public, 1) == [True]


@pytest.mark.django_db(transaction=True)
def test_a_topic_saved_while_its_first_article_goes_live_stays_public(crowd: Callable) -> None:
    (coming,) = crowd(lambda: draft("Coming"), 1)
    turns = count()

    def either() -> None:
        first = next(turns) == 0
        with transaction.atomic():
            if first:
                publish(Article.objects.get(pk=coming), by=None)
                time.sleep(0.3)
            else:
                time.sleep(0.1)
                topic = Topic.objects.get()
                topic.description = "Steel wheels."
                topic.save()

    crowd(either, 2)
    assert crowd(lambda: Address.objects.get(kind="topic").is_public, 1) == [True]


@pytest.mark.django_db(transaction=True)
def test_stories_that_go_live_at_once_while_their_days_are_counted_are_all_counted(
    crowd: Callable,
) -> None:
    at = datetime(2024, 5, 17, 12, tzinfo=UTC)
    drafts = crowd(lambda: [draft(f"Story {number}") for number in range(6)], 1)[0]
    crowd(lambda: publish(Article.objects.get(pk=drafts[0]), by=None, at=at), 1)
    turns = count()

    def either() -> None:
        turn = next(turns)
        if turn == 0:
            count_all(timezone.now())  # there is no calendar yet
        elif turn == 1:
            unpublish(Article.objects.get(pk=drafts[0]), by=None)
        else:
            publish(Article.objects.get(pk=drafts[turn]), by=None, at=at)

    crowd(either, 6)
    crowd(lambda: count_all(timezone.now()) and pytest.fail("some day was wrong"), 1)
    kept = crowd(lambda: list(ArchivePeriod.objects.values_list("count", flat=True)), 1)[0]
    assert kept == [4, 4, 4]
