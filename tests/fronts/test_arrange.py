"""The arrange page: what an editor places stays, what two editors place stays, nothing is lost."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.fronts import drafts
from articles.fronts.arranging import plan
from articles.fronts.content import Content, Placement
from articles.fronts.drafts import draft_of
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Front, KeptDraft
from articles.models import Article, Column, Section
from articles.models.kinds import State
from articles.publishing import publish, withdraw
from articles.revisions import revise
from articles.topics import find_or_make
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings

Log = Callable[[User], Client]


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="City", slug="city", on_front=True)


@pytest.fixture
def write(section: Section) -> Callable[..., Article]:
    """A story of the section, live unless said otherwise."""

    def make(headline: str, *, live: bool = True, **fields: Any) -> Article:
        article = Article.objects.create(
            headline=headline, body="<p>Text</p>", **{"section": section, **fields}
        )
        revise(article, by=None)
        if live:
            publish(article, by=None)
        return article

    return make


Write = Callable[..., Article]


@pytest.fixture
def home(section: Section) -> Front:
    return front_of(Front.Kind.HOME)


def address(front: Front) -> str:
    return f"/admin/fronts/front/{front.pk}/change/"


class Desk:
    """One editor's window with the page open: what it was opened with is sent back."""

    def __init__(self, client: Client, front: Front) -> None:
        self.client, self.front = client, front
        self.open()

    def open(self) -> "Desk":
        self.text = self.client.get(address(self.front)).content.decode()
        self.base = {
            name: unescape(re.search(f'name="{name}" value="([^"]*)"', self.text)[1])  # type: ignore[index]
            for name in ("base", "base_number")
        }
        return self

    def press(self, act: str, **fields: Any) -> HttpResponse:
        sent = {**self.base, "do": act, **{k.replace("__", "-"): v for k, v in fields.items()}}
        return self.client.post(address(self.front), sent)  # type: ignore[return-value]


def draft(front: Front) -> Content:
    return draft_of(Front.objects.get(pk=front.pk))


def placed(front: Front) -> dict[str, int]:
    return {key: each.article for key, each in draft(front).slots.items()}


def told(response: HttpResponse, client: Client) -> str:
    page = client.get(response["Location"]) if response.status_code == 302 else response
    return unescape(re.sub("<[^>]*>", " ", page.content.decode()))


def test_every_front_is_in_the_list_as_soon_as_it_is_opened(
    client_for: Log, editor: User, section: Section
) -> None:
    text = client_for(editor).get("/admin/fronts/front/").content.decode()
    for name in ("Home", "Opinion", "Hot Opinion", "City"):
        assert f">{name}</a>" in text
    assert Front.objects.count() == 4


def test_a_new_story_is_in_the_lead_with_one_press_and_before_readers_with_another(
    client_for: Log, editor: User, home: Front, write: Write, client: Client
) -> None:
    stories = [write(f"Story {number}") for number in range(4)]
    old = stories[0]
    desk = Desk(client_for(editor), home)
    assert "Story 0" in desk.text
    lead = desk.press(f"place:{old.pk}", to="lead.1")
    assert "“Story 0” in Lead" in told(lead, desk.client)
    assert placed(home) == {"lead.1": old.pk}
    assert content_of(Front.objects.get(pk=home.pk)).slots == {}
    desk.open().press("publish")
    assert content_of(Front.objects.get(pk=home.pk)).slots == {"lead.1": Placement(old.pk)}
    page = client.get("/").content.decode()
    assert page.index("Story 0") < page.index("Story 3")


