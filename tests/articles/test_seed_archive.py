"""The made-up archive: rows as publishing itself would write them, and pages that show them."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Model
from django.test import Client
from pytest_django import Settings

from articles.archive.counting import count_all
from articles.demo.archive.seeding import Plan
from articles.models import (
    Article,
    ArticleTopic,
    Author,
    Byline,
    Change,
    DeskEntry,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    Revision,
    SearchEntry,
    Topic,
)
from articles.publishing import publish
from articles.revisions import revise
from newsroom.addresses.models import Address

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def seed(articles: int = 40, **options: Any) -> str:
    call_command("seed_archive", articles=articles, stdout=(out := StringIO()),
                 **{"until": datetime(2026, 3, 10, tzinfo=UTC), **options})  # fmt: skip
    return out.getvalue()


# Of one article, by the column that names it.
ROWS: tuple[tuple[type[Model], str], ...] = (
    (Article, "pk"), (Revision, "article"), (Byline, "article"), (ArticleTopic, "content_object"),
    (Change, "article"), (PublishedArticle, "pk"), (PublishedSection, "article"),
    (PublishedTopic, "article"), (PublishedByline, "article"), (SearchEntry, "pk"),
    (DeskEntry, "pk"),
)  # fmt: skip
# Numbers of rows.
LEFT_OUT = {"id"}


def rows(pk: int) -> dict[str, list[dict[str, Any]]]:
    """Everything the desk and readers have of an article."""
    found = {}
    for model, of in ROWS:
        names = [f.attname for f in model._meta.concrete_fields if f.name not in LEFT_OUT]
        found[model.__name__] = list(
            model._default_manager.filter(**{of: pk}).order_by(*names[:3]).values(*names)
        )
    return found


def test_publishing_an_article_of_the_archive_again_changes_no_row() -> None:
    seed()
    addresses = set(Address.objects.values_list("path", "kind", "is_public", "label", "ending"))
    for article in Article.objects.order_by("pk")[::7]:
        before = rows(article.pk)
        assert all(before.values())
        revise(article, by=None)
        publish(article, by=None)
        after = rows(article.pk)
        assert {name: after[name] for name in before if after[name] != before[name]} == {}
    assert addresses == set(
        Address.objects.values_list("path", "kind", "is_public", "label", "ending")
    )
    assert count_all(NOON) == 0


def test_names_are_kept_as_saving_them_would() -> None:
    seed()
    before = {topic.pk: vars(topic).copy() for topic in Topic.objects.all()}
    for thing in (*Topic.objects.all(), *Author.objects.all()):
        thing.save()
    for topic in Topic.objects.all():
        assert {k: v for k, v in vars(topic).items() if k != "_state"} == {
            k: v for k, v in before[topic.pk].items() if k != "_state"
        }


def test_lists_articles_search_and_archive_show_it(client: Client) -> None:
    seed()
    newest = PublishedArticle.objects.latest_first().select_related("section")[0]
    topic = Topic.objects.annotate(count=Count("published_places")).order_by("-count")[0]
    author = Author.objects.annotate(count=Count("published_places")).order_by("-count")[0]
    for address in ("/", "/feed/", newest.section.get_absolute_url(), newest.get_absolute_url(),
                    topic.get_absolute_url(), author.get_absolute_url(), "/opinion/",
                    "/archive/", "/archive/2016/"):  # fmt: skip
        assert client.get(address).status_code == 200, address
    assert newest.headline in client.get("/").content.decode()
    nowhere = client.get(f"/{newest.slug}/")
    assert nowhere.status_code == 404
    assert newest.get_absolute_url() in nowhere.content.decode()


def test_it_is_spread_over_twenty_years_and_few_names_are_met_often() -> None:
    seed(300)
    times = list(PublishedArticle.objects.order_by("pk").values_list("published_at", flat=True))
    assert times == sorted(times)
    assert times[0].year == 2006
    assert f"{times[-1]:%Y-%m}" in {"2026-02", "2026-03"}
    assert set(PublishedArticle.objects.values_list("words", flat=True)) == {150}
    on = Topic.objects.annotate(count=Count("published_places")).order_by("-count")
    first, tenth = on.values_list("count", flat=True)[0], on.values_list("count", flat=True)[9]
    assert first > 4 * tenth


def test_the_same_options_make_the_same_archive_and_a_stopped_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("articles.demo.archive.seeding.BATCH", 10)
    seed(30)
    whole = list(PublishedArticle.objects.order_by("pk").values_list("headline", "published_at"))
    assert "none was missing" in seed(30)
    assert len(whole) == PublishedArticle.objects.count() == SearchEntry.objects.count() == 30
    last = PublishedArticle.objects.order_by("-pk").values_list("pk", flat=True)[:10]
    PublishedArticle.objects.filter(pk__in=list(last)).delete()  # as if it had been stopped
    seed(30)
    again = PublishedArticle.objects.order_by("pk").values_list("headline", "published_at")
    assert list(again) == whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="indexes of PostgreSQL")
def test_an_archive_leaves_nothing_waiting_outside_the_search_index() -> None:
    seed()
    with connection.cursor() as cursor:
        for table in ("articles_searchentry", "articles_deskentry"):
            cursor.execute(
                "SELECT reloptions, gin_clean_pending_list(oid) FROM pg_class WHERE relname = %s",
                [f"{table}_terms"],
            )
            assert cursor.fetchall() == [(["gin_pending_list_limit=256"], 0)]


def test_another_plan_and_a_production_site_are_refused(settings: Settings) -> None:
    seed(20)
    with pytest.raises(CommandError, match="There are 20 articles of another archive"):
        seed(30)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        seed(20)
    assert PublishedArticle.objects.count() == 20


@pytest.mark.once
def test_the_twenty_years_have_room_for_ten_million_stories() -> None:
    plan = Plan(articles=10_000_000, words=150, until=NOON)
    times = [plan.time_of(number) for number in (0, 1, 5_000_000, 9_999_999)]
    assert times == sorted(times)
    assert (times[0].year, times[-1]) == (2006, NOON.replace(hour=11, minute=58, second=56))
