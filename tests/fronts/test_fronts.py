"""Home, sections and opinion as readers get them."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.fronts.arranging import publish as arrange
from articles.fronts.content import CROPS, SIZES, Block, Content, Placement
from articles.fronts.due import run_due
from articles.fronts.finding import all_fronts, content_of, front_of
from articles.fronts.models import Arrangement, Front
from articles.models import Column, Section
from articles.publishing import withdraw
from articles.queries import PAGE
from newsroom.media.models import Picture
from tests.fronts.stories import city, home, minutes, show, story, with_slots
from tests.fronts.test_filling import on_topic, picture

pytestmark = pytest.mark.django_db

OLDER = re.compile(r'rel="next" href="\?(before=[0-9TZ-]+)"')


def main(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    html = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return str(html.partition("most-read-strip")[0])  # which repeats what it likes


def headlines(html: str) -> list[str]:
    return re.findall(r"<h[23][^>]*>(?:<a [^>]*>)([^<]+)</a></h[23]>", html)


def test_readers_see_what_an_editor_placed_as_soon_as_it_is_published(client: Client) -> None:
    old = story("An old story", at=minutes(0))
    for n in range(12):
        story(f"Story {n:02}", at=minutes(10 + n))
    assert headlines(main(client))[0] == "Story 11"
    # What this process keeps in memory is no newer than what any other has: the new generation
    # alone tells all of them.
    show(home(), at=minutes(60), lead_1=Placement(old.pk, headline="Still true"))
    assert headlines(main(client))[0] == "Still true"
    assert "An old story" in main(client, old.get_absolute_url())  # its own words


def test_a_withdrawn_story_leaves_the_front_at_once_and_its_slot_fills(client: Client) -> None:
    placed, other = story("Placed"), story("Another", at=minutes(-5))
    show(home(), at=minutes(1), lead_1=placed.pk)
    assert headlines(main(client))[0] == "Placed"
    withdraw(placed.article, by=None, reason="Wrong.")
    html = main(client)
    assert "Placed" not in html
    assert headlines(html)[0] == other.headline


def test_an_arrangement_that_cannot_be_read_shows_the_front_by_rule_and_says_so(
    client: Client,
) -> None:
    story("By rule")
    show(home(), at=minutes(1))
    Arrangement.objects.update(content={"blocks": "broken"})
    run_due(minutes(2))
    caches["local"].clear()
    assert "By rule" in main(client)
    broken = home()
    assert broken.failed_at == minutes(2)
    assert broken.failure
    show(home(), at=minutes(3))
    assert (home().failure, home().failed_at) == ("", None)


def test_a_section_that_gets_a_row_later_has_one_where_the_front_was_arranged() -> None:
    story("In the city")
    show(home(), at=minutes(1))
    sport = Section.objects.create(name="Sport", slug="sport")
    content = content_of(home())
    assert content.blocks[-2] == Block(
        f"row-{sport.pk}", "row", "section", sport.pk, layout=content.blocks[-2].layout
    )
    Section.objects.filter(pk=sport.pk).update(on_front=False)
    caches["local"].clear()
    assert content_of(home()).blocks[-2].source_id == city().pk


def test_a_sections_pages_show_every_story_once_below_what_is_placed(client: Client) -> None:
    rows = [story(f"Story {n:02}", at=minutes(n)) for n in range(PAGE + 8)]
    front = front_of("section", city())
    # The lead is placed; the newest of all stands in the third second.
    arrange(front, by=None, content=with_slots(front, lead_1=rows[9].pk, seconds_3=rows[-1].pk))
    page = main(client, "/city/")
    first = headlines(page)
    assert first[:4] == ["Story 09", "Story 26", "Story 25", "Story 27"]
    assert first[4:] == [f"Story {n:02}" for n in range(24, 7, -1) if n != 9]
    older = OLDER.search(page)
    assert older
    second = headlines(main(client, f"/city/?{older[1]}"))
    assert second == [f"Story {n:02}" for n in range(7, -1, -1)]


def test_the_opinion_front_shows_faces_then_the_lead_then_every_voice_once(client: Client) -> None:
    Column.objects.create(name="Asides", slug="asides")
    views = [story(f"View {n:02}", kind="opinion", at=minutes(n)) for n in range(PAGE + 3)]
    front = front_of("opinion")
    arrange(front, by=None, content=with_slots(front, lead_1=views[5].pk))
    page = main(client, "/opinion/")
    assert page.index("Asides") < page.index("View 05")
    older = OLDER.search(page)
    assert older
    seen = headlines(page) + headlines(main(client, f"/opinion/?{older[1]}"))
    assert seen[0] == "View 05"
    assert sorted(seen) == [f"View {n:02}" for n in range(PAGE + 3)]


def test_rows_and_voices_can_be_added_to_any_front(client: Client) -> None:
    column = Column.objects.create(name="Asides", slug="asides")
    story("A view", kind="opinion", column=column)
    on_topic(story("A tram"), "Trams")
    topic = Block("t", "row", "topic", _topic("Trams"), layout="list")
    for kind, section in (("home", None), ("section", city()), ("opinion", None)):
        front = front_of(kind, section)
        blocks = (topic, Block("c", "row", "column", column.pk), Block("n", "row", "news"))
        arrange(front, by=None, content=Content((*content_of(front).blocks[:1], *blocks)))
    for address in ("/", "/city/", "/opinion/"):
        html = main(client, address)
        assert {"A view", "A tram"} <= set(headlines(html)), address


def _topic(name: str) -> int:
    from articles.topics import find_or_make

    return find_or_make(name).pk


def test_every_size_and_crop_can_be_shown_in_every_slot(client: Client) -> None:
    tall = Picture.objects.create(width=600, height=1600, extension="jpg", ready=1)
    Section.objects.create(name="Sport", slug="sport")
    ids = [story(f"Story {n}", at=minutes(n), lead_picture=tall).pk for n in range(16)]
    for address, front in (("/", home()), ("/city/", front_of("section", city()))):
        base = content_of(front)
        for size, crop in product(SIZES, CROPS):
            content = base
            for key, pk in zip(base.keys, ids, strict=False):
                content = content.with_slot(key, Placement(pk, crop=crop, size=size))
            arrange(front, by=None, content=content)
            html = main(client, address)
            assert (f"card__picture--{crop}" in html) == (crop != "" and size != "text")


def beside(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    box = html.partition('class="hot-opinion"')[2].partition("</section>")[0]
    return headlines(box)


def test_hot_opinion_beside_an_article_is_the_curated_list_without_that_article(
    client: Client,
) -> None:
    views = [story(f"View {n}", kind="opinion", at=minutes(n)) for n in range(8)]
    news = story("News", section=Section.objects.create(name="World", slug="world"))
    for n in range(8):  # so that Latest beside it has no opinion in it
        story(f"World {n}", at=minutes(60 + n), section=news.section)
    hot = front_of("hot_opinion")
    arrange(hot, by=None, content=with_slots(hot, hot_1=views[0].pk, hot_3=views[1].pk))
    assert beside(client, news.get_absolute_url()) == [
        "View 0", "View 7", "View 1", "View 6", "View 5",
    ]  # fmt: skip
    own = beside(client, views[0].get_absolute_url())
    assert own[0] != "View 0"
    assert "View 1" in own
    withdraw(views[1].article, by=None, reason="Wrong.")
    assert beside(client, news.get_absolute_url()) == [
        "View 0", "View 7", "View 6", "View 5", "View 4",
    ]  # fmt: skip


def full_home() -> None:
    """Twelve rows of four stories, a topic's and a column's, with pictures of its own in slots."""
    column = Column.objects.create(name="Asides", slug="asides")
    for n in range(12):
        section = Section.objects.create(name=f"Section {n}", slug=f"section-{n}")
        for m in range(4):
            story(f"Story {n} {m}", at=minutes(n * 10 + m), section=section)
        story(f"View {n}", kind="opinion", column=column, at=minutes(n), section=section)
    tram = story("A tram", at=minutes(500), section=section)
    on_topic(tram, "Trams")
    front = home()
    content = with_slots(front, seconds_1=Placement(tram.pk, picture=picture().pk), lead_1=10**9)
    blocks = (
        Block("t", "row", "topic", _topic("Trams")), Block("c", "row", "column", column.pk)
    )  # fmt: skip
    arrange(front, by=None, content=Content((*content.blocks, *blocks), content.slots))


def asked(client: Client, address: str = "/") -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_home_with_twelve_rows_costs_eighteen_queries_with_every_cache_empty(
    client: Client,
) -> None:
    full_home()
    caches["local"].clear()
    assert asked(client) <= 18
    assert asked(client) <= 3  # the generation numbers, and the clock's own business
    html = main(client)
    assert all(f">Section {n}<" in html for n in range(12))


def test_no_number_of_articles_makes_a_front_cost_a_query_more(client: Client) -> None:
    def counts() -> Iterator[int]:
        for address in ("/", "/city/", "/opinion/"):
            caches["local"].clear()
            yield asked(client, address)

    story("A story")
    story("A view", kind="opinion")
    few = list(counts())
    for n in range(25):
        story(f"Story {n}", at=minutes(n))
        story(f"View {n}", kind="opinion", at=minutes(n))
    assert list(counts()) == few


def test_all_fronts_are_there_and_are_made_once(client: Client) -> None:
    city()
    first = {(front.kind, front.section_id) for front in all_fronts()}
    assert first == {
        ("home", None), ("opinion", None), ("hot_opinion", None), ("section", city().pk),
    }  # fmt: skip
    assert len(all_fronts()) == Front.objects.count() == 4


def test_a_reader_makes_no_front(client: Client) -> None:
    city()
    for address in ("/", "/city/", "/opinion/"):
        client.get(address)
    assert not Front.objects.exists()


def test_a_front_of_an_empty_paper_says_so(client: Client) -> None:
    city()
    for address in ("/", "/city/", "/opinion/"):
        assert "Nothing has been published here yet." in main(client, address)
    assert client.get("/city/", {"before": "20260101T000000Z-1"}).status_code == 404
