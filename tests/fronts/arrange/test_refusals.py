"""The arrange page: what cannot stand, who may, and what is typed by nobody."""

import json
import re
from html import unescape

import pytest

from articles.fronts.content import Placement
from articles.fronts.finding import front_of
from articles.fronts.models import Front, KeptDraft
from articles.models import Section
from articles.publishing import withdraw
from newsroom.accounts.models import User
from tests.fronts.arrange.desk import Desk, Log, Write, address, draft, placed, told


def test_a_placement_that_readers_do_not_see_is_marked_with_the_reason(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    draft_story, gone = write("Not yet", live=False), write("Taken down")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{draft_story.pk}:lead.1")
    desk.open().press(f"place:{gone.pk}:seconds.1")
    twice = str(write("Twice").pk)
    desk.open().press("save", **{"slot-seconds.2-article": twice, "slot-seconds.3-article": twice})
    withdraw(gone, by=None, reason="A mistake")
    text = re.sub("<[^>]*>", "", desk.open().text)
    for why in ("not live yet", "withdrawn", "stands higher up"):
        assert f"Skipped: {why}." in text


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("slot-lead.1-article", "999999999", "There is no article of this number"),
        ("slot-lead.1-article", "words", "There is no article of this number"),
        ("slot-lead.1-picture", "77", "There is no picture of this number"),
        ("block-seconds-count", "99", "Give a number from 1 to 12"),
        ("block-seconds-source", "section:9999999", "Choose where its stories come from"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    field: str, value: str, why: str, client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{write('A').pk}:lead.1")
    sent = {"slot-lead.1-headline": "Typed words", "block-seconds-sent": "1", field: value}
    answer = desk.open().press("publish", **sent)
    page = unescape(answer.content.decode())
    assert why in page
    assert "Typed words" in page
    assert Front.objects.get(pk=home.pk).live is None
    assert draft(home).slots["lead.1"].headline == ""


@pytest.mark.parametrize(
    "act",
    ["place:", "place:\x00", "place:9:lead.1", "place:1:nowhere", "move:a:b:c", "move", "up:\x00",
     "clear:", "undo:x", "kept:999", "load:9", "cancel:9", "cancel:\x00", "remove:gone", "onto:a:b",
     "put", "earlier:lead.1:1", "add", "nonsense:\x00:%s", "take:x", "target:x", "settle"],
)  # fmt: skip
def test_odd_acts_change_nothing_and_break_nothing(
    act: str, client_for: Log, editor: User, home: Front
) -> None:
    desk = Desk(client_for(editor), home)
    before = draft(home)
    for fields in ({}, {"q": "\x00", "to": "\x00", "taken": "\x00:\x00", "new-source": "topic",
                        "new-topic": "\x00", "new-count": "9" * 9}):  # fmt: skip
        answer = desk.press(act, **fields)
        assert answer.status_code in {200, 302, 409}
        if answer.status_code == 302:
            assert desk.client.get(answer["Location"]).status_code == 200
    assert draft(home) == before


@pytest.mark.parametrize(
    "words", [{"slot-lead.1-headline": "B\x00C"}, {"block-latest-title": "B\x00C"},
              {"do": "add", "new-source": "paper", "new-title": "B\x00C"}]
)  # fmt: skip
def test_a_character_that_no_database_holds_is_left_out_of_what_was_typed(
    words: dict[str, str], client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    story = write("A").pk
    act = words.pop("do", "save")
    marks = {"block-latest-sent": "1", "slot-lead.1-article": str(story)}
    assert desk.press(act, **marks, **words).status_code == 302
    assert "B C" in json.dumps(draft(home).as_json())
    assert "\x00" not in KeptDraft.objects.get().what


def test_a_character_that_no_database_holds_is_left_out_of_a_conflict_s_answer(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    mine = draft(home).with_slot("lead.1", Placement(write("A").pk))
    base = desk.base["base"]
    answer = desk.press("settle", mine=json.dumps(mine.as_json()), theirs=base, what="B\x00C")
    assert answer.status_code == 302
    assert KeptDraft.objects.get().what == "B C"


@pytest.mark.parametrize(
    "base",
    ["", "x", "[]", "{}x", '{"blocks":[{}]}', "[" * 9000, "\x00",
     '{"blocks":[{"id":"a","kind":"row","count":1e999}]}'],
)  # fmt: skip
def test_a_form_that_did_not_come_whole_saves_nothing(
    base: str, client_for: Log, editor: User, home: Front, write: Write
) -> None:
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{write('A').pk}:lead.1")
    before = draft(home)
    desk.base["base"] = base
    answer = desk.press("save")
    assert "did not come whole" in told(answer, desk.client)
    assert draft(home) == before


def test_reporters_look_and_change_nothing(
    client_for: Log, reporter: User, editor: User, home: Front, write: Write
) -> None:
    base = Desk(client_for(editor), home).base
    rami = client_for(reporter)
    page = rami.get(address(home)).content.decode()
    assert "Lead" in page
    assert 'name="do"' not in page
    article = write("A")
    for act in (f"place:{article.pk}:lead.1", "publish", "plan", "alarm", "back", "settle"):
        assert rami.post(address(home), {**base, "do": act}).status_code == 403
    assert rami.post(f"/admin/fronts/front/{home.pk}/presence/").status_code == 403
    assert placed(home) == {}


def test_a_section_s_front_is_its_own_editors_and_others_look(
    client_for: Log, editor: User, chief: User, section: Section, write: Write
) -> None:
    section.editors.add(chief)
    front = front_of(Front.Kind.SECTION, section)
    article = write("A")
    base = Desk(client_for(chief), front).base
    edith = client_for(editor)
    assert 'name="do"' not in edith.get(address(front)).content.decode()
    sent = {**base, "do": f"place:{article.pk}:lead.1"}
    assert edith.post(address(front), sent).status_code == 403
    client_for(chief).post(address(front), sent)
    assert placed(front) == {"lead.1": article.pk}


def test_people_without_fronts_see_none(client_for: Log, letters: User, home: Front) -> None:
    client = client_for(letters)
    for where in (address(home), "/admin/fronts/front/", f"/admin/fronts/front/{home.pk}/stories/",
                  f"/admin/fronts/front/{home.pk}/preview/"):  # fmt: skip
        assert client.get(where).status_code == 403
