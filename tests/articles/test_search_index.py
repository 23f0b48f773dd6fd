"""The index stays whole: with what is published, after merges, upgrades and interruptions."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, DeskEntry, PublishedArticle, SearchEntry
from articles.publishing import publish, unpublish
from articles.revisions import revise
from articles.search import entries, upkeep
from articles.search.filters import Filters, read
from articles.search.finding import matches
from articles.search.places import Stretch, blocks, month_of, months, place_of, start_of_month
from articles.search.query import Expression, parse
from articles.search.terms import in_terms
from articles.search.walk import walk
from articles.topics import find
from articles.topics.merging import merge, split
from articles.topics.undoing import undo
from tests.conftest import rounds

Live = Callable[..., PublishedArticle]
READERS, DESK = upkeep.INDEXES


def found(text: str, **asked: str) -> int:
    return len(matches(parse(text), read(asked)).found)


def in_index(term: str) -> int:
    """What the index itself holds, whatever readers may see."""
    return len(walk(SearchEntry, Expression((((term,),),)), Stretch(), 100).places)


@pytest.mark.django_db
def test_a_publication_that_fails_leaves_the_index_as_it_was(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = live("Tram opens").article
    article.headline = "Ferry opens"
    article.save()
    revise(article, by=None)

    def fail() -> None:
        with transaction.atomic():
            publish(article, by=None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (found("tram"), found("ferry"), in_index("ferri")) == (1, 0, 0)


@pytest.mark.django_db
def test_an_unpublished_article_leaves_nothing_in_the_index(live: Live) -> None:
    row = live("Tram opens")
    assert in_index("tram") == 1
    unpublish(row.article, by=None)
    assert in_index("tram") == in_index("_") == SearchEntry.objects.count() == 0


@pytest.mark.django_db
def test_an_entry_whose_article_another_release_took_down_is_found_by_nobody_and_cleared(
    live: Live,
) -> None:
    row = live("Tram opens")
    entry = SearchEntry.objects.filter(article=row)
    [kept] = entry.values("place", "version", "weight")
    unpublish(row.article, by=None)
    terms = ["tram", "_", *months(kept["place"])]
    SearchEntry.objects.create(article_id=row.pk, terms=terms, **kept)
    assert (in_index("tram"), found("tram")) == (1, 0)
    upkeep.run_due(timezone.now())
    assert in_index("tram") == 0


@pytest.mark.django_db
def test_the_tick_indexes_what_was_there_before_the_index(
    live: Live, write: Callable[..., Article]
) -> None:
    for number in range(3):
        live(f"Tram {number}")
    write("Tram draft")
    SearchEntry.objects.all().delete()
    DeskEntry.objects.all().delete()
    assert found("tram") == 0
    assert upkeep.run_due(timezone.now()) == 3 + 4
    assert found("tram") == 3
    assert DeskEntry.objects.count() == 4
    assert upkeep.run_due(timezone.now()) == 0


@pytest.mark.django_db
def test_entries_made_in_an_older_way_are_written_anew(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    live("Tram opens")
    monkeypatch.setattr(entries, "VERSION", 7)
    monkeypatch.setattr(upkeep, "VERSION", 7)
    assert READERS.outdated().count() == DESK.outdated().count() == 1
    assert upkeep.run_due(timezone.now()) == 2
    assert READERS.outdated().count() == DESK.outdated().count() == 0


@pytest.mark.django_db
def test_an_interrupted_rebuild_goes_on_where_it_was(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for number in range(6):
        live(f"Tram {number}")
    SearchEntry.objects.all().delete()
    turns = iter([True, True, False])
    assert upkeep.fill(READERS, go_on=lambda: next(turns)) == 4
    assert upkeep.fill(READERS) == 2
    assert found("tram") == 6
    seen: list[tuple[int, int]] = []
    upkeep.rewrite(READERS, told=lambda done, at: seen.append((done, at)))
    assert [done for done, _at in seen] == [2, 4, 6]
    again: list[int] = []
    upkeep.rewrite(READERS, before=seen[0][1], told=lambda done, at: again.append(done))
    assert again == [2, 4]


@pytest.mark.django_db
def test_the_command_rebuilds_and_says_what_is_there(live: Live) -> None:
    live("Tram opens")
    SearchEntry.objects.all().delete()

    def said(*arguments: str) -> str:
        out = StringIO()
        call_command("rebuild_search", *arguments, stdout=out, stderr=StringIO())
        return out.getvalue()

    assert "readers: 0 entries, 1 missing, 0 outdated." in said("--check")
    assert "readers: 1 entries, 0 missing, 0 outdated." in said()
    assert "desk: 1 entries, 0 missing, 0 outdated." in said("--all")
    assert found("tram") == 1


@pytest.mark.django_db
def test_a_merged_topic_filters_at_once_and_its_marks_follow(
    live: Live, run_tasks: Callable[[], None]
) -> None:
    live("Tram one", topics=["Trams"])
    live("Tram two", topics=["Streetcars"])
    source, target = find("Streetcars"), find("Trams")
    assert source is not None
    assert target is not None
    merged = merge(source, target, by=None)
    assert found("tram", topic="trams") == found("", topic="streetcars") == 2
    run_tasks()
    assert in_index(f"_t{target.pk}") == 2
    undo(merged, by=None)
    # Until the task has run the index may say too much, the results never do.
    assert found("", topic="trams") == 1
    run_tasks()
    assert found("", topic="streetcars") == found("", topic="trams") == 1
    assert in_index(f"_t{source.pk}") == in_index(f"_t{target.pk}") == 1


@pytest.mark.django_db
def test_after_a_split_every_article_is_followed_batch_by_batch(
    live: Live, write: Callable[..., Article], run_tasks: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(upkeep, "MOVED", 2)
    for number in range(5):
        live(f"Tram {number}", topics=["Trams and buses"])
    write("Draft", topics=["Trams and buses"])
    source = find("Trams and buses")
    assert source is not None
    split(source, ["Trams", "Buses"], by=None)
    run_tasks()
    assert found("", topic="trams") == found("", topic="buses") == 5


@pytest.mark.django_db
def test_a_very_long_text_is_published_and_its_beginning_found(live: Live) -> None:
    body = "<p>" + "tram " * 20_000 + "ferry " + "x" * 5_000 + "</p>"
    live("Long", body=body)
    assert (found("tram"), found("ferry")) == (1, 0)
    assert found("long") == 1


@pytest.mark.django_db
def test_both_databases_hold_the_same_terms(live: Live) -> None:
    """The order of the result too is made of these, so that it is one on both."""
    row = live("The tunnels’ audit", body="<p>שלום and l’économie</p>", language="fr")
    assert in_terms(row.text, "fr") == ["שלומ", "and_fr", "econom_fr"]
    [weight] = SearchEntry.objects.values_list("weight", flat=True)
    assert weight.split("\n")[0].split() == ["the_fr", "tunnel_fr", "audit_fr", "_"]
    with connection.cursor() as cursor:
        table = SearchEntry._meta.db_table
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT tsvector_to_array(terms) FROM {table}")
            [(there,)] = cursor.fetchall()
        else:
            cursor.execute(
                f"CREATE VIRTUAL TABLE temp.all_terms USING fts5vocab(main, {table}_terms, row)"
            )
            cursor.execute("SELECT term FROM temp.all_terms")
            there = [term for (term,) in cursor.fetchall()]
            cursor.execute("DROP TABLE temp.all_terms")
    section, author = row.section_id, row.first_author_id
    assert sorted(there) == sorted(
        ["the_fr", "tunnel_fr", "audit_fr", "_", "שלומ", "^שלו", "^של", "^לומ", "^לו", "^ומ",
         "and_fr",
         "econom_fr", f"_s{section}", f"_a{author}", "_knews",
         *months(place_of(row.published_at, row.pk))]
    )  # fmt: skip


@pytest.mark.django_db
def test_a_walk_through_time_misses_and_repeats_nothing(live: Live) -> None:
    at = [
        datetime(1950 + n * 7 % 80, 1 + n % 12, 1 + n % 28, n % 24, tzinfo=UTC) for n in range(40)
    ]
    for number, moment in enumerate(at):
        live(f"Tram {number}", at=moment)
    rows = PublishedArticle.objects.order_by("-published_at", "-pk")
    order = list(rows.values_list("pk", flat=True))
    assert [match.article_id for match in matches(parse("tram"), Filters()).found] == order
    for n in (0, 7, 39):
        key = matches(parse("tram"), Filters()).found[n].key
        older = matches(parse("tram"), Filters(), limit=5, before=key)
        assert [match.article_id for match in older.found] == order[n + 1 : n + 6]
        since = matches(parse("tram"), Filters(), limit=5, since=key)
        assert [match.article_id for match in since.found] == order[max(n - 4, 0) : n + 1]


@pytest.mark.parametrize("first", [0, 12, 24_287, 24_288, 24_300])
@pytest.mark.parametrize("length", [1, 2, 3, 15, 64, 130])
def test_blocks_of_months_cover_exactly_the_months_asked_for(first: int, length: int) -> None:
    asked = range(max(first, 12), max(first, 12) + length)
    marks = list(blocks(asked[0], asked[-1]))
    assert len(marks) == len(set(marks))
    for month in range(asked[0] - 70 if asked[0] > 100 else 12, asked[-1] + 70):
        assert (len(set(marks) & set(months(start_of_month(month)))) == 1) == (month in asked)
        assert month_of(start_of_month(month)) == month


@pytest.mark.django_db
@pytest.mark.parametrize("oldest_first", [False, True])
def test_a_step_reaches_over_months_without_stories_at_either_end(
    live: Live, oldest_first: bool
) -> None:
    live("Tram of today")
    for day in range(1, 13):
        live(f"Tram {day}", at=datetime(2016, 5, day, tzinfo=UTC))
    live("Tram of old", at=datetime(1990, 1, 1, tzinfo=UTC))
    stretch = Stretch(oldest_first=oldest_first)
    with CaptureQueriesContext(connection) as asked:
        walked = walk(SearchEntry, Expression(((("tram",),),)), stretch, 5)
    assert len(walked.places) == 5
    steps = [q for q in asked.captured_queries if "@@" in q["sql"] or "MATCH" in q["sql"]]
    assert len(steps) == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no smaller steps")
def test_of_months_that_hold_too_much_fewer_are_taken(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 13):
        for day in (3, 9, 20):
            live(f"Tram {month} {day}", at=datetime(2016, month, day, tzinfo=UTC))
    rows = PublishedArticle.objects.order_by("-published_at", "-pk")
    monkeypatch.setattr("articles.search.backends.postgresql.MOST", 4)
    found = matches(parse("tram"), Filters())
    assert [match.article_id for match in found.found] == list(rows.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_search_that_takes_too_long_ends_with_what_it_has(
    live: Live, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    live("Tram now")
    live("Tram then", at=datetime(1990, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("articles.search.walk.ENOUGH", -1)
    ended = matches(parse("tram"), Filters())
    assert (ended.ended, ended.found) == (False, ())
    page = client.get("/search/?q=tram").content.decode()
    assert "older stories were not looked at" in page


@pytest.fixture
def tram(transactional_db: None, live: Live) -> PublishedArticle:
    """There before the crowd comes."""
    return live("Tram 0")


def test_what_is_published_while_the_index_is_rebuilt_is_found_as_it_was_published(
    tram: PublishedArticle, crowd: Callable[..., list[Any]]
) -> None:
    turns = iter(range(1, 1000))

    def deed() -> None:
        turn = next(turns)
        if turn % 2:
            upkeep.rewrite(READERS, told=lambda done, at: None)
            return
        article = Article.objects.get(pk=tram.pk)
        article.headline = f"Ferry {turn}"
        article.save()
        publish(article, by=None, revision=revise(article, by=None))

    def seen() -> tuple[int, ...]:
        headline = PublishedArticle.objects.get(pk=tram.pk).headline
        return found(headline), found("tram"), in_index("_")

    for _round in range(rounds(3, 30)):
        crowd(deed)
        assert crowd(seen, times=1) == [(1, 0, 1)]
