"""The arrange page: plans, and the way back; nothing is lost."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.fronts.arranging import plan
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Front, KeptDraft
from newsroom.accounts.models import User
from newsroom.pages.models import SiteSettings
from tests.fronts.arrange.desk import Desk, Log, Write, address, draft, placed, told


def test_a_plan_says_what_was_published_since_and_goes_with_it(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    """A plan goes live as it was looked at; what others put on the front meanwhile is named."""
    planned, other = write("Planned"), write("Other")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{planned.pk}:lead.1")
    tomorrow = timezone.localtime() + timedelta(days=1)
    desk.open().press("plan", publish_at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    second = Desk(client_for(chief), home)
    second.press("publish")  # the lead as planned: nothing is replaced
    assert "published since" not in second.open().text
    second.press(f"place:{other.pk}:seconds.2")
    second.open().press("publish")
    assert "Replaces what was published since: Seconds 2<" in second.open().text
    assert "replaces what was published since: Seconds 2<" in desk.open().text


def test_a_draft_is_planned_for_a_time_and_the_plan_is_taken_back(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    a = write("A")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{a.pk}:lead.1")
    tomorrow = timezone.localtime() + timedelta(days=1)
    desk.open().press("plan", publish_at=f"{tomorrow:%Y-%m-%dT%H:%M}", note="Election")
    arrangement = home.arrangements.get()
    assert arrangement.publish_at
    assert arrangement.live_from is None
    assert arrangement.content["slots"]["lead.1"]["article"] == a.pk
    assert "Election" in desk.open().text
    desk.press("clear:lead.1")
    desk.open().press(f"load:{arrangement.number}")
    assert placed(home) == {"lead.1": a.pk}
    desk.open().press(f"cancel:{arrangement.number}")
    arrangement.refresh_from_db()
    assert arrangement.cancelled_at
    assert "Election" not in desk.open().text


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2020-01-01T10:00", "This time is over"),
        ("", "This field is required"),
        ("soon", "Give a date and a time"),
        ("2027-03-26T02:30", "does not exist"),
        ("2027-10-31T01:30", "comes twice"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_typed_stays(
    at: str, why: str, client_for: Log, editor: User, home: Front, write: Write
) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"time_zone": "Asia/Jerusalem"})
    desk = Desk(client_for(editor), home)
    answer = desk.press("plan", publish_at=at, note="Election", **{
        "slot-lead.1-article": str(write("A").pk)})  # fmt: skip
    page = unescape(answer.content.decode())
    assert why in page
    assert 'value="Election"' in page
    assert re.search(r'name="slot-lead.1-article" value="\d+"', page)
    assert not home.arrangements.exists()


def test_back_to_what_is_live_loses_nothing(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{a.pk}:lead.1")
    desk.open().press("publish")
    assert "with unpublished changes" not in desk.open().text
    desk.press(f"place:{b.pk}:lead.1")
    assert "Live since" in desk.open().text
    assert "with unpublished changes" in desk.text
    desk.press("back")
    assert placed(home) == {"lead.1": a.pk}
    assert "with unpublished changes" not in desk.open().text
    # Undo, and undo of the undo.
    for expected in (b, a):
        undo = re.search('value="(undo:[0-9]+)"', desk.open().text)
        assert undo
        desk.press(undo[1])
        assert placed(home) == {"lead.1": expected.pk}
    first = KeptDraft.objects.order_by("pk").first()
    assert first
    desk.open().press(f"kept:{first.pk}")
    assert placed(home) == {}


def test_undo_takes_back_one_s_own_step_and_leaves_what_the_other_did_since(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    undo = re.search('value="(undo:[0-9]+)"', edith.open().text)
    assert undo
    assert 'value="undo' not in chiara.open().text
    chiara.press(f"place:{b.pk}:seconds.1")
    assert f'value="{undo[1]}"' in edith.open().text
    edith.press(undo[1])
    assert placed(home) == {"seconds.1": b.pk}


def test_what_was_taken_back_is_brought_again_and_the_button_says_which(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{write('Tram').pk}:lead.1")
    for button, stands in (("Undo", {}), ("Redo", placed(home)), ("Undo", {})):
        undo = re.search(
            f'value="(undo:[0-9]+)" id="undo">{button}: “Tram” in Lead<', desk.open().text
        )
        assert undo, button
        desk.press(undo[1])
        assert placed(home) == stands


@pytest.mark.parametrize("act", ["undo:{kept}", "kept:{kept}", "load:{plan}"])
def test_an_earlier_draft_or_a_plan_that_cannot_be_read_is_refused_with_a_sentence(
    act: str, client_for: Log, editor: User, home: Front, write: Write
) -> None:
    story = write("Tram")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{story.pk}:lead.1")
    plan(home, by=editor, content=draft(home), publish_at=timezone.now() + timedelta(hours=1))
    KeptDraft.objects.update(content={"blocks": "an older shape"})
    home.arrangements.update(content={"slots": 7})
    kept, number = KeptDraft.objects.get().pk, home.arrangements.get().number
    answer = desk.open().press(act.format(kept=kept, plan=number))
    assert "cannot be read" in told(answer, desk.client)
    assert placed(home) == {"lead.1": story.pk}


@pytest.mark.parametrize("junk", [{"blocks": "x"}, {"slots": []}, [], "x", 7])
def test_a_front_whose_draft_or_arrangement_cannot_be_read_opens_everywhere(
    junk: Any, client_for: Log, client: Client, editor: User, home: Front, write: Write
) -> None:
    article = write("By rule")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{article.pk}:lead.1")
    desk.open().press("publish")
    home.arrangements.update(content=junk)
    Front.objects.update(draft=junk)
    root = address(home).removesuffix("change/")
    pages = ("change/", "preview/", "preview/frame/", "past/", "past/changes/?show=arrangements")
    for page in ("/admin/fronts/front/", *(root + page for page in pages)):
        assert desk.client.get(page).status_code == 200, page
    assert "By rule" in client.get("/").content.decode()


def test_the_first_slot_goes_no_higher_and_the_last_no_lower(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    first, last = content_of(home).keys[0], content_of(home).keys[-1]
    for slot in (first, last):
        desk.press(f"place:{write(slot).pk}:{slot}")
        desk.open()
    assert f'id="later-{first}"' in desk.text
    assert f'id="earlier-{first}"' not in desk.text
    assert f'id="earlier-{last}"' in desk.text
    assert f'id="later-{last}"' not in desk.text


def test_a_plan_of_another_front_is_not_taken_back_here(
    client_for: Log, editor: User, home: Front
) -> None:
    other = front_of(Front.Kind.OPINION)
    later = timezone.now() + timedelta(hours=1)
    arrangement = plan(other, by=editor, content=content_of(other), publish_at=later)
    Desk(client_for(editor), home).press(f"cancel:{arrangement.number}")
    arrangement.refresh_from_db()
    assert arrangement.cancelled_at is None
    assert json.loads(json.dumps(arrangement.content)) == arrangement.content
