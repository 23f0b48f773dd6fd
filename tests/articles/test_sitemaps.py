"""Sitemaps: every live page once, by the published rules, with changes that are true."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Column, PublishedArticle, Section
from articles.models.kinds import ChangeKind
from articles.publishing import publish, restore, schedule, unpublish, withdraw
from articles.publishing.correct import correct
from articles.publishing.due import run_due
from articles.revisions import revise
from articles.sitemaps import contents, places, stories, writing
from newsroom.addresses.models import Address
from newsroom.media.models import Picture
from newsroom.pages.models import Page, SiteSettings
from tests.articles import sitemap_rules as rules

Live = Callable[..., PublishedArticle]
Write = Callable[..., Article]
NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)


def body(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return b"".join(answer) if answer.streaming else answer.content


def index(client: Client) -> dict[str, datetime | None]:
    return rules.index(body(client, "/sitemap.xml"))


def month(client: Client, name: str = "2024-05") -> dict[str, datetime | None]:
    return rules.places(body(client, f"/sitemap-{name}.xml"))


# What stands in them --------------------------------------------------------------------------


def test_an_article_stands_with_its_picture_and_its_last_change(client: Client, live: Live) -> None:
    picture = Picture.objects.create(width=900, height=600, extension="jpg", ready=1)
    row = live("A & B <i>", at=NOON, lead_picture=picture)
    (item,) = rules.entries(body(client, "/sitemap-2024-05.xml"))
    assert rules.loc_of(item).endswith(f"/city/a-b-i-{row.pk}/")
    assert rules.changed(item) == NOON
    assert item[2][0].text == picture.rendition_url("share")
    later = NOON + timedelta(days=3)
    publish(row.article, by=None, change=ChangeKind.UPDATE, text="More.", at=later)
    assert list(month(client).values()) == [later]
    publish(row.article, by=None, change=ChangeKind.SILENT, at=later + timedelta(days=1))
    assert list(month(client).values()) == [later]


def test_addresses_in_other_scripts_are_escaped_and_characters_xml_cannot_hold_are_dropped(
    client: Client, live: Live
) -> None:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        row = live("שלום \x0b עולם ]]> & <b> \U0001f600", at=NOON)
        (path,) = month(client)
        assert path.startswith("/city/%D7%A9")
        assert client.get(path).status_code == 200
        news = body(client, "/news-sitemap.xml")
        assert rules.news(news, timezone.now())
        assert "שלום" in news.decode()
    assert row.headline


def test_months_are_those_of_the_papers_clock(client: Client, live: Live) -> None:
    SiteSettings(time_zone="Asia/Tokyo").save()
    row = live(at=datetime(2024, 5, 31, 15, 0, tzinfo=UTC))
    assert list(month(client, "2024-06")) == [row.get_absolute_url()]
    assert client.get("/sitemap-2024-05.xml").status_code == 404


def test_a_month_of_many_articles_comes_in_parts_each_article_once(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (contents, stories):
        monkeypatch.setattr(module, "PART", 4)
    monkeypatch.setattr(stories, "READ", 3)
    rows = [live(f"Story {n}", at=NOON + timedelta(seconds=n // 3)) for n in range(11)]
    names = [path for path in index(client) if path.startswith("/sitemap-2024-")]
    assert names == [
        "/sitemap-2024-05.xml", "/sitemap-2024-05-2.xml", "/sitemap-2024-05-3.xml",
    ]  # fmt: skip
    seen = [path for name in names for path in rules.places(body(client, name))]
    assert seen == [row.get_absolute_url() for row in rows]
    for odd in ("2024-05-4", "2024-05-0", "2024-05-99999999999999999", "2024-06", "2024-13",
                "2024-5", "0000-01", "2024", "9999-12", "x", "topic-2", "section-0", "paper-2",
                "٢٠٢٤-٠٥"):  # fmt: skip
        assert client.get(f"/sitemap-{odd}.xml").status_code == 404, odd


def test_lists_and_pages_come_in_parts_too(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (contents, places):
        monkeypatch.setattr(module, "PART", 3)
    monkeypatch.setattr(places, "READ", 2)
    live(topics=[f"Topic {number}" for number in range(8)])
    names = [path for path in index(client) if path.startswith("/sitemap-topic")]
    assert len(names) == 3
    seen = [path for name in names for path in rules.places(body(client, name))]
    assert sorted(seen) == [f"/topic/topic-{number}/" for number in range(8)]


def test_what_leads_on_and_what_is_not_public_is_left_out(client: Client, live: Live) -> None:
    section = Section.objects.get_or_create(name="City", slug="city")[0]
    section.slug = "town"
    section.save()
    Page.objects.create(title="Secret plans", is_public=False)
    Page.objects.create(title="Jobs")
    Address.objects.create(path="/old/", target="/town/")
    assert list(rules.places(body(client, "/sitemap-section.xml"))) == ["/town/"]
    assert list(rules.places(body(client, "/sitemap-page.xml"))) == ["/jobs/"]


# True changes ---------------------------------------------------------------------------------


def test_a_month_says_when_anything_of_it_last_changed_withdrawals_too(
    client: Client, live: Live
) -> None:
    def changed() -> datetime:
        at = index(client)["/sitemap-2024-05.xml"]
        assert at
        return at

    verbs: list[Callable[[Article], Any]] = [
        lambda article: publish(article, by=None, change=ChangeKind.UPDATE, text="More."),
        lambda article: correct(article, by=None, text="Not so."),
        lambda article: withdraw(article, by=None, reason="Not true."),
        lambda article: restore(article, by=None),
        lambda article: publish(article, by=None, revision=_reworded(article)),
        lambda article: unpublish(article, by=None),
    ]
    begin = datetime(2026, 1, 1, 9, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        article = live("One", at=NOON).article
        live("Two", at=NOON)
        live("Other month", at=NOON + timedelta(days=40))
    assert changed() == begin
    for number, verb in enumerate(verbs, 1):
        now = begin + timedelta(hours=number)
        with time_machine.travel(now, tick=False):
            verb(article)
        assert changed() == now
        newest = max(at for at in month(client).values() if at)
        assert newest <= changed()
    assert index(client)["/sitemap-2024-06.xml"] == begin


def _reworded(article: Article) -> Any:
    article.refresh_from_db()
    article.headline = "Reworded"
    article.save()
    return revise(article, by=None)


def test_nothing_changes_when_nothing_changes_for_readers(
    client: Client, live: Live, write: Write
) -> None:
    article = live("One", at=NOON).article
    before = body(client, "/sitemap.xml"), body(client, "/sitemap-2024-05.xml")
    _reworded(article)
    write("A draft")
    planned = write("Embargoed")
    schedule(planned, by=None, publish_at=timezone.now() + timedelta(hours=1))
    publish(article, by=None, revision=article.live_revision)
    assert (body(client, "/sitemap.xml"), body(client, "/sitemap-2024-05.xml")) == before


def test_a_section_that_moves_says_so_in_the_months_of_its_stories(
    client: Client, live: Live
) -> None:
    live("One", at=NOON)
    before = index(client)["/sitemap-2024-05.xml"]
    now = timezone.now() + timedelta(hours=1)
    with time_machine.travel(now, tick=False):
        section = Section.objects.get(slug="city")
        section.name = "Town"
        section.save()
        assert index(client)["/sitemap-2024-05.xml"] == before
        section.slug = "town"
        section.save()
    assert index(client)["/sitemap-2024-05.xml"] == now.replace(microsecond=0)
    assert next(iter(month(client))).startswith("/town/")


def test_lists_say_when_they_changed(client: Client, live: Live) -> None:
    begin = datetime(2026, 1, 1, 9, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        row = live("One", topics=["Trams"])
        live("Two")
        column = Column.objects.create(name="Asides", slug="asides")
    later = begin + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        withdraw(row.article, by=None, reason="Not true.")
    assert rules.places(body(client, "/sitemap-section.xml")) == {"/city/": later}
    assert "/sitemap-topic.xml" not in index(client)
    # Never had a story: nothing is said rather than something untrue.
    assert rules.places(body(client, "/sitemap-column.xml")) == {column.get_absolute_url(): None}
    assert rules.places(body(client, "/sitemap-paper.xml"))["/"] == later


# News -----------------------------------------------------------------------------------------


def test_a_story_is_news_for_exactly_48_hours(client: Client, live: Live, write: Write) -> None:
    begin = datetime(2026, 3, 10, 6, tzinfo=UTC)

    def seen(after: timedelta) -> int:
        with time_machine.travel(begin + after, tick=False):
            return len(rules.news(body(client, "/news-sitemap.xml"), timezone.now()))

    with time_machine.travel(begin - timedelta(hours=1), tick=False):
        schedule(write(), by=None, publish_at=begin)
        run_due(begin - timedelta(seconds=1))
    assert seen(timedelta(seconds=-1)) == 0
    with time_machine.travel(begin, tick=False):
        run_due(begin)
    assert seen(timedelta(0)) == 1
    assert seen(timedelta(hours=48) - timedelta(seconds=1)) == 1
    assert seen(timedelta(hours=48)) == 0


def test_news_are_the_newest_and_a_thousand_at_most(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stories.MOST_NEWS == 1_000
    monkeypatch.setattr(stories, "MOST_NEWS", 3)
    now = timezone.now()
    rows = [live(f"Story {n}", at=now - timedelta(hours=n + 1)) for n in range(5)]
    found = rules.news(body(client, "/news-sitemap.xml"), timezone.now())
    assert found == [row.get_absolute_url() for row in rows[:3]]


def test_news_name_the_paper_and_the_language_of_the_story(client: Client, live: Live) -> None:
    SiteSettings(name="The Courier & Post", language="en").save()
    live("Bonjour", language="fr")
    live("Good day")
    page = body(client, "/news-sitemap.xml").decode()
    assert "<news:name>The Courier &amp; Post</news:name><news:language>fr<" in page
    assert "<news:name>The Courier &amp; Post</news:name><news:language>en<" in page


def test_the_index_tells_of_a_story_that_is_no_news_any_more(client: Client, live: Live) -> None:
    begin = datetime(2026, 3, 10, 6, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        live("One")
        assert index(client)["/news-sitemap.xml"] == begin
    over = begin + timedelta(hours=48)
    with time_machine.travel(over + timedelta(days=1), tick=False):
        assert index(client)["/news-sitemap.xml"] == over


def test_what_is_withdrawn_leaves_every_sitemap_at_once(client: Client, live: Live) -> None:
    row = live("Marked")
    name = f"/sitemap-{timezone.now():%Y-%m}.xml"
    live("Other")
    withdraw(row.article, by=None, reason="Not true.")
    for path in (name, "/news-sitemap.xml"):
        assert b"marked" not in body(client, path).lower()


# Answers --------------------------------------------------------------------------------------


def test_who_has_the_file_already_gets_304_until_it_changes(client: Client, live: Live) -> None:
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        row = live("One", at=NOON)
    for path in ("/sitemap.xml", "/sitemap-2024-05.xml"):
        first = client.get(path)
        known = {"If-None-Match": first["ETag"]}
        assert client.get(path, headers=known).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    dated = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(path, headers=dated).status_code == 304
    correct(row.article, by=None, text="Not so.")
    assert client.get(path, headers=known).status_code == 200


def test_the_head_of_a_month_costs_no_reading_of_it(client: Client, live: Live) -> None:
    live("One", at=NOON)
    answer = client.head("/sitemap-2024-05.xml")
    assert (answer.status_code, answer["ETag"]) == (200, client.get("/sitemap-2024-05.xml")["ETag"])
    with CaptureQueriesContext(connection) as asked:
        client.head("/sitemap-2024-05.xml")
    assert not any("articles_publishedarticle" in query["sql"] for query in asked)


def test_a_large_month_is_never_whole_in_memory() -> None:
    def memory(many: int) -> int:
        entries = (
            writing.Entry(f"/city/story-{number}/", NOON, "/media/aa/picture.jpg")
            for number in range(many)
        )
        tracemalloc.start()
        for _piece in writing.places(entries):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert memory(20_000) < 2 * memory(1_000)


def test_the_longest_addresses_fill_no_part_beyond_the_limit() -> None:
    """80 letters of three bytes in each of two segments, and a picture's address."""
    path = f"/{'﷽' * 80}/{'﷽' * 80}-{10**18 - 1}/"
    entry = writing.Entry(path, NOON, f"/media/aa/{'a' * 32}/wide-1200-v999999.jpg")
    written = "".join(writing.places([entry]))
    assert len(written.encode()) * writing.PART < rules.LARGEST
