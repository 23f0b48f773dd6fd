"""What readers see of breaking news: in time, in no way before it, and nothing when it is over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.breaking import now as showing
from articles.breaking.announcing import change, end, remove, start_again
from articles.breaking.models import BreakingItem
from articles.models import Article, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing import publish, unpublish, withdraw
from articles.revisions import revise
from newsroom.pages.models import SiteSettings

Broke = Callable[..., BreakingItem]
Live = Callable[..., PublishedArticle]
Place = BreakingItem.Place
PLACES = ("/", "/contact/", "/breaking/", "/breaking/now/", "/breaking/feed/", "/ticker/")


def shown(client: Client, words: str, places: tuple[str, ...] = PLACES) -> set[str]:
    """Where the words stand."""
    return {address for address in places if words in client.get(address).content.decode()}


def test_the_banner_stands_on_every_page_and_in_the_feed(client: Client, broke: Broke) -> None:
    broke()
    assert shown(client, "Bridge closed to all traffic") == {*PLACES}


def test_the_ticker_stands_on_every_page_newest_first_and_is_no_breaking_news(
    client: Client, broke: Broke
) -> None:
    broke("Ferry late", ago=40, place=Place.TICKER)
    broke("Ferry back", ago=10, place=Place.TICKER)
    assert shown(client, "Ferry late") == {"/", "/contact/", "/breaking/now/", "/ticker/",
                                           "/breaking/"}  # fmt: skip
    for address in ("/", "/ticker/"):
        page = client.get(address).content.decode()
        assert page.index("Ferry back") < page.index("Ferry late")
    assert b"<item>" not in client.get("/breaking/feed/").content
    assert b"broke--now" not in client.get("/breaking/").content


def test_a_line_ends_by_itself_without_a_job_and_without_a_new_generation(broke: Broke) -> None:
    item = broke(ago=30, minutes=60)
    assert showing.now().banner is not None  # stored now
    just, over = item.ends_at - timedelta(seconds=1), item.ends_at
    assert showing.now(at=just).banner is not None
    assert not showing.now(at=over)


def test_a_planned_line_is_shown_nowhere_before_its_start_and_then_by_itself(
    client: Client, broke: Broke
) -> None:
    quiet = client.get("/breaking/now/")
    start = timezone.now() + timedelta(hours=2)
    item = broke("Polls have closed", starts_at=start, ends_at=start + timedelta(hours=1))
    assert shown(client, "Polls have closed") == set()
    before = client.get("/breaking/now/")
    assert (before.content, before["ETag"]) == (quiet.content, quiet["ETag"])
    assert not showing.now(at=item.starts_at - timedelta(seconds=1))
    banner = showing.now(at=item.starts_at).banner
    assert banner is not None
    assert banner.text == "Polls have closed"


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC))
def test_what_is_over_stays_on_the_page_and_in_the_feed_but_not_on_every_page(
    client: Client, broke: Broke
) -> None:
    end(broke(), by=None)
    soon = timezone.now() + timedelta(hours=1)
    broke("Given up", starts_at=soon, ends_at=soon + timedelta(hours=1))
    end(BreakingItem.objects.get(text="Given up"), by=None)
    kept = {"/breaking/", "/breaking/feed/", "/ticker/"}
    assert shown(client, "Bridge closed to all traffic") == kept
    later = soon + timedelta(hours=2)
    assert [line.text for line in showing.broke(at=later)[0]] == ["Bridge closed to all traffic"]


def test_the_newest_banner_stands_alone_and_the_older_one_comes_back_when_it_ends(
    broke: Broke,
) -> None:
    broke("Bridge closed", ago=20)
    newer = broke("Bridge fallen", ago=10)
    banner = showing.now().banner
    assert banner is not None
    assert banner.text == "Bridge fallen"
    end(newer, by=None)
    banner = showing.now().banner
    assert banner is not None
    assert banner.text == "Bridge closed"


# Articles -------------------------------------------------------------------------------------


def test_a_line_leads_to_its_article_only_while_that_is_live(
    client: Client, broke: Broke, live: Live
) -> None:
    row = live("Tram line opens")
    href = f'href="{row.get_absolute_url()}"'
    pages = ("/contact/", "/breaking/", "/breaking/now/", "/ticker/")
    broke("Trams are running", article=row.article)
    assert shown(client, href, pages) == {*pages}
    assert row.get_absolute_url() in client.get("/breaking/feed/").content.decode()
    withdraw(row.article, by=None, reason="Gone.")
    assert shown(client, "Trams are running") == {*PLACES}
    for trace in (row.get_absolute_url(), "Tram line opens", row.slug):
        assert shown(client, trace) == set(), trace


@pytest.mark.parametrize("text", ["", "Words of its own"])
def test_nothing_of_an_article_that_is_not_live_is_shown_with_its_line(
    client: Client, broke: Broke, write: Callable[..., Article], text: str
) -> None:
    article = write("Unheard of marvel", slug="marvel")
    broke(text, article=article)
    broke(text, article=article, place=Place.TICKER)
    assert shown(client, "nheard of marvel") == set()
    assert shown(client, "marvel") == set()
    assert shown(client, f"-{article.pk}/") == set()
    assert bool(showing.now()) == bool(text)


def test_a_line_without_words_of_its_own_follows_the_headline_and_goes_with_the_article(
    client: Client, broke: Broke, live: Live
) -> None:
    article = live("Tram line opnes").article
    broke("", article=article)
    assert shown(client, "Tram line opnes") >= {"/contact/", "/breaking/", "/breaking/feed/"}
    article.headline = "Tram line opens"
    article.save()
    publish(
        article, by=None, revision=revise(article, by=None), change=ChangeKind.CORRECTION,
        text="A letter was in the wrong place.",
    )  # fmt: skip
    assert shown(client, "Tram line opnes") == set()
    assert shown(client, "Tram line opens") == {*PLACES}
    unpublish(article, by=None)
    assert shown(client, "Tram line opens") == set()
    assert client.get("/breaking/now/").content == b""


# Lists ----------------------------------------------------------------------------------------


def test_what_broke_is_paged_by_key_and_nothing_comes_twice_or_never(
    client: Client, broke: Broke
) -> None:
    for number in range(70):  # three of each second
        broke(f"No. {number:02}", ago=3000 + (number // 3) / 60, minutes=5)
    seen: list[str] = []
    address: str | None = "/breaking/"
    while address:
        context = client.get(address).context
        seen += [line.text for line in context["over"]]
        older = context["pager"].older
        address = f"/breaking/{older}" if older else None
    assert (len(seen), len(set(seen))) == (70, 70)
    for odd in ("00010101T000000Z-1", "x", "\x00", "99999999T999999Z-1"):
        assert client.get("/breaking/", {"before": odd}).status_code == 404


def test_the_ticker_page_has_the_lines_of_today_on_the_papers_clock(broke: Broke) -> None:
    SiteSettings(time_zone="Asia/Tokyo").save()
    midnight = datetime(2026, 5, 4, 15, tzinfo=UTC)  # 0:00 in Tokyo
    for text, hours in (("Yesterday", -3), ("Runs on", -2), ("Today", 1), ("Tomorrow", 30)):
        began = midnight + timedelta(hours=hours)
        stands = timedelta(hours=9 if text == "Runs on" else 1)
        BreakingItem.objects.create(
            place=Place.TICKER, text=text, starts_at=began, ends_at=began + stands
        )
    found = showing.of_today(at=midnight + timedelta(hours=4))
    assert [line.text for line in found] == ["Today", "Runs on"]


def test_the_feed_is_well_formed_and_names_each_line_once_for_ever(
    client: Client, broke: Broke, live: Live
) -> None:
    item = broke("A < B & \x01 C")
    broke("", article=live().article)
    answer = client.get("/breaking/feed/", headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ElementTree.fromstring(answer.content).findall("./channel/item")
    assert [each.findtext("title") for each in items] == ["Tram line opens", "A < B & C"]
    assert items[1].findtext("guid") == f"breaking-{item.pk}"
    assert str(items[1].findtext("link")).endswith(f"/breaking/#breaking-{item.pk}")
    for page in ("/breaking/", "/ticker/"):
        assert b'href="/breaking/feed/"' in client.get(page).content


# What open pages ask for -------------------------------------------------------------------------


def test_an_open_page_with_nothing_new_gets_304_without_a_body(
    client: Client, broke: Broke
) -> None:
    empty = client.get("/breaking/now/")
    assert (empty.status_code, empty.content) == (200, b"")
    broke()
    first = client.get("/breaking/now/", headers={"if-none-match": empty["ETag"]})
    assert first.status_code == 200
    for tag in (first["ETag"], f"W/{first['ETag']}"):  # proxies that compress weaken it
        again = client.get("/breaking/now/", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    page = client.get("/contact/").content.decode()
    assert f'data-tag="{first["ETag"].strip(chr(34))}"' in page
    for answer in (empty, first, again):
        assert answer["Cache-Control"] == "public, max-age=10"
        assert not answer.cookies
        assert "Vary" not in answer
    assert len(first.content) < 1000


def test_a_line_changed_ended_started_again_or_deleted_reaches_open_pages(
    client: Client, broke: Broke
) -> None:
    item = broke()
    tags = [client.get("/breaking/now/")["ETag"]]
    fields: dict[str, Any] = {"place": Place.BANNER, "article": None, "starts_at": item.starts_at}
    change(item, by=None, text="Bridge open", ends_at=item.ends_at, **fields)
    for deed in (lambda: None, lambda: end(item, by=None), lambda: start_again(item, by=None),
                 lambda: remove(item, by=None)):  # fmt: skip
        deed()
        tags.append(client.get("/breaking/now/")["ETag"])
    changed, ended, again, removed = tags[1:]
    assert tags[0] != changed
    assert changed == again
    assert ended == removed
    assert ended != changed


def test_what_breaks_costs_no_query_on_a_page_whose_parts_are_stored(
    client: Client, broke: Broke, live: Live
) -> None:
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    pages = ("/contact/", "/breaking/now/")
    before = [cost(page) for page in pages]
    broke("", article=live().article)
    for number in range(12):
        broke(f"Line {number}", place=Place.TICKER, article=live(f"Story {number}").article)
    assert [cost(page) for page in pages] == before
    assert before[1] == 1  # the generations


@pytest.mark.django_db
def test_the_region_is_there_from_the_start_and_announces_politely(client: Client) -> None:
    page = client.get("/contact/").content.decode()
    assert 'class="breaking"' in page
    assert '<p class="unseen" role="status"></p>' in page
    assert "js/breaking.js" in page
