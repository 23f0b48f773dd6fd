"""Every list knows when it last really changed, to the second; what is no change moves nothing."""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Byline,
    Column,
    ListChange,
    Section,
    Series,
    SeriesPart,
    Topic,
)
from articles.models.kinds import ChangeKind, Kind
from articles.publishing import publish, restore, schedule, unpublish, withdraw
from articles.publishing.correct import correct
from articles.revisions import revise
from articles.topics import find
from articles.topics.merging import merge
from articles.topics.undoing import undo
from newsroom.pages.models import SiteSettings

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
Write = Callable[..., Article]


def moved(deed: Callable[[], object]) -> set[str]:
    """The lists that the deed moves, each as its kind and name."""
    ListChange.objects.update(changed_at=LONG_AGO)
    deed()
    names: dict[str, Any] = {"section": Section, "topic": Topic, "author": Author, "column": Column}
    return {
        f"{row.kind} {names[row.kind].objects.get(pk=row.object_id)}"
        if row.kind in names
        else row.kind
        for row in ListChange.objects.exclude(changed_at=LONG_AGO)
    }


@pytest.fixture
def story(write: Write) -> Article:
    article = write("A view", topics=["Tram", "Harbour"], kind=Kind.OPINION)
    column = Column.objects.create(name="Right on time", slug="right-on-time")
    article.column = column
    article.save()
    series = Series.objects.create(name="Lines", slug="lines")
    SeriesPart.objects.create(series=series, article=article)
    revise(article, by=None)
    return article


EVERYWHERE = {
    "paper", "opinion", "section City", "topic Tram", "topic Harbour", "author Rami Reporter",
    "column Right on time", "series",
}  # fmt: skip


def test_a_publication_moves_every_list_the_story_is_in_and_no_other(
    story: Article, live: Callable[..., object]
) -> None:
    live("Another", topics=["Weather"])
    assert moved(lambda: publish(story, by=None)) == EVERYWHERE


def test_a_list_changes_when_it_happens_whatever_date_the_story_bears(story: Article) -> None:
    before = timezone.now().replace(microsecond=0)
    publish(story, by=None, at=LONG_AGO)
    times = set(ListChange.objects.filter(kind="paper").values_list("changed_at", flat=True))
    assert all(before <= at <= timezone.now() and at.microsecond == 0 for at in times)
    assert len(times) == 1


@pytest.mark.parametrize("verb", ["unpublish", "withdraw"])
def test_a_story_that_goes_moves_every_list_it_was_in(story: Article, verb: str) -> None:
    publish(story, by=None)
    deeds = {
        "unpublish": lambda: unpublish(story, by=None),
        "withdraw": lambda: withdraw(story, by=None, reason="It was wrong."),
    }
    assert moved(deeds[verb]) == EVERYWHERE


def test_a_restored_story_moves_its_lists_again(story: Article) -> None:
    publish(story, by=None)
    withdraw(story, by=None, reason="It was wrong.")
    assert moved(lambda: restore(story, by=None)) == EVERYWHERE


def test_a_version_under_other_names_moves_the_lists_it_leaves_too(story: Article) -> None:
    publish(story, by=None)
    other = Section.objects.create(name="Sea", slug="sea")
    story.section = other
    story.save()
    Byline.objects.filter(article=story).update(
        author=Author.objects.create(name="Ada Other", slug="ada-other")
    )
    revise(story, by=None)
    assert moved(lambda: publish(story, by=None)) == {
        *EVERYWHERE, "section Sea", "author Ada Other"
    }  # fmt: skip


def test_the_same_version_published_again_moves_nothing(story: Article) -> None:
    publish(story, by=None)
    assert moved(lambda: publish(story, by=None)) == set()


def test_a_draft_a_plan_and_a_save_move_nothing(story: Article, write: Write) -> None:
    publish(story, by=None)

    def work() -> None:
        draft = write("Not yet", topics=["Tram"])
        schedule(draft, by=None, publish_at=timezone.now() + timedelta(hours=1))
        SeriesPart.objects.create(series=Series.objects.get(), article=draft)
        story.headline = "Another view"
        story.save()
        revise(story, by=None)
        for model in (Section, Author, Topic, Column, Series):
            for each in model.objects.all():
                each.save()
        SiteSettings.load().save()

    assert moved(work) == set()