def test_a_story_moves_from_slot_to_slot_and_two_change_places(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{a.pk}:lead.1", **{"slot-lead.1-headline": "x"})
    desk.open().press(f"place:{b.pk}:seconds.1")
    desk.open().press("save", **{"slot-lead.1-headline": "Own words"})
    desk.open().press(f"move:lead.1:seconds.1:{a.pk}")
    assert draft(home).slots == {
        "lead.1": Placement(b.pk), "seconds.1": Placement(a.pk, headline="Own words"),
    }  # fmt: skip
    desk.open().press(f"later:seconds.1:{a.pk}")
    desk.open().press(f"earlier:lead.1:{b.pk}")  # nothing is above it
    assert placed(home) == {"lead.1": b.pk, "seconds.2": a.pk}
    desk.open().press("clear:seconds.2")
    assert placed(home) == {"lead.1": b.pk}


def test_a_story_is_taken_up_and_put_down_without_a_script(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    a = write("Taken story")
    desk = Desk(client_for(editor), home)
    answer = desk.press(f"take:lead.1:{a.pk}")
    page = desk.client.get(answer["Location"]).content.decode()
    assert "is taken up" in page
    assert 'value="put:seconds.3"' in page
    desk.press("put:seconds.3", taken=f"lead.1:{a.pk}")
    assert placed(home) == {"seconds.3": a.pk}
    desk.open().press("put", taken=f"seconds.3:{a.pk}", put_to="lead.1")
    assert placed(home) == {"lead.1": a.pk}


def test_placing_a_story_that_stands_already_moves_it_and_what_differs_goes_with_it(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    a = write("A")
    picture = Picture.objects.create(extension="jpg", width=9, height=6, alt_text="Tram")
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{a.pk}:seconds.1")
    desk.open().press(
        "save", **{"slot-seconds.1-kicker": "Tram", "slot-seconds.1-picture": str(picture.pk),
                   "slot-seconds.1-crop": "square", "slot-seconds.1-size": "large"},
    )  # fmt: skip
    desk.open().press(f"place:{a.pk}", to="lead.1")
    own = Placement(a.pk, kicker="Tram", picture=picture.pk, crop="square", size="large")
    assert draft(home).slots == {"lead.1": own}
    # Another story in the slot has words of its own.
    b = write("B")
    fields = {"article": f"https://paper.test/city/b-{b.pk}/", "kicker": "Tram",
              "picture": str(picture.pk), "crop": "square"}  # fmt: skip
    desk.open().press("save", **{f"slot-lead.1-{name}": value for name, value in fields.items()})
    assert draft(home).slots == {"lead.1": Placement(b.pk)}


def test_rows_are_added_set_moved_hidden_and_taken_away(
    client_for: Log, editor: User, home: Front, section: Section
) -> None:
    topic = find_or_make("Trams")
    column = Column.objects.create(name="Right", slug="right")
    desk = Desk(client_for(editor), home)
    desk.press("add", **{"new-source": "topic", "new-topic": "trams", "new-count": "3"})
    desk.open().press("add", **{"new-source": f"column:{column.pk}", "new-layout": "list"})
    blocks = draft(home).blocks
    by_topic, by_column = blocks[-3], blocks[-2]
    assert (by_topic.source, by_topic.source_id, by_topic.count) == ("topic", topic.pk, 3)
    assert (by_column.source, by_column.source_id) == ("column", column.pk)
    assert by_column.layout == "list"
    desk.open().press(f"up:{by_column.id}")
    assert [block.id for block in draft(home).blocks[-3:-1]] == [by_column.id, by_topic.id]
    desk.open().press(f"onto:{by_topic.id}:{blocks[4].id}")
    assert draft(home).blocks[4].id == by_topic.id
    at = f"block-{by_topic.id}"
    desk.open().press("save", **{
        f"{at}-sent": "1", f"{at}-title": "On rails", f"{at}-source": f"section:{section.pk}",
        f"{at}-layout": "one-three", f"{at}-count": "5", f"{at}-repeat": "on",
    })  # fmt: skip
    changed = next(block for block in draft(home).blocks if block.id == by_topic.id)
    assert (changed.title, changed.source, changed.layout, changed.count, changed.repeat) == (
        "On rails", "section", "one-three", 5, True,
    )  # fmt: skip
    desk.open().press(f"hide:{by_topic.id}")
    assert next(b for b in draft(home).blocks if b.id == by_topic.id).hidden
    desk.open().press(f"remove:{by_column.id}")
    assert by_column.id not in [block.id for block in draft(home).blocks]


def test_the_top_of_the_page_stays_at_the_top(client_for: Log, editor: User, home: Front) -> None:
    before = draft(home).blocks
    desk = Desk(client_for(editor), home)
    for act in ("up:seconds", "down:lead", "up:opinion", "remove:lead"):
        desk.open().press(act)
    assert draft(home).blocks == before


# Two editors -------------------------------------------------------------------------------------


def test_two_editors_place_two_stories_and_both_stand(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press(f"place:{b.pk}:seconds.1")
    assert placed(home) == {"lead.1": a.pk, "seconds.1": b.pk}
    said = told(answer, chiara.client)
    assert "Merged with what" in said
    assert "Lead" in said


def test_a_slot_that_both_filled_is_asked_and_theirs_is_chosen_until_somebody_says_otherwise(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b, c = write("Story A"), write("Story B"), write("Story C")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press(f"place:{b.pk}:lead.1", **{"slot-seconds.2-article": str(c.pk)})
    assert answer.status_code == 409
    assert placed(home) == {"lead.1": a.pk}  # nothing is saved yet
    page = answer.content.decode()
    for words in ("Story A", "Story B", "From \u2068Edith", "Mine"):
        assert words in page
    assert re.search('name="choice-slot:lead.1" value="theirs" required checked', page)
    carried = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    sent = {name: unescape(value) for name, value in carried.items()}
    sent |= {"do": "settle", "choice-slot:lead.1": "mine"}
    chiara.client.post(address(home), sent)
    assert placed(home) == {"lead.1": b.pk, "seconds.2": c.pk}


def test_what_a_third_saves_while_somebody_chooses_is_merged_too(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b, c = write("A"), write("B"), write("C")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    page = chiara.press(f"place:{b.pk}:lead.1").content.decode()
    edith.open().press(f"place:{c.pk}:seconds.1")
    carried = dict(re.findall('<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    sent = {name: unescape(value) for name, value in carried.items()}
    chiara.client.post(address(home), {**sent, "do": "settle", "choice-slot:lead.1": "mine"})
    assert placed(home) == {"lead.1": b.pk, "seconds.1": c.pk}


def test_a_stale_page_publishes_nothing_until_what_others_did_was_seen(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    a, b = write("A"), write("B")
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    edith.press(f"place:{a.pk}:lead.1")
    answer = chiara.press("publish", **{"slot-seconds.1-article": str(b.pk)})
    assert "Nothing was published" in told(answer, chiara.client)
    assert Front.objects.get(pk=home.pk).live is None
    assert placed(home) == {"lead.1": a.pk, "seconds.1": b.pk}
    chiara.open().press("publish")
    live = Front.objects.get(pk=home.pk).live
    assert live
    assert live.by == chief
    assert {k: p["article"] for k, p in live.content["slots"].items()} == placed(home)


# Time, and the way back --------------------------------------------------------------------------


def test_what_another_publishes_between_a_save_and_its_publishing_stays(
    client_for: Log, editor: User, chief: User, home: Front, write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mine, theirs = write("Mine"), write("Theirs")
    one, save = Desk(client_for(editor), home), drafts.save

    def save_and_wait(*args: Any, **fields: Any) -> drafts.Saved:
        saved = save(*args, **fields)
        monkeypatch.setattr(drafts, "save", save)
        other = Desk(client_for(chief), home)
        other.press(f"place:{theirs.pk}:seconds.1")
        other.open().press("publish")
        return saved

    monkeypatch.setattr(drafts, "save", save_and_wait)
    answer = one.press("publish", **{"slot-lead.1-article": str(mine.pk)})
    live = content_of(Front.objects.get(pk=home.pk)).slots
    assert {key: each.article for key, each in live.items()} == {
        "lead.1": mine.pk, "seconds.1": theirs.pk,
    }  # fmt: skip
    assert "Somebody else has changed this front meanwhile." in told(answer, one.client)


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


# What cannot stand -------------------------------------------------------------------------------


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


# The list of stories -----------------------------------------------------------------------------


def test_stories_are_found_by_words_number_and_address_with_their_state_and_place(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    live, later = write("Tram opens"), write("Tram closes", live=False)
    Article.objects.filter(pk=later.pk).update(publish_at=timezone.now() + timedelta(hours=2))
    write("Ferry sails", live=False)
    desk = Desk(client_for(editor), home)
    desk.press(f"place:{live.pk}:lead.1")
    found = f"/admin/fronts/front/{home.pk}/stories/"

    def look(query: str) -> str:
        return re.sub(r"\s+", " ", unescape(
            desk.client.get(found, {"q": query}).content.decode()))  # fmt: skip

    text = look("tram")
    assert "Ferry" not in text
    for words in ("live, ", "scheduled for ", "stands in Lead by hand"):
        assert words in text
    assert "draft" in look("ferry")
    assert "Tram opens" in look(str(live.pk))
    assert "Tram opens" in look(f"https://paper.test/city/tram-opens-{live.pk}/?x=1")
    assert "Tram closes" in look("")  # what is coming stands among the newest
    assert "No story" in look("zebra")
    for odd in ("\x00", "%", "' OR 1=1", "x" * 900, "9" * 40):
        assert desk.client.get(found, {"q": odd}).status_code == 200


def test_the_list_has_at_most_twenty_stories_and_none_from_the_bin(
    client_for: Log, editor: User, home: Front, write: Write
) -> None:
    for number in range(23):
        write(f"Tram {number}", live=False)
    write("Tram withdrawn", live=False, state=State.WITHDRAWN)
    write("Tram binned", live=False, binned_at=timezone.now())
    desk = Desk(client_for(editor), home)
    found = desk.client.get(f"/admin/fronts/front/{home.pk}/stories/", {"q": "tram"})
    text = found.content.decode()
    assert text.count('class="story"') == 20
    assert "withdrawn" not in text
    assert "binned" not in text


# Who may -----------------------------------------------------------------------------------------


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


# Small things ------------------------------------------------------------------------------------


def test_the_alarm_is_set_here(client_for: Log, editor: User, home: Front) -> None:
    desk = Desk(client_for(editor), home)
    desk.press("alarm", stale_after="90")
    assert Front.objects.get(pk=home.pk).stale_after == 90
    for odd in ("-1", "x", "9" * 30, "0"):
        desk.press("alarm", stale_after=odd)
        assert Front.objects.get(pk=home.pk).stale_after == 90
    desk.press("alarm", stale_after="")
    assert Front.objects.get(pk=home.pk).stale_after is None


def test_who_has_the_page_open_is_told_to_the_other(
    client_for: Log, editor: User, chief: User, home: Front, write: Write
) -> None:
    edith, chiara = Desk(client_for(editor), home), Desk(client_for(chief), home)
    signs = f"/admin/fronts/front/{home.pk}/presence/"
    assert "Edith Editor\u2069 is arranging this front" in chiara.text
    edith.press(f"place:{write('A').pk}:lead.1")
    heard = chiara.client.post(signs, {"base_number": chiara.base["base_number"]}).json()
    assert "is arranging this front" in heard["others"][0]
    assert "is merged with it" in heard["newer"]
    edith.client.post(signs, {"gone": "1"})
    assert chiara.client.post(signs, {"base_number": "1"}).json()["others"] == []


def test_the_number_of_queries_does_not_grow_with_what_is_placed(
    client_for: Log, editor: User, home: Front, write: Write,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    desk = Desk(client_for(editor), home)
    desk.press("save", **{f"slot-{key}-article": str(write(f"Story {key}").pk)
                          for key in draft(home).keys[:10]})  # fmt: skip
    assert len(placed(home)) == 10
    with django_assert_max_num_queries(45):
        desk.open()


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
