"""What stands in a slot: what an editor placed, else the newest the rule finds, each story once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.fronts.content import BadContent, Block, Content, Placement, parse
from articles.fronts.filling import fill
from articles.fronts.finding import content_of, front_of
from articles.fronts.models import Front
from articles.fronts.shown import Shown, from_json, to_json
from articles.models import Article, Author, Byline, Column, PublishedArticle, Section
from articles.publishing import publish, unpublish, withdraw
from articles.publishing.bin import bin_article
from articles.revisions import revise
from articles.topics import find_or_make, for_names, put
from articles.topics.merging import merge
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from tests.fronts.stories import NOON, city, home, minutes, story, with_slots

pytestmark = pytest.mark.django_db


def picture(title: str = "A tram") -> Picture:
    return Picture.objects.create(width=900, height=600, extension="jpg", title=title)


def shown(content: Content | None = None, front: Front | None = None) -> Shown:
    front = front or home()
    return fill(front, content or content_of(front), at=NOON)


def slots(found: Shown) -> dict[str, str]:
    return {c.slot: c.card.headline for block in found.blocks for c in block.cards}


def on_topic(row: PublishedArticle, *names: str) -> None:
    put(row.article, for_names(list(names)))
    publish(row.article, by=None, revision=revise(row.article, by=None))


def a_paper(number: int = 24, **fields: Any) -> list[PublishedArticle]:
    """Stories of City, the newest last."""
    return [story(f"Story {n:02}", at=minutes(n), **fields) for n in range(number)]


def test_empty_slots_take_the_newest_by_rule_in_page_order() -> None:
    a_paper()
    found = slots(shown())
    assert found["lead.1"] == "Story 23"
    assert [found[f"related.{n}"] for n in (1, 2)] == ["Story 22", "Story 21"]
    assert [found[f"seconds.{n}"] for n in (1, 2, 3, 4)] == [
        "Story 20", "Story 19", "Story 18", "Story 17",
    ]  # fmt: skip
    row = f"row-{city().pk}"
    assert [found[f"{row}.{n}"] for n in (1, 2, 3, 4)] == [
        "Story 16", "Story 15", "Story 14", "Story 13",
    ]  # fmt: skip


def test_every_placement_is_kept_before_any_rule_takes_its_story() -> None:
    paper = a_paper()
    row = f"row-{city().pk}"
    # The newest story, which the lead would take by rule, was placed at the bottom of the page.
    content = with_slots(home(), seconds_2=paper[3].pk).with_slot(
        f"{row}.4", Placement(paper[23].pk)
    )
    found = shown(content)
    said = slots(found)
    assert (said[f"{row}.4"], said["seconds.2"]) == ("Story 23", "Story 03")
    assert said["lead.1"] == "Story 22"
    by_hand = {c.slot for block in found.blocks for c in block.cards if c.by_hand}
    assert by_hand == {f"{row}.4", "seconds.2"}


def test_a_story_stands_once_on_a_front_unless_its_block_may_repeat() -> None:
    a_paper()
    found = shown()
    once = [c.card.pk for block in found.blocks if not block.block.repeat for c in block.cards]
    assert len(once) == len(set(once)) > 10
    (latest,) = [block for block in found.blocks if block.block.repeat]
    assert [card.headline for card in latest.articles] == [f"Story {n}" for n in range(23, 15, -1)]


def test_a_story_placed_twice_stands_higher_up_and_not_below() -> None:
    paper = a_paper(6)
    found = shown(with_slots(home(), lead_1=paper[0].pk, seconds_1=paper[0].pk))
    assert slots(found)["lead.1"] == "Story 00"
    assert slots(found)["seconds.1"] != "Story 00"
    assert [(s.slot, s.article_id, s.why) for s in found.skipped] == [
        ("seconds.1", paper[0].pk, "stands higher up")
    ]
    # What may repeat shows it again, and not twice in itself.
    again = shown(
        with_slots(home(), lead_1=paper[0].pk, latest_3=paper[0].pk, latest_4=paper[0].pk)
    )
    latest = [c.card.headline for b in again.blocks if b.block.id == "latest" for c in b.cards]
    assert latest.count("Story 00") == 1
    assert latest[2] == "Story 00"
    assert len(latest) == len(set(latest))


def test_opinion_is_kept_out_of_news_and_has_its_own_place() -> None:
    a_paper(12)
    views = [story(f"View {n}", kind="opinion", at=minutes(60 + n)) for n in range(3)]
    found = shown()
    news = [b for b in found.blocks if b.block.kind in ("lead", "related", "seconds", "row")]
    assert not any(card.is_opinion for block in news for card in block.articles)
    (strip,) = [block for block in found.blocks if block.block.kind == "opinion"]
    assert [card.headline for card in strip.articles] == ["View 2", "View 1", "View 0"]
    # So on a section's front, where only its own list has opinion in it.
    on_topic(views[0], "Trams")
    on_topic(found.blocks[0].articles[0], "Trams")
    blocks = (
        Block("own", "row", "section", city().pk, count=2),
        Block("topic", "row", "topic", find_or_make("Trams").pk),
    )
    own, topic = shown(Content(blocks), front_of("section", city())).blocks
    assert [card.headline for card in own.articles] == ["View 2", "View 1"]
    assert [card.headline for card in topic.articles] == ["Story 11"]
    # An editor may lead with it all the same.
    assert slots(shown(with_slots(home(), lead_1=views[0].pk)))["lead.1"] == "View 0"


def test_the_home_lead_by_rule_has_a_picture_if_any_story_has() -> None:
    story("With a picture", at=minutes(0), lead_picture=picture())
    story("Without one", at=minutes(5))
    assert slots(shown())["lead.1"] == "With a picture"


def test_home_opinion_begins_with_hot_opinion_as_editors_put_it() -> None:
    from articles.fronts.arranging import publish as arrange

    views = [story(f"View {n}", kind="opinion", at=minutes(n)) for n in range(7)]
    hot = front_of("hot_opinion")
    arrange(hot, by=None, content=with_slots(hot, hot_2=views[0].pk, hot_1=views[3].pk))
    (strip,) = [block for block in shown().blocks if block.block.kind == "opinion"]
    assert [card.headline for card in strip.articles] == [
        "View 3", "View 0", "View 6", "View 5", "View 4",
    ]  # fmt: skip


def test_a_hidden_block_shows_nothing_and_takes_nothing() -> None:
    paper = a_paper(10)
    content = with_slots(home(), seconds_1=paper[9].pk)
    blocks = tuple(
        Block(b.id, b.kind, b.source, b.source_id, count=b.count, hidden=True)
        if b.id == "seconds" else b
        for b in content.blocks
    )  # fmt: skip
    found = shown(Content(blocks, content.slots))
    assert "seconds" not in {block.block.id for block in found.blocks}
    assert slots(found)["lead.1"] == "Story 09"


def test_rows_take_the_newest_of_their_section_topic_or_column() -> None:
    sport = Section.objects.create(name="Sport", slug="sport", on_front=False)
    column = Column.objects.create(name="Asides", slug="asides")
    game, view = story("A game", section=sport), story("A view", kind="opinion", column=column)
    tram = story("A tram")
    on_topic(tram, "Trams")
    blocks = (
        Block("a", "row", "section", sport.pk),
        Block("b", "row", "topic", find_or_make("Trams").pk, title="On the rails"),
        Block("c", "row", "column", column.pk),
    )
    found = shown(Content(blocks))
    assert [(b.title, b.href, [c.pk for c in b.articles]) for b in found.blocks] == [
        ("Sport", "/sport/", [game.pk]),
        ("On the rails", "/topic/trams/", [tram.pk]),
        ("Asides", "/opinion/asides/", [view.pk]),
    ]


def test_what_readers_may_not_see_is_skipped_named_and_its_slot_filled() -> None:
    a_paper(8)
    planned = Article.objects.create(headline="Embargoed", body="<p>x</p>", section=city())
    revise(planned, by=None)
    Article.objects.filter(pk=planned.pk).update(publish_at=timezone.now() + timedelta(days=1))
    gone, binned = story("Withdrawn"), story("Binned")
    withdraw(gone.article, by=None, reason="Wrong.")
    unpublish(binned.article, by=None)
    bin_article(binned.article, by=None)
    content = with_slots(
        home(), lead_1=planned.pk, seconds_1=gone.pk, seconds_2=binned.pk, seconds_3=10**9
    )
    with CaptureQueriesContext(connection) as asked:
        found = shown(content)
    assert len([q for q in asked if "articles_" in q["sql"]]) <= 4  # one more, for the reasons
    assert [(s.slot, s.article_id, s.why) for s in found.skipped] == [
        ("lead.1", planned.pk, "not live yet"),
        ("seconds.1", gone.pk, "withdrawn"),
        ("seconds.2", binned.pk, "in the bin"),
        ("seconds.3", 10**9, "gone"),
    ]
    said = slots(found)
    assert not {"Embargoed", "Withdrawn", "Binned"} & set(said.values())
    assert {"lead.1", "seconds.1", "seconds.2", "seconds.3"} <= set(said)


def test_a_block_whose_section_topic_or_column_is_gone_is_left_out_and_named() -> None:
    paper = a_paper(3)
    blocks = tuple(Block(f"{kind}-gone", "row", kind, 10**9) for kind in
                   ("section", "topic", "column"))  # fmt: skip
    content = Content((*blocks, Block("lead", "lead", "news", count=1)))
    # What was placed there can stand elsewhere again.
    found = shown(content.with_slot("topic-gone.1", Placement(paper[2].pk)))
    assert [block.block.id for block in found.blocks] == ["lead"]
    assert slots(found) == {"lead.1": "Story 02"}
    assert [(s.slot, s.article_id) for s in found.skipped] == [
        ("section-gone", None), ("topic-gone", None), ("column-gone", None),
    ]  # fmt: skip


def test_a_slots_own_words_picture_crop_and_size_stand_in_that_slot_alone() -> None:
    paper, other = a_paper(3), picture("Another tram")
    own = Placement(paper[2].pk, "Own words", "Own kicker", other.pk, "square", "large")
    found = shown(with_slots(home(), seconds_1=own))
    (second,) = [c for b in found.blocks for c in b.cards if c.slot == "seconds.1"]
    assert (second.card.headline, second.card.kicker) == ("Own words", "Own kicker")
    assert second.card.lead_picture == other
    assert (second.size, second.crop, second.picture_size) == ("large", "square", "large-square")
    (again,) = [
        c for b in found.blocks if b.block.repeat for c in b.cards if c.card.pk == paper[2].pk
    ]
    assert (again.card.headline, again.card.lead_picture) == ("Story 02", None)
    assert PublishedArticle.objects.get(pk=paper[2].pk).headline == "Story 02"


def test_a_picture_placed_on_opinion_is_its_face() -> None:
    view, face = story("A view", kind="opinion"), picture("A face")
    author = Author.objects.create(name="Ada", slug="ada", portrait=picture("Ada"))
    Byline.objects.create(article=view.article, author=author)
    publish(view.article, by=None, revision=revise(view.article, by=None))
    found = shown(with_slots(home(), opinion_1=Placement(view.pk, picture=face.pk)))
    (strip,) = [block for block in found.blocks if block.block.kind == "opinion"]
    assert strip.articles[0].portrait == face


def test_a_front_comes_back_from_its_json_as_it_was() -> None:
    column = Column.objects.create(name="Asides", slug="asides", portrait=picture("Face"))
    paper = a_paper(12, lead_picture=picture(), standfirst="It did.")
    story("A view", kind="opinion", column=column, at=minutes(60))
    found = shown(with_slots(home(), lead_1=Placement(paper[0].pk, "Own words"), seconds_1=10**9))
    PublishedArticle.objects.update(headline="Changed since", lead_picture=None)
    with CaptureQueriesContext(connection) as asked:
        back = from_json(to_json(found))
    assert len(asked) == 1
    assert to_json(back) == to_json(found)
    assert slots(back)["lead.1"] == "Own words"
    assert back.blocks[0].articles[0].get_absolute_url() == paper[0].get_absolute_url()
    assert back.skipped == found.skipped


def test_a_front_is_filled_in_three_queries_whatever_stands_on_it() -> None:
    paper, pictures = a_paper(20), [picture(str(n)) for n in range(4)]
    for n in range(12):
        Section.objects.create(name=f"Section {n}", slug=f"section-{n}")
    on_topic(paper[0], "Trams")
    placed = {f"seconds_{n + 1}": Placement(paper[n].pk, picture=pictures[n].pk) for n in range(4)}
    front = home()
    content = with_slots(front, **placed)
    content = Content(
        (*content.blocks, Block("t", "row", "topic", find_or_make("Trams").pk)), content.slots
    )
    with CaptureQueriesContext(connection) as asked:
        fill(front, content, at=NOON)
    assert len([q for q in asked if "cache_generation" not in q["sql"]]) <= 3


@pytest.mark.parametrize("times", [2, 3, 4, 7])
def test_a_row_of_a_topic_that_was_merged_again_and_again_is_a_row_of_the_last(
    times: int, chief: User
) -> None:
    tram = story("A tram")
    on_topic(tram, "Trams")
    old = topic = find_or_make("Trams")
    for number in range(times):
        further = find_or_make(f"Rails {number}")
        merge(topic, further, by=chief)
        topic = further
    found = shown(Content((Block("t", "row", "topic", old.pk),)))
    assert [(b.title, b.href, b.articles) for b in found.blocks] == [
        (topic.name, topic.get_absolute_url(), [PublishedArticle.objects.get()])
    ]


def test_words_that_no_database_holds_are_cleaned_when_a_front_is_read() -> None:
    content = parse(
        {
            "blocks": [{"id": "a", "kind": "lead", "title": "A\x00 \ud800 title", "count": "2",
                        "source": "section", "source_id": "7"}],
            "slots": {"a.1": {"article": 5, "headline": "\x00Own\n words\udfff", "kicker": None}},
        }
    )  # fmt: skip
    (block,) = content.blocks
    assert (block.title, block.count, block.source_id) == ("A title", 2, 7)
    assert (content.slots["a.1"].headline, content.slots["a.1"].kicker) == ("Own words", "")
    front = home()
    front.draft = content.as_json()
    front.save()
    front.refresh_from_db()
    assert parse(front.draft) == content


@pytest.mark.parametrize(
    "broken",
    [
        None, [], "x", {"blocks": "x"}, {"blocks": [None]}, {"blocks": [{"id": [], "kind": "row"}]},
        {"blocks": [{"id": "a", "kind": "row", "source": "section"}]},
        {"blocks": [{"id": "a", "kind": "row", "source": "topic", "source_id": 2**63}]},
        {"blocks": [{"id": "a", "kind": "row", "count": "x"}]},
        {"blocks": [{"id": "a", "kind": "row", "layout": {}}]},
        {"blocks": [{"id": "a", "kind": "row"}] * 2},
        {"blocks": [{"id": "a", "kind": "row"}], "slots": []},
        {"blocks": [{"id": "a", "kind": "row"}], "slots": {"a.1": {"article": "7"}}},
        {"blocks": [{"id": "a", "kind": "row"}], "slots": {"a.1": {"article": 7, "crop": "x"}}},
        {"blocks": [{"id": "a", "kind": "row"}], "slots": {"a.1": {"article": 7, "size": []}}},
    ],
)  # fmt: skip
def test_what_is_no_front_is_refused_with_a_sentence(broken: object) -> None:
    with pytest.raises(BadContent, match=r"\w+ \w+"):
        parse(broken)