def test_a_correction_moves_the_story_s_lists_and_that_of_corrections(story: Article) -> None:
    publish(story, by=None)
    given = moved(lambda: correct(story, by=None, text="It was a bus."))
    assert given == {*EVERYWHERE, "corrections"}
    again = moved(lambda: correct(story, by=None, text="It was a bus."))
    assert again == set()
    assert "corrections" in moved(lambda: withdraw(story, by=None, reason="All of it was wrong."))


def test_a_correction_with_another_version_moves_the_corrections(story: Article) -> None:
    publish(story, by=None)

    def tell() -> None:
        publish(story, by=None, change=ChangeKind.CORRECTION, text="It was a bus.")

    assert "corrections" in moved(tell)


def test_a_name_moves_the_lists_that_show_it(story: Article) -> None:
    publish(story, by=None)
    section, topic = Section.objects.get(), Topic.objects.get(name="Tram")

    def rename(what: Section | Topic | Author, name: str) -> None:
        what.name = name
        what.save()

    assert moved(lambda: rename(topic, "Trams")) == {"topic Trams"}
    assert moved(lambda: rename(section, "Town")) == {
        "section Town", *(EVERYWHERE - {"section City", "topic Tram"}), "topic Trams",
    }  # fmt: skip
    assert "paper" in moved(lambda: rename(Author.objects.get(), "Rami R."))


def test_an_editorial_s_lists_follow_the_paper_s_name(
    write: Write, live: Callable[..., object]
) -> None:
    editorial = write("We say", kind=Kind.EDITORIAL)
    Byline.objects.filter(article=editorial).delete()
    publish(editorial, by=None, revision=revise(editorial, by=None))
    SiteSettings.objects.create(name="The Evening Post")
    paper = SiteSettings.load()

    def rename() -> None:
        paper.name = "The Morning Post"
        paper.save()

    assert moved(rename) == {"paper", "opinion", "section City"}


def test_merged_topics_move_when_readers_stories_move(
    story: Article, live: Callable[..., object]
) -> None:
    publish(story, by=None)
    live("Another", topics=["Trams"])
    tram, trams = find("Tram"), find("Trams")
    assert tram
    assert trams
    assert moved(lambda: merge(trams, tram, by=None)) == {"topic Tram", "topic Trams"}
    done = trams.merges.get()
    assert moved(lambda: undo(done, by=None)) == {"topic Tram", "topic Trams"}


def test_a_merge_of_drafts_topics_moves_nothing(story: Article, write: Write) -> None:
    publish(story, by=None)
    write("Not yet", topics=["Trams"])
    tram, trams = find("Tram"), find("Trams")
    assert tram
    assert trams
    assert moved(lambda: merge(trams, tram, by=None)) == set()
    done = trams.merges.get()
    assert moved(lambda: undo(done, by=None)) == set()


def test_what_is_deleted_has_no_list_any_more(live: Callable[..., object]) -> None:
    live("Another", topics=["Weather"])
    topic = Topic.objects.get()
    topic.delete()
    assert not ListChange.objects.filter(kind="topic").exists()


def test_noting_costs_four_statements_however_many_lists(write: Write) -> None:
    few, many = write("Few", topics=["One"]), write("Many", topics=[f"T{n}" for n in range(20)])
    publish(write("First"), by=None)  # what is stored goes out of date with every publication
    counts = []
    for article in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            publish(article, by=None)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    noted = [query["sql"] for query in caught if "listchange" in query["sql"]]
    assert len(noted) == 1


def test_an_upgrade_gives_every_list_that_is_there_its_time(
    story: Article, live: Callable[..., object]
) -> None:
    then = datetime(2020, 5, 1, 8, tzinfo=UTC)
    publish(story, by=None, at=then)
    live("Another", topics=["Weather"], at=then - timedelta(days=1))
    correct(story, by=None, text="It was a bus.", at=then + timedelta(hours=1))
    had = set(ListChange.objects.values_list("kind", "object_id"))
    ListChange.objects.all().delete()
    fill = importlib.import_module("articles.migrations.0009_list_change").FILL
    with connection.cursor() as cursor:
        for statement in fill:
            cursor.execute(statement)
    assert set(ListChange.objects.values_list("kind", "object_id")) == had
    weather = Topic.objects.get(name="Weather").pk
    assert ListChange.objects.get(kind="paper").changed_at == then + timedelta(hours=1)
    assert ListChange.objects.get(kind="topic", object_id=weather).changed_at == then - timedelta(
        days=1
    )
