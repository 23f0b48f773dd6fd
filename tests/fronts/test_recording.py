"""What readers saw is kept for ever: a record for every change, and each story's time in a slot."""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.fronts import recording
from articles.fronts.arranging import publish as arrange
from articles.fronts.due import SomeFailed, run_due
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Arrangement, Front, Record, Standing
from articles.fronts.recording import lock, record
from articles.fronts.shown import from_json
from articles.models import PublishedArticle
from tests.fronts.stories import city, home, minutes, reworded, show, story, with_slots

SECONDS = timedelta(seconds=1)


def leads() -> list[tuple[object, str]]:
    """When the home page changed, and what led it then."""
    return [
        (row.at, from_json(row.shown).blocks[0].articles[0].headline)
        for row in Record.objects.filter(front=home()).order_by("at", "pk")
    ]


@pytest.mark.django_db
def test_every_change_of_a_front_is_kept_with_the_words_of_that_moment() -> None:
    tram = story("Tram line opens", at=minutes(-9))
    run_due(minutes(0))
    run_due(minutes(0) + 5 * SECONDS)
    reworded(tram, "Tram line opens at last", at=minutes(2))
    run_due(minutes(2))
    story("A newer story", at=minutes(3))
    run_due(minutes(3))
    show(home(), at=minutes(4), lead_1=tram.pk)
    run_due(minutes(5))
    assert leads() == [
        (minutes(0), "Tram line opens"),
        (minutes(2), "Tram line opens at last"),
        (minutes(3), "A newer story"),
        (minutes(4), "Tram line opens at last"),
    ]
    newest = Record.objects.filter(front=home()).order_by("-at").first()
    assert newest is not None
    assert newest.arrangement == home().live


@pytest.mark.django_db
def test_a_record_never_changes_and_never_comes_before_the_last() -> None:
    tram = story("Tram line opens")
    assert record(home(), at=minutes(10))
    assert record(home(), at=minutes(11)) is None
    reworded(tram, "Later", at=minutes(12))
    late = record(home(), at=minutes(5))  # a process whose clock is slow
    assert late is not None
    assert late.at == minutes(10)
    assert [headline for _at, headline in leads()] == ["Tram line opens", "Later"]


@pytest.mark.django_db
def test_a_storys_time_in_a_slot_begins_and_ends_with_what_readers_saw() -> None:
    tram, bridge = story("Tram", at=minutes(-9)), story("Bridge", at=minutes(-8))
    show(home(), at=minutes(0), lead_1=tram.pk)
    show(home(), at=minutes(30), lead_1=bridge.pk)
    places = Standing.objects.filter(front=home(), slot="lead.1").order_by("since")
    assert [(p.article_id, p.size, p.by_hand, p.since, p.until) for p in places] == [
        (tram.pk, "lead", True, minutes(0), minutes(30)),
        (bridge.pk, "lead", True, minutes(30), None),
    ]
    # The same story twice as large is another time in that slot.
    from articles.fronts.content import Placement

    show(home(), at=minutes(40), lead_1=Placement(bridge.pk, size="text"))
    sizes = Standing.objects.filter(slot="lead.1", article=bridge.pk).order_by("since")
    assert [(p.size, p.until) for p in sizes] == [("lead", minutes(40)), ("text", None)]


@pytest.mark.django_db
def test_the_clock_asks_little_while_nothing_changes_and_looks_every_minute() -> None:
    story("Tram line opens")
    run_due(minutes(0))
    caches["local"].get("warm")
    with CaptureQueriesContext(connection) as asked:
        run_due(minutes(0) + 5 * SECONDS)
    own = [q for q in asked if "fronts_" in q["sql"] or "articles_" in q["sql"]]
    assert len(own) == 1  # whether a plan is due
    assert len(asked) <= 4
    assert home().refreshed_at == minutes(0)
    run_due(minutes(1))
    assert home().refreshed_at == minutes(1)
    assert Record.objects.filter(front=home()).count() == 1


