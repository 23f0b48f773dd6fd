"""The lists: of the paper and of sections, ranked with decay, and honest when they do not hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import PublishedArticle, Section
from articles.popularity import due, keeping
from articles.popularity.demo import seed
from articles.popularity.models import RankedList
from articles.popularity.ranking import rank
from articles.publishing import withdraw
from newsroom.cache.models import Generation
from tests.popularity.conftest import NOON

Read = Callable[..., None]
Story = Callable[..., PublishedArticle]
MINUTE = timedelta(minutes=1)


def shown(client: Client, address: str = "/most-read/", at: datetime = NOON) -> list[str]:
    """The headlines of the list, in order."""
    with time_machine.travel(at, tick=False):
        response = client.get(address)
    assert response.status_code == 200
    return [card.headline for card in response.context["listed"].cards]


def page(client: Client, address: str = "/most-read/", at: datetime = NOON) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(address).content.decode()


def test_the_list_stands_in_the_order_of_its_readers(
    client: Client, stories: list[PublishedArticle], read: Read
) -> None:
    read({row: 10 + n * 7 % 6 for n, row in enumerate(stories)})
    assert shown(client) == ["Story 5", "Story 4", "Story 3", "Story 2", "Story 1", "Story 0"]
    read({stories[0]: 6})
    assert shown(client)[0] == "Story 0"


def test_what_is_read_now_stands_first_in_hours_and_what_was_read_more_in_the_week(
    client: Client, stories: list[PublishedArticle], read: Read
) -> None:
    read(dict.fromkeys(stories, 400), NOON - timedelta(hours=12))
    read({stories[2]: 300}, NOON - timedelta(hours=12))
    read({stories[4]: 100})
    assert shown(client)[0] == "Story 4"
    assert shown(client, "/most-read/week/")[0] == "Story 2"


def test_a_section_has_its_own_list(
    client: Client, stories: list[PublishedArticle], story: Story, sport: Section, read: Read
) -> None:
    games = [story(f"Game {n}", section=sport) for n in range(5)]
    read({**dict.fromkeys(stories, 50), **{row: 10 + n for n, row in enumerate(games)}})
    wanted = ["Game 4", "Game 3", "Game 2", "Game 1", "Game 0"]
    assert shown(client, "/most-read/day/sport/") == wanted
    assert "Game 4" in shown(client, "/most-read/day/")
    assert "Game 4" not in shown(client, "/most-read/day/city/")
    assert client.get("/most-read/day/nowhere/").status_code == 404
    assert client.get("/most-read/year/").status_code == 404
    text = page(client, "/most-read/day/sport/")
    for address in ("/most-read/week/sport/", "/most-read/day/city/", "/most-read/day/"):
        assert f'href="{address}"' in text


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/most-read/", 30 * MINUTE),
        ("/most-read/day/", 120 * MINUTE),
        ("/most-read/week/", 720 * MINUTE),
    ],
)
def test_counts_that_are_too_old_give_way_to_the_newest_stories_and_it_says_so(
    client: Client, stories: list[PublishedArticle], read: Read, address: str, limit: timedelta
) -> None:
    read({row: 100 - n for n, row in enumerate(stories)})
    assert shown(client, address, NOON + limit)[0] == "Story 0"
    later = NOON + limit + MINUTE
    assert shown(client, address, later)[0] == "Story 5"
    assert "no reader has been counted since" in page(client, address, later)
    read({stories[0]: 1}, later)
    assert shown(client, address, later)[0] == "Story 0"


def test_too_few_readers_or_none_make_no_list_and_it_says_so(
    client: Client, stories: list[PublishedArticle], read: Read
) -> None:
    assert shown(client)[0] == "Story 5"
    assert "no readers have been counted yet" in page(client)
    read(dict.fromkeys(stories, 2))  # a story needs three
    assert shown(client)[0] == "Story 5"
    assert "too few readers have been counted" in page(client)
    read(dict.fromkeys(stories[:4], 1))  # a list needs five
    assert "too few readers have been counted" in page(client)
    read({stories[4]: 1})
    assert "too few readers" not in page(client)


def test_the_box_beside_an_article_shows_the_shortest_window_that_holds(
    client: Client, stories: list[PublishedArticle], read: Read
) -> None:
    address = stories[5].get_absolute_url()
    read({row: 1000 - n for n, row in enumerate(stories)})
    words = {
        timedelta(0): "In the last hours", 31 * MINUTE: "In the last day",
        121 * MINUTE: "In the last week", 721 * MINUTE: "The newest, because no reader",
    }  # fmt: skip
    for after, said in words.items():
        assert said in page(client, address, NOON + after)
    box = page(client, address).partition('class="most-read"')[2].partition("</section>")[0]
    assert [f"Story {n}" in box for n in range(6)] == [True] * 5 + [False]


def test_a_withdrawn_story_is_gone_at_once(
    client: Client, story: Story, stories: list[PublishedArticle], read: Read
) -> None:
    read({row: 100 - n for n, row in enumerate(stories)})
    assert shown(client)[0] == "Story 0"
    withdraw(stories[0].article, by=None, reason="A mistake", at=NOON)
    assert shown(client)[0] == "Story 1"
    withdraw(stories[1].article, by=None, reason="A mistake", at=NOON)
    assert "too few readers" in page(client)


def test_opinion_stands_in_the_list_too(
    client: Client, stories: list[PublishedArticle], story: Story, read: Read
) -> None:
    voice = story("A voice", kind="opinion")
    assert voice.is_opinion
    read({**dict.fromkeys(stories, 10), voice: 20})
    assert shown(client)[0] == "A voice"


def test_a_stored_list_costs_a_page_no_query(
    client: Client, stories: list[PublishedArticle], read: Read
) -> None:
    read(dict.fromkeys(stories, 10))
    for address in ("/most-read/", "/most-read/week/city/"):
        shown(client, address)
        with CaptureQueriesContext(connection) as asked:
            shown(client, address)
        assert len(asked) == 1, "the generations alone"


def test_pages_are_refreshed_only_when_a_list_changes(
    stories: list[PublishedArticle], read: Read
) -> None:
    def number() -> int:
        return Generation.objects.get(name="popularity").number

    read({row: 100 - n for n, row in enumerate(stories)})
    before = number()
    read({stories[0]: 5}, NOON + MINUTE)  # it was first already
    assert number() == before
    read({stories[0]: 5}, NOON + 6 * MINUTE)  # or the pages would think the counts old
    assert number() != before
    before = number()
    read({stories[5]: 500}, NOON + 7 * MINUTE)
    assert number() != before


def test_lists_are_made_once_a_minute_at_most(
    stories: list[PublishedArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "take", lambda: {stories[0].pk: 1})
    made = []
    monkeypatch.setattr(due, "rank", lambda *, at, counted_until: made.append(at))
    for seconds in range(0, 150, 15):
        due.run_due(NOON + timedelta(seconds=seconds))
    assert made == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_making_the_lists_costs_few_queries_whatever_they_hold(
    stories: list[PublishedArticle], read: Read
) -> None:
    read(dict.fromkeys(stories, 10))
    with CaptureQueriesContext(connection) as asked:
        rank(at=NOON, counted_until=NOON)
    statements = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 7


def test_how_the_list_is_counted_can_be_opened_without_script(client: Client, city: Any) -> None:
    text = page(client)
    inside = text.partition('<details class="how"')[2].partition("</details>")[0]
    assert "How this list is counted" in inside
    for fact in ("five seconds", "once a day", "30 minutes", "3 hours", "12 hours", "72 hours",
                 "There is no cookie", "Editors may keep a story out"):  # fmt: skip
        assert fact in inside


def test_the_demo_paper_has_a_list_of_its_moment(
    client: Client, stories: list[PublishedArticle], tmp_path: Any
) -> None:
    seed(tmp_path, at=NOON)
    seed(tmp_path, at=NOON + MINUTE)
    assert "Readers counted until" in page(client)
    assert "no reader has been counted since" in page(client, at=NOON + 31 * MINUTE)
    assert RankedList.objects.get(section_id=0, window="week").counted_until == NOON
