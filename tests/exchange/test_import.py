"""What an export becomes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from articles.exchange.models import ImportedItem
from articles.models import Article, Author, PublishedArticle, Section, Topic
from articles.publishing import publish
from newsroom.accounts.models import User
from newsroom.pages.models import Page, SiteSettings
from tests.exchange.exports import item, term, write

Bring = Callable[..., str]
HARBOUR = term("category", "harbour", "Harbour")


def test_a_post_becomes_a_published_article_with_all_that_belongs_to_it(
    bring: Bring, tmp_path: Path, client: Client
) -> None:
    Section.objects.create(name="Harbour", slug="port")
    terms = HARBOUR + term("post_tag", "ferries", "Ferries") + term("post_tag", "f", "FERRIES")
    post = item(12, terms=terms, excerpt="It was <em>late</em>.", content="One.\n\nTwo,\nthree.")
    bring(write(tmp_path / "x.xml", post))

    row = PublishedArticle.objects.get()
    assert row.headline == "A ferry ran late"
    assert row.standfirst == "It was late."
    assert row.body.split("\n") == ["<p>One.</p>", "<p>Two,<br>three.</p>"]
    assert row.published_at == datetime(2015, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert row.section.slug == "port"
    assert row.byline_line == "Mira Holm"
    assert [topic.name for topic in Topic.objects.all()] == ["Ferries"]
    assert row.get_absolute_url() == f"/port/a-ferry-ran-late-{row.pk}/"
    assert client.get("/2015/03/a-ferry-ran-late-12/")["Location"] == row.get_absolute_url()
    assert client.get("/2015/03/a-ferry-ran-late-12")["Location"] == row.get_absolute_url()
    assert client.get("/?p=12")["Location"] == row.get_absolute_url()


def test_no_user_and_no_address_of_one_comes_in(bring: Bring, tmp_path: Path) -> None:
    bring(write(tmp_path / "x.xml", item(1)))
    assert not User.objects.exists()
    author = Author.objects.get()
    assert (author.name, author.email, author.user) == ("Mira Holm", "", None)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "draft"}, "draft there"),
        ({"status": "pending"}, "pending there"),
        ({"status": "private"}, "private there"),
        ({"status": "something"}, "something there"),
        ({"password": "enter"}, "password"),
        ({"status": "future", "date": "2090-01-01 10:00:00"}, "planned"),
        ({"status": "publish", "date": "2090-01-01 10:00:00"}, "planned"),
    ],
)
def test_what_was_not_public_there_is_a_draft_without_a_trace(
    bring: Bring, tmp_path: Path, client: Client, fields: dict[str, str], why: str
) -> None:
    printed = bring(write(tmp_path / "x.xml", item(5, **fields)), verbose_items=True)
    article = Article.objects.get()
    assert (article.state, article.publish_at) == ("draft", None)
    assert not PublishedArticle.objects.exists()
    assert client.get("/?p=5").status_code == 200
    assert client.get("/2015/03/a-ferry-ran-late-5/").status_code == 404
    assert why in printed


def test_a_future_post_proposes_its_time_and_sets_none(bring: Bring, tmp_path: Path) -> None:
    bring(write(tmp_path / "x.xml", item(5, status="future", date="2090-01-01 10:00:00")))
    article = Article.objects.get()
    assert article.proposed_at == datetime(2090, 1, 1, 10, tzinfo=UTC)
    assert article.publish_at is None


@pytest.mark.django_db(transaction=True)
def test_the_old_address_of_a_draft_leads_to_it_once_staff_publish_it(
    bring: Bring, tmp_path: Path, client: Client
) -> None:
    bring(write(tmp_path / "x.xml", item(5, password="enter")))
    row = publish(Article.objects.get(), by=None)
    assert client.get("/2015/03/a-ferry-ran-late-5/")["Location"] == row.get_absolute_url()


@pytest.mark.parametrize("status", ["trash", "inherit"])
def test_what_was_thrown_away_is_skipped(bring: Bring, tmp_path: Path, status: str) -> None:
    bring(write(tmp_path / "x.xml", item(5, status=status)))
    assert not Article.objects.exists()


def test_a_missing_universal_time_is_read_in_the_papers_zone(bring: Bring, tmp_path: Path) -> None:
    SiteSettings(time_zone="Asia/Jerusalem").save()
    path = tmp_path / "x.xml"
    bring(write(path, item(5, date="2015-07-01 12:00:00", gmt="0000-00-00 00:00:00")))
    assert PublishedArticle.objects.get().published_at == datetime(2015, 7, 1, 9, tzinfo=UTC)


def test_titles_and_addresses_of_any_script_stay(
    bring: Bring, tmp_path: Path, client: Client
) -> None:
    name = "%d7%94%d7%9e%d7%a2%d7%91%d7%95%d7%a8%d7%aa"
    link = f"https://old.example/2015/{name}/"
    post = item(5, title="המעבורת איחרה \u202eשוב", name=name, link=link, content="טקסט.")
    bring(write(tmp_path / "x.xml", post, language="he-IL"))
    row = PublishedArticle.objects.select_related("section").get()
    assert (row.headline, row.slug, row.language) == ("המעבורת איחרה שוב", "המעבורת", "he")
    assert client.get("/2015/המעבורת/").status_code == 301


@pytest.mark.parametrize(
    ("title", "content", "headline"),
    [
        ("", "Only a text.\n\nAnd more.", "Only a text."),
        ("With <em>marks</em> &amp; <b>signs</b>", "x", "With marks & signs"),
        ("~`!@#$%^&*()-_=+{}[]/\\;:'\"?,.>", "x", "~`!@#$%^&*()-_=+{}[]/\\;:'\"?,.>"),
        ("<script>alert(1)</script>Calm", "x", "Calm"),
    ],
)
def test_odd_titles_become_headlines(
    bring: Bring, tmp_path: Path, title: str, content: str, headline: str
) -> None:
    bring(write(tmp_path / "x.xml", item(5, title=title, content=content)))
    article = Article.objects.get()
    assert article.headline == headline


def test_an_endless_title_is_cut_between_words(bring: Bring, tmp_path: Path) -> None:
    bring(write(tmp_path / "x.xml", item(5, title="long " * 100)))
    headline = Article.objects.get().headline
    assert headline.endswith("long…")
    assert 190 < len(headline) <= 200


def test_a_page_keeps_its_address_and_its_old_ones(
    bring: Bring, tmp_path: Path, client: Client
) -> None:
    link = "https://old.example/paper/about-us/"
    page = item(8, kind="page", title="About us", name="about-us", link=link)
    hidden = item(9, kind="page", title="Plans", name="plans", status="draft")
    Section.objects.create(name="About", slug="about-us")
    bring(write(tmp_path / "x.xml", page, hidden))
    about, plans = Page.objects.order_by("title")
    assert (about.path, about.is_public, plans.is_public) == ("/about-us-2/", True, False)
    for old in ("/paper/about-us/", "/?page_id=8"):
        assert client.get(old)["Location"] == about.path
    assert client.get(plans.path).status_code == 404


def test_other_kinds_are_skipped_and_counted(bring: Bring, tmp_path: Path) -> None:
    kinds = [item(1, kind="nav_menu_item"), item(2, kind="revision"), item(3, kind="wpcf7_form")]
    printed = bring(write(tmp_path / "x.xml", *kinds), verbose_items=True)
    assert printed.count("skipped ") >= 3
    assert not Article.objects.exists()
    assert not ImportedItem.objects.exists()


def test_two_items_of_one_number_are_one(bring: Bring, tmp_path: Path) -> None:
    path = write(tmp_path / "x.xml", item(5, title="First"), item(5, title="Second"))
    bring(path)
    assert Article.objects.get().headline == "First"
    assert "No change" in bring(path)


def test_a_dry_run_writes_nothing(bring: Bring, tmp_path: Path) -> None:
    printed = bring(write(tmp_path / "x.xml", item(5)), dry_run=True)
    assert "nothing was written" in printed
    for model in (Article, Section, Author, ImportedItem):
        assert not model.objects.exists()
