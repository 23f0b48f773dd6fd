"""What a lite page weighs with all that it loads, and what it asks of the database."""

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.lite.lighten import lighten
from articles.models import PublishedArticle
from articles.topics import find
from newsroom.media.models import Picture
from tests.house.test_budgets import WITH_CHROME

PAGE, CHROME = 10_000, 3_000
PARAGRAPH = re.compile(r"<p>.*?</p>", re.S)
STATIC = Path(settings.STATICFILES_DIRS[0])


def weight(client: Client, address: str) -> int:
    """Bytes of the page as browsers take it over https, and of all that it names to be loaded."""
    answer = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
    assert answer["Content-Encoding"] == "br"
    html = brotli.decompress(answer.content).decode()
    assert "<script" not in html
    assert "@font-face" not in html
    assert "<img" not in html
    loaded = re.findall(r'<link rel="(?:stylesheet|preload|icon)" href="/static/([^"]+)"', html)
    sheets = sum(len(brotli.compress((STATIC / path).read_bytes())) for path in loaded)
    assert loaded == ["css/lite.css"]
    return len(answer.content) + sheets


def addresses() -> Iterator[str]:
    topic = find("Water")
    assert topic is not None
    yield from (
        "/lite/", "/lite/politics/", "/lite/opinion/", f"/lite{topic.get_absolute_url()}",
        "/lite/author/miriam-odunsi-kray/", "/lite/opinion/the-committee-stage/",
        "/lite/series/slow-trains/", "/lite/about-us/",
    )  # fmt: skip
    for row in PublishedArticle.objects.select_related("section"):
        yield f"/lite{row.get_absolute_url()}"


def of_3000_words() -> PublishedArticle:
    """An article with pictures, a series and related stories, of the demo's own paragraphs."""
    rows = list(PublishedArticle.objects.filter(language="").order_by("pk"))
    paragraphs = [found for row in rows for found in PARAGRAPH.findall(row.body)]
    body, count = "", 0
    for paragraph in (each for start in range(7) for each in paragraphs[start::7]):
        body += paragraph
        count += len(re.sub("<[^>]+>", "", paragraph).split())
        if count >= 3000:
            break
    assert count >= 3000
    row = rows[0]
    PublishedArticle.objects.filter(pk=row.pk).update(body=body, words=count)
    return row


@pytest.mark.usefixtures("paper")
def test_every_page_and_an_article_of_3000_words_weigh_less_than_10_kb(client: Client) -> None:
    Picture.objects.update(ready=F("version"))  # their markup is longest with all crops made
    heavy = {a: kb for a in addresses() if (kb := weight(client, a)) > PAGE}
    assert heavy == {}
    long = weight(client, f"/lite{of_3000_words().get_absolute_url()}")
    assert long <= PAGE
    print(f"3,000 words: {long} bytes")


@pytest.mark.django_db
def test_a_page_without_words_weighs_less_than_3_kb(client: Client) -> None:
    html = client.get("/lite/nowhere/").content
    assert len(brotli.compress(html + (STATIC / "css/lite.css").read_bytes())) <= CHROME


@pytest.mark.usefixtures("paper")
def test_a_page_asks_no_more_of_the_database_than_its_twin_and_an_article_less(
    client: Client,
) -> None:
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    row = PublishedArticle.objects.filter(body__contains="data-article").first()
    assert row is not None
    for address in ("/", "/politics/", "/opinion/", "/topic/water/", row.get_absolute_url()):
        assert asked(f"/lite{address}") <= min(asked(address), WITH_CHROME), address


@pytest.mark.django_db
def test_a_page_is_compressed_as_the_browser_takes_it(client: Client) -> None:
    plain = client.get("/lite/")
    assert "Content-Encoding" not in plain
    assert plain["Vary"] == "Accept-Encoding"
    for accepted, encoding in (
        ("br", "br"), ("gzip", "gzip"), ("gzip;q=1.0, br;q=0", "gzip"), ("br;q=0.5,gzip", "br"),
        ("deflate", None), ("bright, xgzip", None), ("", None), ("gzip;q=0.0", None),
    ):  # fmt: skip
        answer = client.get("/lite/", headers={"accept-encoding": accepted})
        assert answer.get("Content-Encoding") == encoding, accepted


def test_a_picture_comes_when_it_is_asked_for_in_its_smallest_file_and_a_face_never() -> None:
    img = '<img src="/a-720.jpg" alt="Ships &quot;at&quot; sea" width="3" height="2">'
    sources = (
        '<source type="image/avif" srcset="/a-720.avif 720w, /a-1600.avif 1600w" sizes="100vw">'
        '<source type="image/webp" srcset="/a-1600.webp">'
    )
    page = (
        f'<div>{img}</div><figure class="figure">\n<picture>{sources}{img}</picture>'
        f'<figcaption>At sea</figcaption></figure><figure><img src="/b.jpg" alt=""></figure>'
    )
    closed = '<a class="picture" rel="nofollow" href="?{}">{}</a>'.format
    first = closed("picture=1#picture-1", "Picture: <bdi>Ships &quot;at&quot; sea</bdi>")
    second = closed("picture=2#picture-2", "Show the picture")
    around = (
        '<div></div><figure class="figure">\n{}<figcaption>At sea</figcaption></figure>'
        "<figure>{}</figure>"
    )
    assert lighten(page, QueryDict()) == around.format(first, second)
    # The link to the next one keeps what was asked for: this picture, and a page of posts.
    opened = f'<picture><source type="image/avif" srcset="/a-720.avif">{img}</picture>'
    assert lighten(page, QueryDict("order=oldest&picture=1")) == around.format(
        f'<div id="picture-1">{opened}</div>',
        closed("order=oldest&amp;picture=1&amp;picture=2#picture-2", "Show the picture"),
    )
    for odd in ("picture=", "picture=99", "picture=%00", 'picture="><script>'):
        html = lighten(page, QueryDict(odd))
        assert "<img" not in html
        assert "<script" not in html
    long = lighten(page, QueryDict("x=" + "1" * 10_000 + "&picture=77" * 900))
    assert len(long) < 2500
