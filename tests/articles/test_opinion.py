"""Opinion: columns with feeds, guests and disclaimers, and editorials in the paper's own name."""

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Author, Byline, Column, ColumnAuthor, PublishedArticle, Section
from articles.models.kinds import Kind
from articles.publishing import publish
from articles.publishing.checks import findings
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.pages.models import SiteSettings

DISCLAIMER = "The views are the writer’s own."


@pytest.fixture
def column(db: None, author: Author) -> Column:
    """A column that Rami Reporter writes."""
    column = Column.objects.create(
        name="Against the Tide", slug="tide", description="On water.", disclaimer=DISCLAIMER
    )
    ColumnAuthor.objects.create(column=column, author=author)
    return column


@pytest.fixture
def piece(section: Section) -> Callable[..., PublishedArticle]:
    """A live article under the names that are given, in this order."""

    def make(
        headline: str = "A word on rain", *names: Author | str, roles: tuple[str, ...] = (),
        **fields: Any,
    ) -> PublishedArticle:  # fmt: skip
        article = Article.objects.create(
            **{"headline": headline, "body": "<p>It rains.</p>", "section": section,
               "kind": Kind.OPINION, **fields},
        )  # fmt: skip
        for order, name in enumerate(names):
            line = {"author": name} if isinstance(name, Author) else {"text": name}
            role = roles[order] if order < len(roles) else ""
            Byline.objects.create(article=article, order=order, role=role, **line)
        return publish(article, by=None, revision=revise(article, by=None))

    return make


Piece = Callable[..., PublishedArticle]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def names(html: str) -> str:
    """The byline of an article's page."""
    found = re.search(r'<p class="byline__names">(.*?)</p>', html, re.S)
    assert found is not None
    return found[1]


def author_data(html: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found[1])[0]["author"]


# Columns --------------------------------------------------------------------------------------


