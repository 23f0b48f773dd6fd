"""Related stories: picked by hand first, then by shared topics; readers see live ones alone."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.compare.snapshots import compare
from articles.merging import merge
from articles.models import Article, PublishedArticle, Section
from articles.publishing import publish, schedule, unpublish, withdraw
from articles.publishing.bin import bin_article
from articles.publishing.checks import findings
from articles.putting_back import put_back
from articles.related import MOST, joined, split
from articles.revisions import revise, snapshot
from newsroom.accounts.models import User
from tests.articles.test_admin_saving import change, form

Live = Callable[..., PublishedArticle]
Write = Callable[..., Article]


def picked(live: Live, *related: Article | PublishedArticle, **fields: object) -> PublishedArticle:
    return live("The story", related=[one.pk for one in related], **fields)


def shown(client: Client, row: PublishedArticle) -> list[str]:
    """The headlines of the box below the text, in order."""
    page = client.get(row.get_absolute_url()).content.decode()
    _before, _class, box = page.partition('<section class="related-stories"')
    return re.findall(r'card__headline"><a [^>]*>([^<]*)', box.partition("</section>")[0])


def test_those_picked_by_hand_come_first_in_their_order_then_those_that_share_most_topics(
    live: Live, client: Client
) -> None:
    now = timezone.now()
    live("Shares one, newer", topics=["Water"], at=now - timedelta(hours=1))
    live("Shares two", topics=["Water", "Trams"], at=now - timedelta(hours=5))
    live("Shares one, older", topics=["Trams"], at=now - timedelta(hours=9))
    live("Shares none", topics=["Gulls"])
    second, first = live("Picked second"), live("Picked first")
    row = picked(live, first, second, topics=["Water", "Trams"])
    assert shown(client, row) == [
        "Picked first", "Picked second", "Shares two", "Shares one, newer",
    ]  # fmt: skip


def test_what_is_picked_and_not_live_shows_nowhere_until_it_is(
    live: Live, write: Write, client: Client
) -> None:
    draft, planned, binned = write("Secret draft"), write("Secret plan"), write("Secret bin")
    schedule(planned, by=None, publish_at=timezone.now() + timedelta(days=1))
    bin_article(binned, by=None)
    back, gone = live("Secret back"), live("Secret gone")
    row = picked(live, draft, planned, binned, back, gone)
    unpublish(back.article, by=None)
    withdraw(gone.article, by=None, reason="A mistake")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Secret" not in page
    assert shown(client, row) == []
    publish(planned, by=None)
    assert shown(client, row) == ["Secret plan"]


def test_a_pick_reaches_readers_only_with_the_version_that_is_published(
    live: Live, client: Client
) -> None:
    other = live("Other story")
    row = live("The story")
    article = Article.objects.get(pk=row.pk)
    article.related = [other.pk]
    article.save()
    revise(article, by=None)
    assert shown(client, row) == []
    publish(article, by=None)
    assert shown(client, row) == ["Other story"]


def test_each_story_stands_once_and_none_beside_itself(live: Live, client: Client) -> None:
    boxed = live("Boxed", topics=["Water"])
    live("Topical", topics=["Water"])
    hand = live("By hand", topics=["Water"])
    body = f'<p>Text.</p><aside data-article="{boxed.pk}"></aside>'
    row = picked(live, hand, boxed, topics=["Water"], body=body)
    article = Article.objects.get(pk=row.pk)
    article.related = [row.pk, *article.related, hand.pk]
    article.save()
    revise(article, by=None)
    publish(article, by=None)
    assert shown(client, row) == ["By hand", "Topical"]
    page = client.get(row.get_absolute_url()).content.decode()
    main = page.partition("<main")[2].partition('<aside class="beside')[0]
    for one in (boxed, hand, row):
        assert len(re.findall(f'<a[^>]* href="{one.get_absolute_url()}"', main)) == (one != row)


def test_related_by_topics_costs_no_query_more(live: Live, client: Client) -> None:
    topics = ["Water", "Trams", "Gulls", "Ferries", "Quays", "Bread"]
    for n in range(8):
        live(f"Story {n}", topics=topics[: n % 6 + 1])
    bare, rich = live("Bare"), picked(live, *PublishedArticle.objects.all()[:3], topics=topics)

    def asked(row: PublishedArticle) -> int:
        client.get(row.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(row.get_absolute_url())
        return len(captured)

    assert asked(rich) <= asked(bare)


@given(st.lists(st.integers(1, 10**17), unique=True, max_size=MOST))
def test_the_line_of_numbers_comes_back_as_it_was(ids: list[int]) -> None:
    assert split(joined(ids)) == (ids, [])


@given(st.text(max_size=60))
def test_no_typed_line_breaks_the_reading_of_numbers(line: str) -> None:
    ids, _odd = split(line)
    assert all(0 <= pk < 10**18 for pk in ids)


# Versions --------------------------------------------------------------------------------------


def test_a_comparison_names_the_stories(live: Live) -> None:
    one, two = live("First other"), live("Second other")
    row = picked(live, one)
    before = snapshot(row.article)
    (changed,) = compare(before, {**before, "related": [one.pk, two.pk]})
    assert changed.name == "related"
    assert any("Second other" in piece.text for line in changed.lines for piece in line.pieces)


def test_an_older_version_that_knows_no_related_is_one_without(write: Write) -> None:
    article = write()
    old = article.latest_revision
    assert old
    del old.snapshot["related"]
    old.save()
    assert revise(Article.objects.get(pk=article.pk), by=None).pk == old.pk
    article.related = [article.pk + 1]
    article.save()
    newer = revise(article, by=None)
    assert [one.name for one in compare(old.snapshot, newer.snapshot)] == ["related"]
    assert merge(old.snapshot, old.snapshot, newer.snapshot).is_clean


def test_what_is_deleted_since_is_left_out_of_a_version_put_back(write: Write) -> None:
    kept = write("Kept")
    article = write("The story", related=[10**9, kept.pk])  # the first one's row is gone
    first = article.latest_revision
    assert first
    article.related = []
    article.save()
    revise(article, by=None)
    back = put_back(first, by=None)
    assert back.revision.snapshot["related"] == [kept.pk]
    assert back.lost == ["related articles"]


def test_picks_of_two_editors_are_merged(write: Write) -> None:
    base = snapshot(write(related=[1, 2]))
    merged = merge(base, {**base, "related": [1, 2, 3]}, {**base, "related": [4, 1]})
    assert merged.is_clean
    assert merged.result["related"] == [4, 1, 3]


def test_a_story_taken_back_is_found_by_the_checks_and_one_to_come_is_welcome(
    live: Live, write: Write
) -> None:
    gone, coming = live("Gone"), write("Coming")
    withdraw(gone.article, by=None, reason="A mistake")
    found = findings(snapshot(write(related=[gone.pk, coming.pk])))
    (said,) = [each for each in found if each.check == "related"]
    assert (said.field, said.blocks) == ("related", False)
    assert "Gone" in said.sentence


# The form --------------------------------------------------------------------------------------


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def test_numbers_and_addresses_are_taken_in_their_order(
    desk: Client, live: Live, write: Write
) -> None:
    row, draft = live("Live one"), write("Draft one")
    article = write("The story")
    typed = f"{draft.pk}, http://testserver{row.get_absolute_url()} {draft.pk}; {article.pk}"
    assert desk.post(change(article), form(article, related=typed, _save="1")).status_code == 302
    article.refresh_from_db()
    assert article.related == [draft.pk, row.pk]
    assert article.latest_revision
    assert article.latest_revision.snapshot["related"] == [draft.pk, row.pk]
    page = desk.get(change(article)).content.decode()
    assert f'value="{draft.pk}, {row.pk}"' in page
    assert f"{draft.pk}: <bdi>Draft one</bdi>" in page  # for who reads it without script


@pytest.mark.parametrize("typed", ["999999999", "gulls", "\x00", "1" * 30, "<script>", "-1"])
def test_what_is_no_article_is_an_error_and_the_text_is_kept(
    desk: Client, write: Write, typed: str
) -> None:
    article = write("The story")
    answer = desk.post(change(article), form(article, related=typed, standfirst="Kept words"))
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"related"}
    assert "Kept words" in answer.content.decode()


def test_too_many_are_an_error(desk: Client, write: Write) -> None:
    article = write("The story")
    many = ", ".join(str(pk) for pk in range(1, MOST + 2))
    answer = desk.post(change(article), form(article, related=many))
    assert "At most 12" in answer.content.decode()


def test_one_that_went_into_the_bin_since_keeps_nobody_from_saving(
    desk: Client, write: Write
) -> None:
    other = write("Other")
    article = write("The story", related=[other.pk])
    bin_article(other, by=None)
    fields = form(article, related=str(other.pk), _save="1")
    assert desk.post(change(article), fields).status_code == 302
    another = write("Another")
    assert desk.post(change(another), form(another, related=str(other.pk))).status_code == 200


def test_a_stale_save_keeps_the_picks_of_both(desk: Client, write: Write) -> None:
    one, two = write("One"), write("Two")
    article = write("The story")
    stale = form(article, section=article.section_id, related=str(one.pk), _save="1")
    fresh = form(article, section=article.section_id, related=str(two.pk), _save="1")
    assert desk.post(change(article), fresh).status_code == 302
    assert desk.post(change(article), stale).status_code == 302
    article.refresh_from_db()
    assert set(article.related) == {one.pk, two.pk}


def test_searching_finds_every_word_newest_first_and_leaves_out_the_bin(
    desk: Client, write: Write, live: Live
) -> None:
    live("Tram line opens at the harbour")
    second = write("Harbour tram is late")
    bin_article(write("Harbour tram in the bin"), by=None)
    own = write("Tram and harbour, this one")

    def found(typed: str) -> list[dict[str, object]]:
        answer = desk.get("/admin/articles/article/find/", {"q": typed, "not": str(own.pk)})
        return list(json.loads(answer.content)["articles"])

    rows = found("harbour tram")
    assert [row["headline"] for row in rows] == [
        "Harbour tram is late", "Tram line opens at the harbour",
    ]  # fmt: skip
    assert [row["live"] for row in rows] == [False, True]
    assert [row["id"] for row in found(str(second.pk))] == [second.pk]
    assert found("   ") == []
    assert found("\x00") == []
    assert found("x" * 5000) == []


def test_the_section_of_the_article_still_follows_below(live: Live, client: Client) -> None:
    section = Section.objects.get(slug="city")
    for n in range(3):
        live(f"City story {n}")
    row = picked(live, PublishedArticle.objects.latest("pk"))
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"More from {section.name}" in page
