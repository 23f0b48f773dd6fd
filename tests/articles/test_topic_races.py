"""A merge while others write: no tag is lost, nobody waits for ever."""

import time
from collections.abc import Callable
from itertools import count

import pytest
from django.db import transaction

from articles.models import Article, ArticleTopic, PublishedTopic, Section, Topic
from articles.publishing import publish
from articles.revisions import revise
from articles.topics import find, for_names, put
from articles.topics.merging import CannotMerge, merge, split
from articles.topics.undoing import undo

pytestmark = pytest.mark.django_db(transaction=True)
Crowd = Callable[..., list[object]]


def draft(*topics: str) -> int:
    section, _made = Section.objects.get_or_create(name="City", slug="city")
    article = Article.objects.create(headline="Story", body="<p>It is.</p>", section=section)
    put(article, for_names(topics))
    revise(article, by=None)
    return article.pk


def ask() -> list[list[str]]:
    """The tags of the desk's copy and what readers see, by name."""
    return [
        sorted(ArticleTopic.objects.values_list("tag__name", flat=True)),
        sorted(PublishedTopic.objects.values_list("topic__name", flat=True)),
    ]


def do_merge() -> None:
    source, target = Topic.objects.get(name="Putin"), Topic.objects.get(name="Vladimir Putin")
    merge(source, target, by=None)


@pytest.mark.parametrize("first", ["merge", "save"])
def test_a_story_saved_and_published_while_its_topic_is_merged_keeps_the_tag(
    crowd: Crowd, first: str
) -> None:
    crowd(lambda: for_names(["Putin", "Vladimir Putin"]), 1)
    (story,) = crowd(draft, 1)
    turns = count()

    def save_and_publish() -> None:
        topics = for_names(["Putin", "A new topic"])
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=story)
            time.sleep(0.2 if first == "merge" else 0)
            put(article, topics)
            time.sleep(0.2)
            publish(article, by=None, revision=revise(article, by=None))

    def merging() -> None:
        with transaction.atomic():
            time.sleep(0 if first == "merge" else 0.1)
            do_merge()
            time.sleep(0.3)

    def either() -> None:
        save_and_publish() if next(turns) == 0 else merging()

    assert crowd(either, 2) == [None, None]
    ((desk, paper),) = crowd(ask, 1)
    assert desk == paper == ["A new topic", "Vladimir Putin"]


def test_an_undoing_waits_for_a_story_that_is_being_saved(crowd: Crowd) -> None:
    (story,) = crowd(lambda: draft("Putin", "Vladimir Putin"), 1)
    (done,) = crowd(lambda: merge(find("Putin"), find("Vladimir Putin"), by=None), 1)
    turns = count()

    def either() -> None:
        if next(turns) == 0:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=story)
                time.sleep(0.3)
                put(article, for_names(["Vladimir Putin", "Trams"]))
                publish(article, by=None, revision=revise(article, by=None))
        else:
            time.sleep(0.1)
            undo(done, by=None)

    assert crowd(either, 2) == [None, None]
    ((desk, paper),) = crowd(ask, 1)
    assert desk == paper == ["Putin", "Trams", "Vladimir Putin"]


def test_a_story_saved_and_published_while_its_topic_is_split_keeps_its_tags(crowd: Crowd) -> None:
    (story,) = crowd(lambda: draft("Netanyahu Putin"), 1)
    turns = count()

    def either() -> None:
        if next(turns) == 0:
            with transaction.atomic():
                article = Article.objects.select_for_update().get(pk=story)
                time.sleep(0.3)
                publish(article, by=None, revision=revise(article, by=None))
        else:
            time.sleep(0.1)
            with transaction.atomic():
                topic = Topic.objects.get(name="Netanyahu Putin")
                split(topic, ["Netanyahu", "Putin"], by=None)
                time.sleep(0.5)

    assert crowd(either, 2) == [None, None]
    ((desk, paper),) = crowd(ask, 1)
    assert desk == paper == ["Netanyahu", "Putin"]


def test_two_merges_in_opposite_directions_make_no_circle(crowd: Crowd) -> None:
    crowd(lambda: for_names(["Putin", "Vladimir Putin"]), 1)
    turns = count()

    def either() -> str:
        names = ["Putin", "Vladimir Putin"][:: 1 if next(turns) == 0 else -1]
        one, other = (Topic.objects.get(name=name) for name in names)
        try:
            merge(one, other, by=None)
        except CannotMerge:
            return "refused"
        return "done"

    assert sorted(map(str, crowd(either, 2))) == ["done", "refused"]
    assert crowd(lambda: Topic.objects.present().count(), 1) == [1]