def test_a_column_has_a_feed_of_its_own_and_its_pages_name_it(
    client: Client, column: Column, author: Author, piece: Piece
) -> None:
    row = piece("A word on rain", author, column=column)
    piece("Elsewhere", author)
    answer = client.get("/opinion/tide/feed/", headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert channel is not None
    assert str(channel.findtext("title")).startswith("Against the Tide")
    assert [item.findtext("title") for item in channel.findall("item")] == ["A word on rain"]
    assert channel.findtext("link") == f"{settings.SITE_URL}/opinion/tide/"
    link = 'href="/opinion/tide/feed/"'
    for address in ("/opinion/tide/", row.get_absolute_url()):
        assert link in page(client, address)
    assert client.get("/opinion/nobody/feed/").status_code == 404


def test_the_feed_of_a_renamed_column_is_found_at_its_old_address(
    client: Client, column: Column
) -> None:
    column.slug = "with-the-tide"
    column.save()
    answer = client.get("/opinion/tide/feed/")
    assert (answer.status_code, answer["Location"]) == (301, "/opinion/with-the-tide/feed/")
    assert client.get(answer["Location"]).status_code == 200


def test_the_disclaimer_stands_under_every_article_of_the_column_and_on_its_page(
    client: Client, column: Column, author: Author, piece: Piece
) -> None:
    inside, outside = piece("Inside", author, column=column), piece("Outside", author)
    for address in ("/opinion/tide/", inside.get_absolute_url()):
        assert DISCLAIMER in page(client, address)
    assert DISCLAIMER not in page(client, outside.get_absolute_url())
    column.disclaimer = "<b>Nobody’s</b> views."
    column.save()
    assert "&lt;b&gt;Nobody’s" in page(client, inside.get_absolute_url())
    column.disclaimer = ""
    column.save()
    assert 'class="disclaimer"' not in page(client, inside.get_absolute_url())


def test_the_desk_writes_the_disclaimer_and_names_guests(
    editor: User, client_for: Callable[[User], Client], column: Column, author: Author
) -> None:
    guest = Author.objects.create(name="Gail Guest", slug="gail-guest")
    client, address = client_for(editor), f"/admin/articles/column/{column.pk}/change/"
    form = page(client, address)
    assert 'name="disclaimer"' in form
    place = column.places.get()
    answer = client.post(
        address,
        {"name": column.name, "slug": "tide", "description": "", "portrait": "",
         "disclaimer": "New words.",
         "places-TOTAL_FORMS": "2", "places-INITIAL_FORMS": "1",
         "places-0-id": place.pk, "places-0-column": column.pk, "places-0-author": author.pk,
         "places-0-order": "0", "places-1-column": column.pk, "places-1-author": guest.pk,
         "places-1-order": "1", "places-1-is_guest": "on"},
    )  # fmt: skip
    assert answer.status_code == 302
    column.refresh_from_db()
    assert column.disclaimer == "New words."
    assert [place.author for place in column.guests] == [guest]


# Guests ---------------------------------------------------------------------------------------


def test_a_guest_is_named_as_one_on_the_article_and_in_the_lists_and_a_regular_is_not(
    client: Client, column: Column, author: Author, piece: Piece
) -> None:
    column.portrait = Picture.objects.create(extension="jpg", width=9, height=6, alt_text="Rami")
    column.save()
    marked = Author.objects.create(name="Gail Guest", slug="gail-guest")
    ColumnAuthor.objects.create(column=column, author=marked, order=1, is_guest=True)
    passing = Author.objects.create(name="Pat Passing", slug="pat-passing")
    for each in (marked, passing):
        row = piece(f"By {each.name}", each, column=column)
        assert "guest" in names(page(client, row.get_absolute_url()))
        assert row.portrait is None  # not the face of the column's regular
    lists = [page(client, address) for address in ("/opinion/", "/opinion/tide/")]
    for html in lists:
        assert html.count('class="voice__guest"') == 2
    assert "Gail Guest" in lists[1].partition('class="lines"')[0]
    PublishedArticle.objects.all().delete()
    regular = piece("By Rami", author, column=column)
    assert regular.portrait == column.portrait
    assert "guest" not in names(page(client, regular.get_absolute_url()))
    assert 'class="voice__guest"' not in page(client, "/opinion/")


def test_nobody_is_a_guest_outside_columns_in_another_role_or_as_an_institution(
    client: Client, column: Column, author: Author, piece: Piece
) -> None:
    passing = Author.objects.create(name="Pat Passing", slug="pat-passing")
    agency = Author.objects.create(name="Agencies", slug="agencies", is_institution=True)
    rows = [
        piece("Outside", passing),
        piece("Pictures", author, passing, column=column, roles=("", "photographs")),
        piece("Agencies", agency, "Staff", column=column),
        piece("Nobody’s column", passing, column=Column.objects.create(name="Open", slug="open")),
    ]
    for row in rows:
        assert "guest" not in names(page(client, row.get_absolute_url())), row
    assert 'class="voice__guest"' not in page(client, "/opinion/")


def test_becoming_a_regular_is_seen_at_once(client: Client, column: Column, piece: Piece) -> None:
    passing = Author.objects.create(name="Pat Passing", slug="pat-passing")
    row = piece("In passing", passing, column=column)
    assert "guest" in names(page(client, row.get_absolute_url()))
    ColumnAuthor.objects.create(column=column, author=passing)
    assert "guest" not in names(page(client, row.get_absolute_url()))


def test_naming_guests_costs_no_query(client: Client, column: Column, piece: Piece) -> None:
    def cost(row: PublishedArticle) -> int:
        page(client, row.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            page(client, row.get_absolute_url())
        return len(captured)

    passing = Author.objects.create(name="Pat Passing", slug="pat-passing")
    inside, outside = piece("In", passing, column=column), piece("Out", passing)
    caches["local"].clear()
    assert cost(inside) == cost(outside)


def test_the_face_of_a_column_is_a_regulars_and_its_page_names_regulars_and_guests(
    client: Client, column: Column, author: Author
) -> None:
    faces = [
        Picture.objects.create(extension="jpg", width=9, height=6, alt_text=name)
        for name in ("guest", "regular")
    ]
    guest = Author.objects.create(name="Gail Guest", slug="gail-guest", portrait=faces[0])
    ColumnAuthor.objects.update(order=5)
    ColumnAuthor.objects.create(column=column, author=guest, order=0, is_guest=True)
    assert Column.objects.get().face is None
    author.portrait = faces[1]
    author.save()
    assert Column.objects.get().face == faces[1]
    html = page(client, "/opinion/tide/").partition('class="columnists-named"')[2]
    assert html.index("Rami Reporter") < html.index("Gail Guest") < html.index("guest</span>")
    assert 'href="/author/gail-guest/"' in html


# Editorials -----------------------------------------------------------------------------------


@pytest.fixture
def paper_name(db: None) -> str:
    SiteSettings(name="The Harbour Post").save()
    return "The Harbour Post"


def test_an_editorial_without_a_byline_carries_the_papers_name_everywhere(
    client: Client, paper_name: str, piece: Piece
) -> None:
    row = piece("We say", kind=Kind.EDITORIAL)
    html = page(client, row.get_absolute_url())
    assert paper_name in names(html)
    assert f'<meta name="author" content="{paper_name}">' in html
    (author,) = author_data(html)
    assert (author["@type"], author["name"]) == ("NewsMediaOrganization", paper_name)
    feed = client.get("/feed/").content.decode()
    assert f"<dc:creator>{paper_name}</dc:creator>" in feed
    away = Section.objects.create(name="World", slug="world")
    news = [piece(f"News {n}", "Agencies", kind=Kind.NEWS, section=away) for n in range(14)]
    other = page(client, news[0].get_absolute_url())
    beside = other.partition('class="hot-opinion"')[2].partition("</section>")[0]
    assert "We say" in beside
    assert re.search(r'class="voice__name"><bdi>Editorial</bdi>', beside)
    assert re.search(rf'class="voice__by">\s*<bdi>{paper_name}</bdi>', beside)


def test_an_editorial_with_a_byline_keeps_it_and_other_kinds_get_none(
    client: Client, paper_name: str, author: Author, piece: Piece
) -> None:
    signed = piece("Signed", author, kind=Kind.EDITORIAL)
    assert signed.byline_line == author.name
    assert author_data(page(client, signed.get_absolute_url()))[0]["@type"] == "Person"
    assert piece("News", kind=Kind.NEWS).byline_line == ""


def test_when_the_paper_is_renamed_its_editorials_follow(paper_name: str, piece: Piece) -> None:
    row = piece("We say", kind=Kind.EDITORIAL)
    paper = SiteSettings.load()
    paper.name = "The Harbour Times"
    paper.save()
    row.refresh_from_db()
    assert row.byline_line == "The Harbour Times"


def test_the_checks_ask_no_editorial_for_a_byline(section: Section) -> None:
    taken = {"bylines": [], "kind": Kind.EDITORIAL, "headline": "We say", "body": "<p>So.</p>"}
    assert "byline" not in {finding.check for finding in findings(taken)}
    found = {finding.check for finding in findings({**taken, "kind": Kind.OPINION})}
    assert "byline" in found
