"""Writing in the admin: saving shows readers nothing, publishing does, typed text is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Author, PublishedArticle, Section
from newsroom.accounts.models import User

ADD = "/admin/articles/article/add/"


def form(article: Article | None = None, /, **fields: Any) -> dict[str, Any]:
    """What a browser sends for an article with one empty byline row; `article`: opened just now."""
    return {
        "base_revision": str(article.latest_revision_id) if article else "",
        "headline": "Harbour opens",
        "standfirst": "",
        "body": "<p>It opened today.</p>",
        "lead_picture": "",
        "lead_caption": "",
        "section": "",
        "tags": "",
        "kicker": "",
        "kind": "news",
        "column": "",
        "dateline": "",
        "language": "",
        "slug": "",
        "seo_title": "",
        "seo_description": "",
        "share_title": "",
        "share_text": "",
        "bylines-TOTAL_FORMS": "1",
        "bylines-INITIAL_FORMS": "0",
        "bylines-0-author": "",
        "bylines-0-text": "",
        "bylines-0-role": "",
        "bylines-0-order": "0",
        **fields,
    }


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def test_saving_keeps_a_revision_and_shows_readers_nothing(desk: Client, section: Section) -> None:
    response = desk.post(ADD, form(section=section.pk, _continue="Save"))
    article = Article.objects.get()
    assert response.status_code == 302
    assert response["Location"] == change(article)
    assert article.latest_revision
    assert article.latest_revision.snapshot["headline"] == "Harbour opens"
    assert not PublishedArticle.objects.exists()


def test_save_and_publish_in_one_step(desk: Client, section: Section, author: Author) -> None:
    fields = form(
        section=section.pk, tags="Harbour, Trade", _publish="Save and publish",
        **{"bylines-0-author": author.pk, "bylines-0-order": "1"},
    )  # fmt: skip
    page = desk.post(ADD, fields, follow=True).content.decode()
    row = PublishedArticle.objects.get()
    assert row.byline_line == author.name
    assert [place.topic.name for place in row.topic_places.all()] == ["Harbour", "Trade"]
    assert row.get_absolute_url() in page
    assert desk.get(row.get_absolute_url()).status_code == 200


def test_a_saved_change_waits_until_it_is_published(
    desk: Client, live: Callable[..., PublishedArticle]
) -> None:
    article = live("First words").article
    fields = form(article, headline="Second words", section=article.section_id)
    page = desk.post(change(article), {**fields, "_continue": "Save"}, follow=True).content.decode()
    assert PublishedArticle.objects.get().headline == "First words"
    assert "with unpublished changes" in page


def test_what_keeps_an_article_from_going_live_stands_beside_its_field(desk: Client) -> None:
    response = desk.post(ADD, form(body="<p> </p>", standfirst="Kept words", _publish="Publish"))
    page = response.content.decode()
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"section", "body"}
    assert "Kept words" in page
    assert not Article.objects.exists()


def test_a_draft_may_be_half_done(desk: Client) -> None:
    assert desk.post(ADD, form(body="", _continue="Save")).status_code == 302
    assert Article.objects.get().section is None


def test_an_author_and_a_free_text_on_one_line_are_an_error_there(
    desk: Client, author: Author
) -> None:
    both = {"bylines-0-author": author.pk, "bylines-0-text": "Agencies"}
    response = desk.post(ADD, form(_continue="Save", **both))
    assert response.status_code == 200
    assert "not both" in response.content.decode()


def test_an_empty_byline_row_with_a_number_is_no_row(desk: Client) -> None:
    assert desk.post(ADD, form(_continue="Save", **{"bylines-0-order": "1"})).status_code == 302
    assert not Article.objects.get().bylines.exists()


def test_the_writer_s_own_name_is_there_and_is_saved(
    reporter: User, author: Author, client_for: Callable[[User], Client]
) -> None:
    author.user = reporter
    author.save()
    desk = client_for(reporter)
    assert f'<option value="{author.pk}" selected>' in desk.get(ADD).content.decode()
    desk.post(ADD, form(_continue="Save", **{"bylines-0-author": author.pk}))
    assert [line.author for line in Article.objects.get().bylines.all()] == [author]


def test_a_headline_pasted_over_two_lines_is_one(desk: Client) -> None:
    desk.post(ADD, form(headline="Two\r\nlines ", _continue="Save"))
    assert Article.objects.get().headline == "Two lines"


def test_a_tag_with_a_comma_stays_one_tag(desk: Client, write: Callable[..., Article]) -> None:
    article = write()
    desk.post(change(article), form(article, tags='"Lod, the city", Trams', _continue="Save"))
    page = desk.get(change(article)).content.decode()
    assert "&quot;Lod, the city&quot;, Trams" in page


def test_the_text_is_cleaned_on_its_way_in(desk: Client) -> None:
    desk.post(ADD, form(body='<p onclick="x()">Words<script>x()</script></p>', _continue="Save"))
    assert Article.objects.get().body == "<p>Words</p>"


def test_without_script_the_text_is_a_plain_field(desk: Client) -> None:
    page = desk.get(ADD).content.decode()
    assert '<textarea name="body"' in page
    assert 'name="tags"' in page


def test_an_author_stands_in_the_byline_once(desk: Client, author: Author) -> None:
    twice = {
        "bylines-TOTAL_FORMS": "2", "bylines-0-author": author.pk, "bylines-0-order": "1",
        "bylines-1-author": author.pk, "bylines-1-role": "photographs", "bylines-1-order": "2",
    }  # fmt: skip
    page = desk.post(ADD, form(_continue="Save", **twice)).content.decode()
    assert "Name each author once" in page
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "field",
    ["section", "column", "lead_picture", "further_sections", "base_revision", "bylines-0-author"],
)
def test_a_number_that_no_database_holds_is_refused_and_saves_nothing(
    chief: User, client_for: Callable[[User], Client], field: str
) -> None:
    answer = client_for(chief).post(ADD, form(**{field: "9" * 25, "_continue": "Save"}))
    assert answer.status_code in {200, 400} or (
        field == "base_revision" and answer.status_code < 500
    )
    assert field == "base_revision" or not Article.objects.exists()
