"""The arrange page: what an editor places stays where it was put."""

from django.test import Client

from articles.fronts.content import Placement
from articles.fronts.finding import content_of
from articles.fronts.models import Front
from articles.models import Column, Section
from articles.topics import find_or_make
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from tests.fronts.arrange.desk import Desk, Log, Write, draft, placed, told


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
