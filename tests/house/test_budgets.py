"""Queries and bytes a page may cost, however much it lists."""

import re
from collections.abc import Iterator

import brotli
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PublishedArticle
from articles.topics import find
from newsroom.media.models import Picture
from newsroom.pages.identity import present_identity

COLD, WITH_CHROME, BESIDE = 18, 8, 6
HTML, CSS, SCRIPT, FONTS = 25_000, 25_000, 5_000, 2
# Beside that, what a page says of itself to machines: JSON-LD, and what is shown of it when shared.
TOLD = 5_000
# A list quotes headlines and standfirsts, an article page its text; with them a page may be longer.
WITH_WORDS = 40_000
TO_MACHINES = re.compile(
    r'<script type="application/ld\+json">.*?</script>|<meta (?:property|name="twitter:)[^>]*>\n',
    re.S,
)


def pages() -> Iterator[str]:
    """An address of each page type; the article is one with pictures and a related box."""
    busy = PublishedArticle.objects.filter(
        body__contains="data-article", lead_picture__isnull=False
    ).first()
    assert busy is not None
    topic = find("Water")
    assert topic is not None
    yield from (
        busy.get_absolute_url(), "/", "/politics/", topic.get_absolute_url(),
        "/author/miriam-odunsi-kray/", "/opinion/", "/opinion/the-committee-stage/",
        "/series/slow-trains/", "/archive/", *archive_of(busy),
    )  # fmt: skip


def archive_of(article: PublishedArticle) -> list[str]:
    """The pages of the year, the month and the day of an article."""
    zone = present_identity().zone
    year, month, day = f"{article.published_at.astimezone(zone):%Y %m %d}".split()
    return [
        f"/archive/{year}/", f"/archive/{year}/{month}/", f"/archive/{year}/{month}/{day}/",
    ]  # fmt: skip


def without_the_words_of_articles(html: str) -> str:
    """The page without an article's text; in lists, without the words quoted of articles. Numbers
    in addresses have three digits, however many articles were made before on the same database."""
    html = re.sub(r"(?<=-)\d+(?=/)", "123", html)
    html = re.sub(r'<div class="prose".*?</div>\s*<footer', "<footer", html, flags=re.S)
    head, opening, rest = html.partition("<main")
    main, closing, foot = rest.partition("</main>")
    words = r"(<(?:h[1-6]|p|a|bdi)\b[^>]*>)[^<]*"
    return head + opening + re.sub(words, r"\1", main) + closing + foot


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured]


@pytest.mark.usefixtures("paper")
def test_a_page_keeps_its_query_budget_with_every_cache_empty_and_with_the_stored_chrome(
    client: Client,
) -> None:
    over = {}
    for address in pages():
        caches["local"].clear()
        cold = queries(client, address)
        warm = queries(client, address)
        # The lists beside an article (Hot Opinion, Most Read, what breaks, the newest of a section)
        # are asked for once by a process, and then kept like the chrome.
        lists = BESIDE if re.search(r"-\d+/$", address) else 0
        if len(cold) > COLD + lists or len(warm) > WITH_CHROME:
            over[address] = (len(cold), len(warm), cold)
    assert over == {}


@pytest.mark.usefixtures("paper")
def test_a_page_costs_no_query_more_when_its_list_is_longer(client: Client) -> None:
    def counted() -> dict[str, int]:
        for address in pages():
            client.get(address)
        return {address: len(queries(client, address)) for address in pages()}

    before = counted()
    shown = PublishedArticle.objects.order_by("-published_at").values_list("pk", flat=True)
    Article.objects.exclude(pk__in=list(shown[:10])).update(kicker="")
    PublishedArticle.objects.exclude(pk__in=list(shown[:12])).exclude(
        body__contains="data-article"
    ).delete()
    caches["local"].clear()
    after = counted()
    assert all(before[address] <= WITH_CHROME for address in before)
    assert {k: v for k, v in before.items() if v > after.get(k, v)} == {}


@pytest.mark.usefixtures("paper")
def test_html_style_script_and_fonts_stay_small(client: Client) -> None:
    # Two thirds of a paper's stories have a picture, and its markup is longest with all crops made.
    Picture.objects.update(ready=F("version"))
    newest = list(PublishedArticle.objects.latest_first().values_list("pk", flat=True))
    without = set(newest[::3])
    PublishedArticle.objects.filter(pk__in=set(newest) - without).update(
        lead_picture=Picture.objects.first()
    )
    heavy = {}
    for address in pages():
        whole = client.get(address).content.decode()
        html = TO_MACHINES.sub("", whole)
        assert 0 < len(whole.encode()) - len(html.encode()) <= TOLD, address
        bare = without_the_words_of_articles(html)
        if len(bare.encode()) > HTML or len(html.encode()) > WITH_WORDS:
            heavy[address] = (len(bare.encode()), len(html.encode()))
    assert heavy == {}
    page = client.get("/").content.decode()
    static = settings.STATICFILES_DIRS[0]

    def size(pattern: str) -> int:
        paths = re.findall(pattern, page)
        return sum(len(brotli.compress((static / path).read_bytes())) for path in paths)

    assert 0 < size(r'<link rel="stylesheet" href="/static/([^"]+)"') <= CSS
    assert size(r'<script[^>]+src="/static/([^"]+)"') <= SCRIPT
    page = client.get(next(pages())).content.decode()  # an article carries the readers' only script
    assert 0 < size(r'<script[^>]+src="/static/([^"]+)"') <= SCRIPT
    assert len(re.findall(r'rel="preload" href="[^"]+\.woff2"', page)) <= FONTS


@pytest.mark.usefixtures("paper")
def test_a_reader_gets_no_cookie_and_nothing_from_elsewhere(client: Client) -> None:
    for address in (*pages(), "/contact/", "/newsletter/", "/about-us/", "/feed/", "/nowhere/"):
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        html = response.content.decode()
        loaded = re.findall(
            r'(?:src|srcset|action|rel="(?:stylesheet|preload|icon)" href)="([^"]+)"', html
        )
        assert [url for url in loaded if not url.startswith(("/", "http://testserver"))] == [], (
            address
        )