@pytest.mark.django_db
def test_a_front_that_fails_is_noted_tried_again_and_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story("Tram line opens")
    city_front = front_of("section", city())
    broken, whole = home(), recording.fill

    def fill(front: Front, *args: Any, **kwargs: Any) -> Any:
        if front.pk == broken.pk:
            raise RuntimeError("no lead")
        return whole(front, *args, **kwargs)

    monkeypatch.setattr(recording, "fill", fill)
    with pytest.raises(SomeFailed, match=f"front {broken.pk}"):
        run_due(minutes(0))
    broken.refresh_from_db()
    assert (broken.failed_at, broken.failure) == (minutes(0), "RuntimeError: no lead")
    assert broken.refreshed_at is None
    assert Record.objects.filter(front=city_front).exists()
    monkeypatch.setattr(recording, "fill", whole)
    run_due(minutes(0) + 5 * SECONDS)
    broken.refresh_from_db()
    assert (broken.failed_at, broken.failure) == (None, "")
    assert broken.refreshed_at == minutes(0) + 5 * SECONDS
    assert Record.objects.filter(front=broken).exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_and_its_record_are_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    tram = story("Tram line opens")
    front = front_of("home")

    def crash(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(recording, "stand", crash)
    with pytest.raises(RuntimeError, match="power cut"):
        arrange(front, by=None, content=with_slots(front, lead_1=tram.pk), at=minutes(1))
    assert home().live is None
    assert not Arrangement.objects.exists()
    assert not Record.objects.exists()
    monkeypatch.undo()
    arrange(home(), by=None, content=with_slots(home(), lead_1=tram.pk), at=minutes(2))
    assert Record.objects.get().arrangement == home().live


@pytest.mark.django_db(transaction=True)
def test_many_clocks_at_once_keep_one_record_of_one_change(crowd: Callable[..., list[Any]]) -> None:
    crowd(lambda: [story(f"Story {n}", at=minutes(n)) for n in range(3)], 1)
    crowd(lambda: front_of("home"), 1)
    kept = crowd(lambda: record(home(), at=minutes(9)))
    assert len([row for row in kept if row]) == 1
    assert crowd(Record.objects.count, 1) == [1]
    assert crowd(lambda: Standing.objects.filter(until=None, slot="lead.1").count(), 1) == [1]


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_waited_for_an_editor_keeps_what_the_editor_published(
    crowd: Callable[..., list[Any]],
) -> None:
    (ids,) = crowd(lambda: [story(f"Story {n}", at=minutes(n)).pk for n in range(3)], 1)
    crowd(lambda: front_of("home"), 1)
    turns = count()

    def either() -> None:
        if next(turns):
            time.sleep(0.1)
            record(home(), at=minutes(9))  # begins while the front is locked
            return
        with transaction.atomic():
            lock(home().pk)
            time.sleep(0.4)
            arrange(home(), by=None, content=with_slots(home(), lead_1=ids[0]), at=minutes(8))

    crowd(either, 2)
    (said,) = crowd(leads, 1)
    assert said[-1][1] == "Story 0"


@pytest.mark.django_db(transaction=True)
def test_a_front_is_made_once_however_many_ask_at_once(crowd: Callable[..., list[Any]]) -> None:
    crowd(city, 1)
    made = crowd(lambda: (front_of("home").pk, front_of("section", city()).pk))
    assert len(set(made)) == 1
    assert crowd(Front.objects.count, 1) == [2]


@pytest.mark.django_db
def test_the_record_says_what_was_skipped_and_readers_see_no_difference() -> None:
    story("Tram line opens", at=minutes(-5))
    show(home(), at=minutes(0), lead_1=10**9)
    (kept,) = Record.objects.filter(front=home())
    assert [each.article_id for each in from_json(kept.shown).skipped] == [10**9]
    show(home(), at=minutes(1))  # without the placement: readers see the same
    assert Record.objects.filter(front=home()).count() == 1
    assert PublishedArticle.objects.count() == 1
    assert content_of(home()).slots == {"lead.1": content_of(home()).slots["lead.1"]}
