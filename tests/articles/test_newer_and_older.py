"""The way through a list and back: each page has one address, whichever way readers come to it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.breaking.models import BreakingItem
from articles.models import Article, Author, Change, Column, PublishedArticle, Section
from articles.models.kinds import ChangeKind, Kind
from articles.publishing import publish, withdraw
from articles.queries import PAGE
from articles.revisions import revise

Write = Callable[..., Article]
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
STORIES = 3 * PAGE + 5
LISTS = (
    "/city/", "/sport/", "/topic/trams/", "/author/rami-reporter/", "/opinion/",
    "/opinion/asides/", "/corrections/", "/breaking/",
)  # fmt: skip


@pytest.fixture
def paper(write: Write) -> list[PublishedArticle]:
    """Some pages of stories in every kind of list, three of each minute."""
    sport = Section.objects.create(name="Sport", slug="sport")
    column = Column.objects.create(name="Asides", slug="asides")
    rows = []
    for number in range(STORIES):
        at = START + timedelta(minutes=number // 3)
        article = write(f"Story {number}", topics=["Trams"], kind=Kind.OPINION, column=column)
        article.further_sections.set([sport])
        revision = revise(article, by=None)
        rows.append(publish(article, by=None, revision=revision, at=at))
        Change.objects.create(
            article=article, revision=revision, kind=ChangeKind.CORRECTION, text="Not so.", at=at
        )
        BreakingItem.objects.create(
            place="banner", text=f"Line {number}", starts_at=at, ends_at=at + timedelta(hours=1)
        )
    return rows


def link(client: Client, address: str, rel: str) -> str:
    """Where the link of this kind on the page leads; empty without one."""
    page = client.get(address)
    assert page.status_code == 200, address
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page.content.decode())
    return urljoin(address, found[1]) if found else ""


def way(client: Client, address: str, rel: str) -> list[str]:
    """The addresses from here to the end of the list."""
    found = [address]
    while (address := link(client, address, rel)) and len(found) < 9:
        found.append(address)
    return found


@pytest.mark.usefixtures("paper")
def test_newer_leads_back_through_the_very_pages_older_led_through(client: Client) -> None:
    for address in LISTS:
        down = way(client, address, "next")
        assert len(down) >= 3
        assert way(client, down[-1], "prev") == down[::-1]


@pytest.mark.once
def test_newer_shows_what_was_published_meanwhile_and_leaves_nothing_out(
    client: Client, write: Write, paper: list[PublishedArticle]
) -> None:
    def ids(address: str) -> list[int]:
        return [card.pk for card in client.get(address).context["cards"]]

    third = way(client, "/sport/", "next")[2]
    fresh = write("Just in")
    fresh.further_sections.set([Section.objects.get(slug="sport")])
    publish(fresh, by=None, revision=revise(fresh, by=None))
    second = link(client, third, "prev")
    assert ids(second) == [row.pk for row in paper[-2 * PAGE : -PAGE]][::-1]
    first = link(client, second, "prev")
    assert ids(first) == [row.pk for row in paper[-PAGE:]][::-1]
    assert link(client, first, "prev") == "/sport/"


@pytest.mark.once
def test_newer_finds_its_way_when_the_story_of_the_key_is_withdrawn(
    client: Client, paper: list[PublishedArticle]
) -> None:
    third = way(client, "/topic/trams/", "next")[2]
    withdraw(paper[-2 * PAGE].article, by=None, reason="Not true.")
    above = client.get(link(client, third, "prev")).context["cards"]
    assert [card.pk for card in above][-1] == paper[-2 * PAGE + 1].pk
    assert len(above) == PAGE


@pytest.mark.usefixtures("paper")
def test_a_page_of_any_depth_costs_as_many_queries_as_the_second(client: Client) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        return len(asked)

    for address in LISTS:
        down = way(client, address, "next")
        assert queries(down[1]) == queries(down[-1]) <= 8, address


@pytest.mark.usefixtures("author")
def test_an_empty_list_has_neither(client: Client, section: Section) -> None:
    for address in (section.get_absolute_url(), Author.objects.get().get_absolute_url()):
        assert link(client, address, "prev") == "" == link(client, address, "next")
