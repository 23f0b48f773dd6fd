"""The desk says when a front stands still, fails, or points at a story that is gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.fronts import desk
from articles.fronts.alarms import first_line, wrong
from articles.fronts.arranging import plan
from articles.fronts.content import Block, Content
from articles.fronts.due import SomeFailed, run_due
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Arrangement, Front
from articles.models import Section
from articles.publishing import withdraw
from articles.publishing.due import run_due as publishing_due
from articles.publishing.schedule import expire_at
from newsroom.accounts.models import User
from newsroom.cache import generations
from newsroom.lib.panels import Row
from newsroom.pages.identity import present_identity
from newsroom.pages.models import QuietWindow
from tests.fronts.stories import city, home, look, show, story

Log = Callable[[User], Client]
HOUR = timedelta(hours=1)


def rows(client: Client, title: str = "Fronts") -> list[Row]:
    context = client.get("/admin/").context
    found = {str(panel.title): panel for panel in [*context["alarms"], *context["panels"]]}
    return list(found[title].rows) if title in found else []


def said(client: Client) -> list[str]:
    return [f"{row.label}|{row.note}|{row.more}" for row in rows(client)]


@pytest.fixture
def front(db: None) -> Front:
    """The home page, arranged three hours ago and looked at just now; alarm after two hours."""
    now = timezone.now()
    tram = story("Tram line opens", at=now - 4 * HOUR)
    front = home()
    show(front, at=now - 3 * HOUR, lead_1=tram.pk)
    Front.objects.update(stale_after=120, refreshed_at=now)
    front.refresh_from_db()
    return front


def test_a_front_on_which_nothing_changes_for_too_long_is_on_the_desk(
    front: Front, editor: User, client_for: Log
) -> None:
    client = client_for(editor)
    [row] = rows(client)
    assert row.label == "Home: nothing has changed for 3 h 0 min"
    assert row.note == "alarm after 2 h 0 min"
    assert row.href == f"/admin/fronts/front/{front.pk}/change/"
    story("Bridge is closed", at=timezone.now() - HOUR)
    look(front, at=timezone.now() - HOUR)
    assert rows(client) == []
    Front.objects.update(stale_after=30)
    assert len(rows(client)) == 1
    Front.objects.update(stale_after=None)
    assert rows(client) == []


def test_quiet_hours_do_not_make_a_front_stale(front: Front, editor: User, client_for: Log) -> None:
    now = timezone.now()
    QuietWindow.objects.create(
        name="Holiday", kind="dated", starts_at=now - 2.5 * HOUR, ends_at=now - HOUR
    )
    assert rows(client_for(editor)) == []
    Front.objects.update(stale_after=60)
    assert "nothing has changed" in rows(client_for(editor))[0].label


def test_a_slot_whose_story_is_withdrawn_expired_or_not_live_is_on_the_desk(
    front: Front, editor: User, client_for: Log
) -> None:
    now = timezone.now()
    Front.objects.update(stale_after=None)
    kept, gone, ends = story("Kept"), story("Gone"), story("Ends")
    show(front, at=now, lead_1=kept.pk, seconds_1=gone.pk, seconds_3=ends.pk)
    assert rows(client_for(editor)) == []
    withdraw(gone.article, by=None, reason="A mistake")
    [row] = rows(client_for(editor))
    assert row.label == "Home: 1 placed story is not shown"
    assert row.more.startswith("Seconds 1: “Gone” (withdrawn ")
    expire_at(ends.article, by=None, when=now + HOUR, reason="Over")
    publishing_due(now + 2 * HOUR)
    [row] = rows(client_for(editor))
    assert row.label == "Home: 2 placed stories are not shown"
    assert "Seconds 3: “Ends” (" in row.more
    assert row.href == f"/admin/fronts/front/{front.pk}/change/"


def test_a_story_in_a_block_that_is_hidden_is_no_alarm(
    front: Front, editor: User, client_for: Log
) -> None:
    gone = story("Gone")
    Front.objects.update(stale_after=None)
    show(front, at=timezone.now(), seconds_1=gone.pk)
    withdraw(gone.article, by=None, reason="A mistake")
    front.refresh_from_db()
    content = content_of(front).as_json()
    for block in content["blocks"]:
        block["hidden"] = block["id"] == "seconds"
    Arrangement.objects.filter(pk=front.live_id).update(content=content)
    assert rows(client_for(editor)) == []


def test_a_refresh_that_fails_is_on_the_desk_with_its_reason_until_it_succeeds(
    front: Front, editor: User, client_for: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    Front.objects.update(stale_after=None)
    client = client_for(editor)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full\nsecond line")

    with monkeypatch.context() as patch:
        patch.setattr("articles.fronts.recording.fill", broken)
        with pytest.raises(SomeFailed):
            run_due(timezone.now())
    words = [line for line in said(client) if line.startswith("Home: refreshing fails since")]
    assert len(words) == 1
    assert words[0].endswith("|OSError: the disk is full")
    run_due(timezone.now())
    assert said(client) == []


def test_the_desk_says_that_nobody_looks_at_the_fronts(
    front: Front, editor: User, client_for: Log
) -> None:
    Front.objects.update(stale_after=None, refreshed_at=timezone.now() - timedelta(seconds=110))
    assert rows(client_for(editor)) == []
    Front.objects.update(refreshed_at=timezone.now() - timedelta(seconds=130))
    [row] = rows(client_for(editor))  # one sentence, however many fronts
    assert row.label.startswith("Fronts are not refreshed since ")


def test_only_who_may_arrange_a_front_is_told(
    front: Front, editor: User, chief: User, reporter: User, client_for: Log
) -> None:
    assert rows(client_for(reporter)) == []
    section = city()
    section.editors.add(chief)
    own = front_of("section", section)
    show(own, at=timezone.now() - 3 * HOUR)
    Front.objects.update(stale_after=60, refreshed_at=timezone.now())
    assert [str(each.front) for each in wrong(chief, at=timezone.now())] == ["Home", "City"]
    assert [str(each.front) for each in wrong(editor, at=timezone.now())] == ["Home"]
    section.editors.add(editor)
    assert len(wrong(editor, at=timezone.now())) == 2


def test_what_is_planned_stands_on_the_desk_with_its_note(
    front: Front, editor: User, client_for: Log
) -> None:
    at = timezone.now() + 3 * HOUR
    plan(front, by=editor, content=content_of(front), publish_at=at, note="For the evening")
    [row] = rows(client_for(editor), "Planned fronts")
    assert (row.label, row.until, row.more) == ("Home", at, "For the evening")
    assert "Edith Editor" in row.note


def test_an_arrangement_that_cannot_be_read_breaks_no_desk(
    front: Front, editor: User, client_for: Log
) -> None:
    Arrangement.objects.update(content={"blocks": 3})
    assert client_for(editor).get("/admin/").status_code == 200


def test_the_desk_asks_four_times_for_any_number_of_fronts(front: Front, editor: User) -> None:
    gone = story("Gone")
    for number in range(12):
        section = Section.objects.create(name=f"S{number}", slug=f"s{number}")
        own = front_of("section", section)
        blocks = (Block("lead", "lead", "section", section.pk, count=1),)
        empty = Content(blocks).with_slot("lead.1", None)
        plan(own, by=editor, content=empty, publish_at=timezone.now() + HOUR)
        show(own, at=timezone.now() - 3 * HOUR, lead_1=gone.pk)
    withdraw(gone.article, by=None, reason="A mistake")
    QuietWindow.objects.create(name="Sabbath", start_weekday=4, end_weekday=5,
                               start_time="18:00", end_time="19:00")  # fmt: skip
    Front.objects.update(stale_after=1, failed_at=timezone.now(), failure="Broken")
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=editor.pk)
    generations.begin_request()
    request.user.has_perm("fronts.change_front")  # the desk has asked for both already
    present_identity()
    with CaptureQueriesContext(connection) as asked:
        found = desk.panels(request)
    generations.end_request()
    assert len(asked) == 4, [query["sql"] for query in asked]
    assert len(found[0].rows) == 12
    assert len(found[1].rows) == 6


def test_of_a_failure_the_line_that_says_most_is_told() -> None:
    assert first_line("OSError: full\nmore") == "OSError: full"
    assert (
        first_line("Traceback (most recent call last):\n  File\nValueError: no") == "ValueError: no"
    )
    assert first_line(" \n") == ""
