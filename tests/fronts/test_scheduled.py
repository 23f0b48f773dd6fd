"""A front goes live at its minute: never early, never twice, never lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.fronts import due
from articles.fronts.arranging import CannotArrange, Stale, cancel, plan, publish, save_draft
from articles.fronts.content import Content, Placement
from articles.fronts.due import SomeFailed, run_due
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Arrangement, Front, Record
from articles.models import Section
from newsroom.accounts.models import User
from tests.fronts.stories import home, minutes, story, with_slots

SECOND = timedelta(seconds=1)


def planned(front: Front, pk: int, number: float, **fields: Any) -> Arrangement:
    content = with_slots(front, lead_1=pk)
    return plan(
        front, by=None, content=content, publish_at=minutes(number), at=minutes(0), **fields
    )


def lead() -> int | None:
    found = content_of(home()).slots.get("lead.1")
    return found.article if found else None


@pytest.mark.django_db
def test_a_plan_goes_live_at_its_minute_and_not_a_second_before() -> None:
    tram, front = story("Tram line opens"), home()
    arrangement = planned(front, tram.pk, 30, note="  The evening \x00 front ")
    assert run_due(minutes(30) - SECOND) == 0
    assert lead() is None
    assert run_due(minutes(30)) == 1
    assert lead() == tram.pk
    arrangement.refresh_from_db()
    assert arrangement.live_from == minutes(30)
    assert arrangement.note == "The evening front"
    assert Record.objects.filter(front=front, arrangement=arrangement, at=minutes(30)).count() == 1


@pytest.mark.django_db
def test_what_is_late_goes_live_at_once_and_each_in_its_order() -> None:
    first, second = story("First"), story("Second")
    planned(home(), second.pk, 20)
    planned(home(), first.pk, 10)
    assert run_due(minutes(120)) == 2
    assert lead() == second.pk
    assert run_due(minutes(121)) == 0
    assert set(Arrangement.objects.values_list("live_from", flat=True)) == {minutes(120)}


@pytest.mark.django_db
def test_the_tick_publishes_once_what_came_due_while_nothing_ran(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Between jobs the tick drops its connection; here that one holds the test's transaction.
    monkeypatch.setattr("newsroom.management.jobs.close_old_connections", lambda: None)
    tram = story("Tram line opens")
    arrangement = planned(home(), tram.pk, 10)
    Arrangement.objects.update(publish_at=timezone.now() - timedelta(days=2))
    for _again in range(2):
        call_command("tick")
    assert lead() == tram.pk
    arrangement.refresh_from_db()
    assert home().live == arrangement
    assert Record.objects.filter(arrangement=arrangement).count() == 1


@pytest.mark.django_db
def test_a_plan_that_was_taken_back_never_goes_live() -> None:
    tram = story("Tram line opens")
    arrangement = planned(home(), tram.pk, 10)
    cancel(arrangement, by=None, at=minutes(5))
    assert run_due(minutes(10)) == 0
    assert lead() is None
    for _again in range(2):
        with pytest.raises(CannotArrange):
            cancel(arrangement, by=None, at=minutes(6))
    gone = planned(home(), tram.pk, 20)
    run_due(minutes(20))
    with pytest.raises(CannotArrange):
        cancel(gone, by=None, at=minutes(21))
    assert lead() == tram.pk


@pytest.mark.django_db
@pytest.mark.parametrize("late", [timedelta(0), SECOND, timedelta(days=400)])
def test_nothing_is_planned_for_a_time_that_is_over(late: timedelta) -> None:
    tram = story("Tram line opens")
    with pytest.raises(CannotArrange):
        plan(
            home(),
            by=None,
            content=with_slots(home(), lead_1=tram.pk),
            publish_at=minutes(0) - late,
            at=minutes(0),
        )
    assert not Arrangement.objects.exists()


@pytest.mark.django_db
def test_a_plan_that_fails_is_tried_again_and_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tram = story("Tram line opens")
    world = front_of("section", Section.objects.create(name="World", slug="world"))
    planned(home(), tram.pk, 10)
    planned(world, tram.pk, 10)
    whole = due.go_live

    def go_live(front: Front, *args: Any, **kwargs: Any) -> None:
        if front.kind == "home":
            raise RuntimeError("no")
        whole(front, *args, **kwargs)

    monkeypatch.setattr(due, "go_live", go_live)
    with pytest.raises(SomeFailed):
        run_due(minutes(10))
    assert lead() is None
    assert home().failure == "RuntimeError: no"
    world.refresh_from_db()
    assert world.live is not None
    monkeypatch.setattr(due, "go_live", whole)
    assert run_due(minutes(11)) == 1
    assert lead() == tram.pk
    assert home().failure == ""


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_the_same_moment_publish_a_plan_once(
    crowd: Callable[..., list[Any]],
) -> None:
    (pk,) = crowd(lambda: story("Tram line opens").pk, 1)
    crowd(lambda: planned(front_of("home"), pk, 10), 1)
    assert sorted(crowd(lambda: run_due(minutes(10)))) == [0, 0, 0, 1]
    # One that was a little early may have kept what readers saw until then.
    kept = Record.objects.filter(front__kind="home", arrangement__isnull=False)
    assert crowd(kept.count, 1) == [1]
    assert crowd(lead, 1) == [pk]


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_taken_back_or_goes_live_and_never_both(
    crowd: Callable[..., list[Any]],
) -> None:
    (pk,) = crowd(lambda: story("Tram line opens").pk, 1)
    crowd(lambda: planned(front_of("home"), pk, 10), 1)

    def either() -> str:
        arrangement = Arrangement.objects.get()
        try:
            cancel(arrangement, by=None, at=minutes(10))
        except CannotArrange:
            return "refused"
        return "taken back"

    turns = iter((either, lambda: str(run_due(minutes(10)))))
    said = sorted(crowd(lambda: next(turns)(), 2))
    (arrangement,) = crowd(Arrangement.objects.get, 1)
    assert (arrangement.live_from is None) != (arrangement.cancelled_at is None)
    assert said in (["1", "refused"], ["0", "taken back"])


@pytest.mark.django_db
def test_a_draft_is_saved_over_the_one_it_began_with_and_over_no_other(editor: User) -> None:
    tram, bridge = story("Tram"), story("Bridge")
    front = home()
    content = with_slots(front, lead_1=tram.pk)
    number = save_draft(front, content, by=editor, base_number=0, at=minutes(1))
    assert (number, front.draft_number, front.draft_by) == (1, 1, editor)
    with pytest.raises(Stale) as stale:
        save_draft(home(), with_slots(front, lead_1=bridge.pk), by=None, base_number=0)
    assert stale.value.front.draft == content.as_json()
    assert home().draft == content.as_json()
    # Publishing without a word about the content publishes the draft.
    arrangement = publish(home(), by=editor, at=minutes(2))
    assert (arrangement.number, arrangement.content) == (1, content.as_json())
    assert lead() == tram.pk


@pytest.mark.django_db
def test_what_goes_live_from_elsewhere_spoils_no_work_in_the_draft() -> None:
    tram, bridge, harbour = (story(word) for word in ("Tram", "Bridge", "Harbour"))
    front = home()
    save_draft(front, with_slots(front, lead_1=tram.pk), by=None, base_number=0)
    publish(front, by=None, at=minutes(1))
    # Nothing waits in the draft: it follows.
    publish(front, by=None, content=with_slots(front, lead_1=bridge.pk), at=minutes(2))
    assert home().draft["slots"]["lead.1"]["article"] == bridge.pk
    # Somebody is at work: the draft stays as it is.
    mine = Content(content_of(home()).blocks, {"lead.1": Placement(harbour.pk)})
    save_draft(home(), mine, by=None, base_number=home().draft_number)
    publish(home(), by=None, content=with_slots(front, lead_1=tram.pk), at=minutes(3))
    assert home().draft == mine.as_json()
    assert lead() == tram.pk
