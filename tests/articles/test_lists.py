"""Lists: every article once, newest first, and older ones behind a key."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from articles.models import Author, Byline, Column, ColumnAuthor, PublishedArticle, Section
from articles.publishing import publish
from articles.queries import PAGE, columns
from articles.revisions import revise
from newsroom.media.models import Picture

Live = Callable[..., PublishedArticle]
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
OLDER = re.compile(r'rel="next" href="\?(before=[0-9TZ-]+)"')


@pytest.fixture
def archive(live: Live) -> list[str]:
    """More than two pages of articles in two sections, on two topics, under two names."""
    sport = Section.objects.create(name="Sport", slug="sport")
    other = Author.objects.create(name="Ines Other", slug="ines-other")
    for number in range(2 * PAGE + 3):
        article = live(
            f"Story {number:02}", at=START + timedelta(hours=number // 2), topics=["Trams", "Rails"]
        ).article
        article.further_sections.set([sport])
        Byline.objects.create(article=article, author=other, order=1)
        publish(article, by=None, revision=revise(article, by=None))
    return [f"Story {number:02}" for number in reversed(range(2 * PAGE + 3))]


def test_page_after_page_shows_every_article_once_newest_first(
    client: Client, archive: list[str]
) -> None:
    lists = ("/city/", "/sport/", "/topic/trams/", "/author/rami-reporter/")
    assert {address: stories(client, address) for address in lists} == dict.fromkeys(lists, archive)


def stories(client: Client, address: str) -> list[str]:
    """Of the list from its first page to its last."""
    seen: list[str] = []
    query = ""
    while True:
        page = client.get(f"{address}?{query}" if query else address).content.decode()
        # Most Read below a section's front repeats what it likes.
        main = page.partition("<main")[2].partition("</main>")[0].partition("most-read-strip")[0]
        seen += re.findall(r">(Story [0-9]{2})<", main)
        if not (older := OLDER.search(main)):
            break
        query = older[1]
    return seen


@pytest.mark.parametrize("key", ["", "1", "20260101T000000Z", "00000101T000000Z-1", "x-1", "'"])
def test_a_malformed_key_is_no_page(client: Client, section: Section, key: str) -> None:
    assert client.get("/city/", {"before": key}).status_code == 404


def test_a_column_without_a_portrait_shows_its_first_columnist(section: Section) -> None:
    column = Column.objects.create(name="Asides", slug="asides")
    for order, name in ((2, "Aron"), (1, "Zoe")):
        portrait = Picture.objects.create(width=90, height=90, extension="jpg", title=name)
        author = Author.objects.create(name=name, slug=name.lower(), portrait=portrait)
        ColumnAuthor.objects.create(column=column, author=author, order=order)
    (shown,) = columns()
    assert str(shown.face) == "Zoe"
