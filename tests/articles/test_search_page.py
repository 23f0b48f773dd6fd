"""The search page: what it says and links to, its order, its pages, and what it never does."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author, PublishedArticle, Topic
from articles.publishing import unpublish
from articles.search import finding, results
from articles.topics import find, learn
from articles.topics.merging import merge
from articles.topics.undoing import undo

pytestmark = pytest.mark.django_db

Live = Callable[..., PublishedArticle]
START = datetime(2024, 5, 1, 12, tzinfo=UTC)


def text_of(client: Client, address: str) -> str:
    """The words of the main part, tags away."""
    page = client.get(address)
    assert page.status_code == 200, address
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def headlines(client: Client, address: str) -> list[str]:
    page = client.get(address)
    assert page.status_code == 200, address
    found = page.context.get("found")
    return [story.card.headline for story in found.stories] if found else []


def link(client: Client, address: str, rel: str) -> str:
    """Where the pager of a page leads; empty when it does not."""
    page = client.get(address).content.decode()
    match = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return html.unescape(match[1]) if match else ""


def many(live: Live, count: int, **fields: object) -> None:
    for number in range(count):
        live(f"Tram {number}", at=START + timedelta(hours=number), **fields)


def test_the_best_stands_first_headline_before_standfirst_before_text(
    client: Client, live: Live
) -> None:
    live("Tunnel audited", at=START)
    live("Mayor resigns", standfirst="The tunnel is to blame", at=START + timedelta(days=1))
    live("Ferry", body="<p>Tunnel, tunnel, and tunnel</p>", at=START + timedelta(days=2))
    live("Budget", body="<p>A tunnel.</p>", at=START + timedelta(days=3))
    live("Harbour", body="<p>The tunnel.</p>", at=START + timedelta(days=4))
    best = ["Tunnel audited", "Mayor resigns", "Ferry", "Harbour", "Budget"]
    assert headlines(client, "/search/?q=tunnel") == best
    newest = ["Harbour", "Budget", "Ferry", "Mayor resigns", "Tunnel audited"]
    assert headlines(client, "/search/?q=tunnel&order=newest") == newest


def test_the_count_is_true_and_says_when_only_the_newest_were_ranked(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(live, 5)
    assert "5 stories" in text_of(client, "/search/?q=tram")
    monkeypatch.setattr(finding, "MOST", 3)
    page = text_of(client, "/search/?q=tram")
    assert "More than 1,000 stories" in page
    assert "The newest 1,000 are ranked here" in page
    assert headlines(client, "/search/?q=tram") == ["Tram 4", "Tram 3", "Tram 2"]


def test_pages_go_on_to_the_end_and_back_to_the_first(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE", 4)
    many(live, 9)
    for order in ("", "&order=newest"):
        address, seen, pages = f"/search/?q=tram{order}", [], []
        while address:
            pages.append(address)
            seen += headlines(client, address)
            address = link(client, address, "next")
        assert seen == [f"Tram {number}" for number in reversed(range(9))]
        assert [link(client, page, "prev") for page in pages] == ["", *pages[:-1]]


def test_newest_goes_on_beyond_what_is_ranked_and_back(
    client: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE", 3)
    monkeypatch.setattr(finding, "MOST", 5)
    many(live, 14)
    address, seen, pages = "/search/?q=tram&order=newest", [], []
    while address:
        pages.append(address)
        seen += headlines(client, address)
        address = link(client, address, "next")
    assert seen == [f"Tram {number}" for number in reversed(range(14))]
    assert [link(client, page, "prev") for page in pages] == ["", *pages[:-1]]


@pytest.mark.parametrize(
    "asked",
    ["from=2024-02-30", "to=yesterday", "from=2024-13-01", "page=0", "page=x", "page=3", "page=-1",
     "page=9999999", "order=newest&before=20200101T000000Z-1", "order=newest&before=nonsense"],
)  # fmt: skip
def test_an_impossible_day_or_page_is_a_404(client: Client, live: Live, asked: str) -> None:
    many(live, 3)
    assert client.get(f"/search/?q=tram&{asked}").status_code == 404


def test_a_filter_that_names_nothing_is_left_out_and_said(client: Client, live: Live) -> None:
    many(live, 1)
    page = text_of(client, "/search/?q=tram&section=nowhere&kind=poem&author=x&topic=y&order=odd")
    assert "Left out, for the paper has nothing of that name: nowhere , x , y , poem" in page
    assert "1 story" in page


def test_each_filter_is_shown_and_taken_away_by_one_link(
    client: Client, live: Live, author: Author
) -> None:
    many(live, 2, topics=["Trams"])
    asked = {
        "section": "city", "author": "rami-reporter", "topic": "trams", "kind": "news",
        "from": "2024-05-01", "to": "2024-05-02",
    }  # fmt: skip
    address = "/search/?q=tram&" + "&".join(f"{name}={value}" for name, value in asked.items())
    page = client.get(address)
    chips = page.context["chips"]
    assert [chip.name for chip in chips] == list(asked)
    shown = text_of(client, address)
    for words in ("City", "Rami Reporter", "Trams", "News", "1 May 2024", "2 May 2024"):
        assert words in shown
    for chip in chips:
        assert f"{chip.name}=" not in chip.without
        assert all(f"{name}=" in chip.without for name in asked if name != chip.name)
        assert headlines(client, chip.without) == ["Tram 1", "Tram 0"]


def test_topics_and_authors_of_what_was_found_narrow_it(client: Client, live: Live) -> None:
    live("Tram one", topics=["Trams", "Harbour"])
    live("Tram two", topics=["Trams"])
    page = client.get("/search/?q=tram")
    narrowing = [(facet.name, facet.count, address) for facet, address in page.context["topics"]]
    assert [each[:2] for each in narrowing] == [("Trams", 2), ("Harbour", 1)]
    assert headlines(client, narrowing[1][2]) == ["Tram one"]
    [(writer, address)] = page.context["authors"]
    assert (writer.name, writer.count) == ("Rami Reporter", 2)
    assert len(headlines(client, address)) == 2


def test_without_a_question_the_page_says_how_to_ask(client: Client, live: Live) -> None:
    many(live, 1)
    for address in ("/search/", "/search/?q=", "/search/?q=%20&section="):
        page = text_of(client, address)
        assert "night buses" in page
        assert "Tram 0" in page  # the latest
        assert "City" in page


def test_a_search_that_finds_nothing_offers_names_spelt_alike(client: Client, live: Live) -> None:
    live("Lift opens", topics=["Mulberry Hill"])
    page = text_of(client, "/search/?q=mulbery+hil")
    assert "No story" in page
    assert "Perhaps you mean Mulberry Hill Topic" in page
    assert "Perhaps you mean Rami Reporter Author" in text_of(client, "/search/?q=reportr+rami")


def test_sections_topics_by_any_name_and_authors_are_suggested(
    client: Client, live: Live, author: Author
) -> None:
    live("Lift opens", topics=["Vladimir Putin"])
    putin = find("Vladimir Putin")
    assert putin is not None
    learn(putin, "Poutine")

    def suggested(typed: str) -> list[tuple[str, str]]:
        pages = client.get("/search/suggest/", {"q": typed}).json()["pages"]
        return [(page["kind"], page["name"]) for page in pages]

    assert suggested("put") == suggested("pouti") == suggested("VLADIMIR p") == [
        ("Topic", "Vladimir Putin")
    ]  # fmt: skip
    assert suggested("repo") == suggested("rami rep") == [("Author", "Rami Reporter")]
    assert suggested("cit") == [("Section", "City")]
    assert suggested("itin") == suggested("") == suggested("%") == []
    assert "Perhaps you mean City Section" in text_of(client, "/search/?q=city")


def test_a_topic_is_suggested_by_every_name_it_gets_and_no_longer_by_what_it_loses(
    client: Client, live: Live
) -> None:
    def suggested(typed: str) -> list[str]:
        pages = client.get("/search/suggest/", {"q": typed}).json()["pages"]
        return [page["name"] for page in pages]

    live("Bridge closed", topics=["Old Bridge", "Harbour"])
    bridge, harbour = Topic.objects.order_by("pk")
    assert (suggested("bridge"), suggested("span"), suggested("port")) == (["Old Bridge"], [], [])
    learn(bridge, "Iron Span")
    assert suggested("span") == suggested("the iron span of 1880") == ["Old Bridge"]
    bridge.aliases.get().delete()
    assert suggested("span") == []
    harbour.name = "Port Quarter"
    harbour.save()
    assert (suggested("harb"), suggested("quarter")) == ([], ["Port Quarter"])
    merged = merge(harbour, bridge, by=None)
    assert suggested("port") == suggested("bridge") == ["Old Bridge"]
    undo(merged, by=None)
    assert (suggested("port"), suggested("old")) == (["Port Quarter"], ["Old Bridge"])


def test_names_are_read_once_and_not_for_each_search(client: Client, live: Live) -> None:
    live("Bridge closed", topics=["Old Bridge"])
    client.get("/search/suggest/", {"q": "bridge"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/suggest/", {"q": "bri"})
    assert not any("aliases" in query["sql"] or "folded" in query["sql"].partition("WHERE")[2]
                   for query in asked.captured_queries)  # fmt: skip


def test_nothing_that_is_not_public_is_suggested(
    client: Client, live: Live, write: Callable[..., Article]
) -> None:
    write("Secret", topics=["Merger"])
    Author.objects.create(name="Nina New", slug="nina-new")
    gone = live("Gone", topics=["Affair"])
    unpublish(gone.article, by=None)
    assert Topic.objects.count() == 2
    for typed in ("merger", "nina", "affair"):
        assert client.get("/search/suggest/", {"q": typed}).json() == {"pages": []}


def test_the_page_is_for_readers_and_not_for_search_engines(client: Client, live: Live) -> None:
    many(live, 1)
    response = client.get("/search/?order=newest&q=tram&section=city&unknown=1")
    page = response.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page
    canonical = "/search/?q=tram&amp;section=city&amp;order=newest"
    assert f'{canonical}">' in page
    assert not response.cookies
    assert '<a class="masthead__search" href="/search/">Search</a>' in page


def test_a_search_costs_the_same_few_queries_however_much_it_finds(
    client: Client, live: Live
) -> None:
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    many(live, 2, topics=["Trams"])
    addresses = ("/search/?q=tram", "/search/?q=tram&section=city", "/search/?topic=trams")
    few = [cost(address) for address in addresses]
    many(live, 6, topics=["Trams", "Harbour"])
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 14
