"""What a reader gets at an address of nothing: the right one at once, or a page with a way on."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import PublishedArticle, Section
from articles.publishing import unpublish, withdraw
from newsroom.accounts.models import User
from newsroom.addresses.near import near
from newsroom.addresses.redirects import redirect
from newsroom.addresses.spelling import mended, words_of
from newsroom.pages.models import Page, SiteSettings

pytestmark = pytest.mark.django_db

Live = Callable[..., PublishedArticle]
Walk = Callable[[str], tuple[int, str]]
# What looks like a story's address is searched for by its words.
MOST_QUERIES, WITH_SEARCH = 6, 20


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 404, address
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    return response.content.decode()


def meant(client: Client, address: str) -> list[str]:
    """The addresses the page offers."""
    html = page(client, address)
    block = re.search(r'<section class="meant".*?</section>', html, re.S)
    return re.findall(r'href="([^"]+)"', block[0]) if block else []


SPELT = (
    "/World", "/WORLD/", "/world//", "/world/).", "/world.", "/world,", "/world/%E2%80%9D",
    "/%E2%80%9Cworld%E2%80%9D/", "/world/&quot;", "/world/index.html", "/world.html",
    "/world.htm", "/world/amp/", "/world/amp", "/world/%20", "/world%E2%80%8B/", "/wor%C2%ADld/",
    "/%2577orld/", "/world?utm_source=mail", "/world/;", "/world/%3E",
)  # fmt: skip


def test_a_section_is_found_when_only_the_spelling_differs(walk: Walk) -> None:
    Section.objects.create(name="World", slug="world")
    assert {address: walk(address) for address in SPELT} == dict.fromkeys(SPELT, (200, "/world/"))


def test_an_article_is_found_when_only_the_spelling_differs(live: Live, walk: Walk) -> None:
    there = live("Tram line opens").get_absolute_url()
    bare = there.rstrip("/")
    mangled = (f"{there}).", f"{there}%E2%80%9D", f"{bare}.html", f"{there}amp/", there.upper(),
               there.replace("y/", "y//"), f"{there}index.html", bare, f"{bare}&gt;")  # fmt: skip
    assert {address: walk(address) for address in mangled} == dict.fromkeys(mangled, (200, there))


def test_what_has_no_row_in_the_table_is_found_too(live: Live, walk: Walk) -> None:
    live("One", topics=["Water"])
    for address, there in {
        "/Contact": "/contact/", "/contact.html": "/contact/", "/FEED": "/feed/",
        "/Topic/Water": "/topic/water/", "/author/rami-reporter.": "/author/rami-reporter/",
        "/index.html": "/", "/%E2%80%9D": "/", "/opinion/amp/": "/opinion/",
    }.items():  # fmt: skip
        assert walk(address) == (200, there)


def test_a_withdrawn_article_gives_its_notice_in_every_spelling(live: Live, walk: Walk) -> None:
    row = live("Tram line opens")
    withdraw(row.article, by=None, reason="Wrong.")
    assert walk(f"{row.get_absolute_url()}).") == (410, row.get_absolute_url())


def test_an_old_address_is_found_in_another_spelling(walk: Walk) -> None:
    redirect("/2015/03/a-ferry/", "/contact/")
    for address in ("/2015/03/A-Ferry", "/2015//03/a-ferry/).", "/2015/03/a-ferry/index.html"):
        assert walk(address) == (200, "/contact/")


def test_a_hebrew_address_is_found_however_often_it_was_escaped(live: Live, walk: Walk) -> None:
    live("כותרת", topics=["ירושלים"])
    assert walk("/topic/%D7%99%D7%A8%D7%95%D7%A9%D7%9C%D7%99%D7%9D")[0] == 200
    assert (
        walk("/topic/%25D7%2599%25D7%25A8%25D7%2595%25D7%25A9%25D7%259C%25D7%2599%25D7%259D/")[0]
        == 200
    )
    assert walk("/topic/%E2%80%8F%D7%99%D7%A8%D7%95%D7%A9%D7%9C%D7%99%D7%9D/")[0] == 200


def test_a_link_of_a_mail_that_lost_its_slash_keeps_its_token(client: Client) -> None:
    response = client.get("/newsletter/confirm/AbC-dEf")
    assert (response.status_code, response["Location"]) == (301, "/newsletter/confirm/AbC-dEf/")


MEANT = {
    "/polticis/": "/politics/",
    "/poltics": "/politics/",
    "/olitics/": "/politics/",
    "/news/politics/": "/politics/",
    "/section/politics/page/2/": "/politics/",
    "/polticis/no-such-story-of-ours-99999/": "/politics/",
    "/topic/vladimir-puttin/": "/topic/vladimir-putin/",
    "/topic/vladimir-put": "/topic/vladimir-putin/",
    "/tag/vladimir-putin/": "/topic/vladimir-putin/",
    "/author/rami-reprter/": "/author/rami-reporter/",
    "/authors/rami-reporter/": "/author/rami-reporter/",
    "/abuot-us/": "/about-us/",
    "/2019/12/08/vladimir-putin/": "/topic/vladimir-putin/",
}


def test_a_place_that_may_have_been_meant_is_offered(live: Live, client: Client) -> None:
    Section.objects.create(name="Politics", slug="politics")
    Section.objects.create(name="Sport", slug="sport")
    Page.objects.create(title="About us")
    live("One", topics=["Vladimir Putin", "Water"])
    assert {address: meant(client, address)[:1] for address in MEANT} == {
        address: [there] for address, there in MEANT.items()
    }


def test_a_story_is_offered_by_the_words_of_an_address_without_its_number(
    live: Live, client: Client
) -> None:
    row = live("Tram line opens on Monday")
    live("Ferry runs late")
    for address in ("/city/tram-line-opens/", "/city/tram-line-opens-on-mon/",
                    "/city/monday-the-tram-opened/",
                    "/2019/12/08/tram-line-opens/", "/tram-line-opens-on-monday",
                    "/sport/Tram-Line-opens-on-monday-999999/"):  # fmt: skip
        assert meant(client, address)[:1] == [row.get_absolute_url()], address


def test_what_is_not_public_is_never_offered(
    live: Live, write: Callable[..., object], client: Client
) -> None:
    row = live("Tram line opens", topics=["Secret merger"])
    unpublish(row.article, by=None)
    write("Ferry runs late", topics=["Another secret"])
    Page.objects.create(title="Future plans", is_public=False)
    for address in ("/city/tram-line-opens/", "/topic/secret-mergr/", "/topic/another-secre/",
                    "/city/ferry-runs-late/", "/future-plan/"):  # fmt: skip
        assert set(meant(client, address)) <= {"/city/"}, address


def test_the_page_shows_the_days_stories_and_a_search_with_the_words(
    live: Live, client: Client
) -> None:
    row = live("Ferry runs late")
    html = page(client, "/sport/Tram-line_opens-12/")
    assert row.get_absolute_url() in html
    assert 'action="/search/" method="get"' in html
    assert 'value="tram line opens"' in html
    withdraw(row.article, by=None, reason="Wrong.")
    html = client.get(row.get_absolute_url()).content.decode()
    assert 'action="/search/"' in html
    assert "Ferry runs late" not in html


def test_words_are_those_of_the_address_as_a_reader_would_say_them() -> None:
    assert words_of("/2019/12/08/tram-line-opens-12.html") == "tram line opens"
    assert words_of("/topic/vladimir-puttin/") == "vladimir puttin"
    assert words_of("/נושא/נתניהו-פוטין/") == "נתניהו פוטין"
    assert words_of("/%D7%A0%D7%AA/") == "נת"
    assert words_of("/2019/12/08/") == words_of("/") == words_of("/topic/") == ""
    assert len(words_of("/" + "word-" * 500)) <= 60
    assert words_of("/" + "x" * 5000) == ""


def test_a_program_is_answered_in_a_line_and_with_hardly_a_query(client: Client) -> None:
    client.get("/warm/")
    for address in (
        "/wp-login.php", "/xmlrpc.php", "/.env", "/.git/config", "/wp-content/x/", "/a/b.jpg",
        "/favicon.ico.bak", "/media/aa/x.jpg", "/static/css/none.css", "/nowhere/feed/",
        "/nowhere/feed/atom/", "/api/data.json", "/cgi-bin/test/", "/story.aspx", "/index.php",
        "/apple-touch-icon.png", "/WP-ADMIN/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 404, address
        assert len(response.content) < 100, address
        assert response["Content-Type"].startswith("text/plain")
        assert len(asked) <= 4, address


def test_a_page_of_nothing_stays_within_its_queries(live: Live, client: Client) -> None:
    Section.objects.create(name="Politics", slug="politics")
    live("Tram line opens", topics=["Water"])
    counts = {}
    for address in ("/polticis/", "/city/tram-line-open/", "/topic/watr/", "/a/b/c/d/e/f/",
                    "/nothing-of-the-kind", "/backup/old-site-of-mine/", "/x/y/?q=1"):  # fmt: skip
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        counts[address] = len(asked)
    assert {a: n for a, n in counts.items() if n > MOST_QUERIES} == {}
    with CaptureQueriesContext(connection) as asked:
        page(client, "/city/the-line-of-trams/")
    assert len(asked) <= WITH_SEARCH
    caches["local"].clear()
    with CaptureQueriesContext(connection) as asked:
        page(client, "/polticis/")
    assert len(asked) <= 14


def test_near_addresses_are_looked_for_in_indexes_alone() -> None:
    with CaptureQueriesContext(connection) as asked:
        near("/topic/vladimir-puttin/")
    assert len(asked) == 1
    if connection.vendor == "sqlite":  # of few rows PostgreSQL rightly reads all
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}".replace("%", "%%"))
            steps = [str(row[-1]) for row in cursor.fetchall()]
        assert len(steps) > 5
        assert [step for step in steps if step.startswith("SCAN")] == []


HOSTILE = (
    "/%00/", "/%00", "/a%00b-c/", "/%FF%FE/", "/%ED%A0%80/", "/" + "a" * 10_000 + "/",
    "/" + "a-" * 5000, "/" + "%2525" * 1500 + "/", "/" + "/".join("ab" for _ in range(3000)),
    "/%E2%80%AEevil/", "/%3Cscript%3Ealert(1)%3C/script%3E/", "/%22%3E%3Cimg%20src=x%3E/",
    "/'%20OR%201=1--/", "/%5C%5Cevil.example/", "//evil.example/%2F..", "/%2F%2Fevil.example/",
    "/%0d%0aSet-Cookie:x=1/", "/&lt;b&gt;x&lt;/b&gt;/", "/" + "(" * 5000 + "/", "/..%2f..%2fetc/",
    "/" + "&#x" * 3000 + "/", "/%/", "/%%%/", "/" + "a." * 4000 + "/", "/" + "א-" * 700 + "/",
    "/" + "-1" * 4000 + "/", "/\u202e/", "/" + "%CC%81" * 1000 + "/", "/_%25_/", "/*/", "/[a-z]+/",
)  # fmt: skip


def test_a_hostile_address_is_answered_harmlessly(client: Client) -> None:
    Section.objects.create(name="World", slug="world")
    asked_for = [*HOSTILE, *(f"{address}?{'q=%00' * 50}" for address in HOSTILE[:9])]
    for asked in (*asked_for, *(f"{address.rstrip('/')}.html" for address in HOSTILE[9:])):
        response = client.get(asked)
        assert response.status_code in {301, 404}, asked[:60]
        assert re.fullmatch(r"/([^/\\].*)?", response.get("Location", "/"))
        html = response.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "\u202e" not in html
        assert "set-cookie" not in {name.lower() for name in response.headers}


def test_in_a_hebrew_paper_the_words_stand_as_they_are_read(live: Live, client: Client) -> None:
    SiteSettings(name="הבוקר", language="he").save()
    row = live("ביבי נפגש עם פוטין")
    address = row.get_absolute_url()
    html = page(client, re.sub(r"-\d+/$", "/", address))
    assert 'value="ביבי נפגש עם פוטין"' in html
    assert f'href="{address}"' in html or row.headline in html


def test_the_desk_and_a_wrong_preview_link_get_the_page_as_it_was(
    chief: User, client_for: Callable[[User], Client], live: Live, client: Client
) -> None:
    live("Ferry runs late", topics=["Water"])
    for html in (
        client_for(chief).get("/admin/nope/").content.decode(),
        client_for(chief).get("/admin/articles/article/99999/preview/").content.decode(),
        client.get("/preview/water/").content.decode(),
    ):
        assert "Ferry runs late" not in html
        assert "search-again" not in html
    assert client.get("/preview/water/").content == client.get("/preview/ferry-runs/").content


def test_a_slash_is_never_added_for_nothing(client: Client) -> None:
    assert client.get("/nowhere").status_code == 404


def test_spelling_is_put_right_once_and_for_all() -> None:
    for path in (
        "/World/).",
        "//A//b.html",
        "/%2541/",
        "/a/amp/index.html",
        "/x&amp;y/",
        "/&quot;",
    ):
        assert mended(mended(path)) == mended(path)
