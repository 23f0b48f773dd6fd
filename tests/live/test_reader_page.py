"""What readers see of a coverage: the page, its order and its pages, one post's own address."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.live.closing import close, describe, reopen
from articles.live.models import Coverage, LivePost
from articles.live.posting import delete, edit, mark
from articles.live.reading import PAGE
from articles.live.words import Words
from articles.models import Article, Author, PublishedArticle
from articles.models.kinds import Kind, WithdrawalKind
from articles.publishing import publish, unpublish, withdraw
from articles.revisions import revise
from tests.house.test_budgets import WITH_CHROME

Say = Callable[..., LivePost]
Many = Callable[[int], list[LivePost]]


def shown(html: str) -> list[int]:
    """The posts of a page, in order."""
    return [int(pk) for pk in re.findall(r'id="post-(\d+)" data-place', html)]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_posts_stand_newest_first_or_oldest_first_as_the_reader_likes(
    client: Client, row: PublishedArticle, say: Say, coverage: Coverage
) -> None:
    now = timezone.now()
    early, late = (say("One.", at=now - timedelta(minutes=n)) for n in (9, 3))
    pinned = say("Look.", is_pinned=True, at=now - timedelta(hours=9))
    gone = say("Gone.")
    delete(gone, by=None)
    address = row.get_absolute_url()
    assert shown(page(client, address)) == [pinned.pk, late.pk, early.pk]
    assert f'href="{address}?order=oldest#live"' in page(client, address)
    assert shown(page(client, f"{address}?order=oldest")) == [pinned.pk, early.pk, late.pk]
    describe(coverage, summary="", newest_first=False)
    assert shown(page(client, address)) == [pinned.pk, early.pk, late.pk]
    html = page(client, f"{address}?order=newest")
    assert shown(html) == [pinned.pk, late.pk, early.pk]
    # However it is shown, it is one page to search engines.
    assert re.findall(r'rel="canonical" href="([^"]+)"', html)[0].endswith(address)


def test_summary_key_events_state_and_every_part_of_a_post_are_shown(
    client: Client, row: PublishedArticle, say: Say, coverage: Coverage
) -> None:
    author = Author.objects.create(name="Dalia Fennimore", slug="dalia")
    describe(coverage, summary="All ashore.\n\n The cow too.", newest_first=True)
    found = say(
        "She is fast.\n\n- cow", headline="Alongside", author=author, is_key=True,
        embed_url="https://port.example/notice", embed_title="The notice",
    )  # fmt: skip
    edit(found, by=None, words=Words(text="She is fast.", headline="Moored", author=author), base=1)
    html = page(client, row.get_absolute_url())
    assert re.findall(r"<li>([^<]+)</li>", html.partition("live__summary")[2])[:2] == [
        "All ashore.", "The cow too."
    ]  # fmt: skip
    assert f'<a href="#post-{found.pk}"><bdi>Moored</bdi></a>' in html
    for words in ("Moored", "She is fast.", "Dalia Fennimore", "/author/dalia/", "Edited"):
        assert words in html.partition('id="post-')[2]
    assert 'class="live__on"' in html
    close(coverage, by=None)
    html = page(client, row.get_absolute_url())
    assert "Ended" in html
    assert "live.js" not in html
    assert "data-since" not in html


def test_cards_and_the_head_of_the_article_say_live_until_the_coverage_is_closed(
    client: Client, row: PublishedArticle, coverage: Coverage
) -> None:
    address, mark = row.get_absolute_url(), '<span class="live__on">Live</span>'
    assert 'class="kicker"><span class="live__on">Live</span>' in page(client, "/city/")
    assert f'<a href="#live">{mark}' in page(client, address)
    # How long a text that grows takes to read, nobody can say.
    assert "byline__minutes" not in page(client, address)
    close(coverage, by=None)
    assert mark not in page(client, "/city/") + page(client, address)
    reopen(coverage, by=None)
    assert mark in page(client, "/city/")


def test_every_post_is_reached_page_by_page_in_both_orders(
    client: Client, row: PublishedArticle, many: Many, say: Say
) -> None:
    made = [post.pk for post in many(2 * PAGE + 3)]
    mark(LivePost.objects.get(pk=made[7]), key=True)
    say("Pinned.", is_pinned=True)
    for order, word in (("newest", "Older"), ("oldest", "Newer")):
        address, found = f"{row.get_absolute_url()}?order={order}", list[int]()
        for _page in range(3):
            html = page(client, address)
            found += shown(html)
            onward = re.search(rf'href="(\?[^"#]+)#live">{word} posts', html)
            address = row.get_absolute_url() + onward[1].replace("&amp;", "&") if onward else ""
        assert address == ""
        without_pinned = [pk for pk in found if pk in made]
        assert without_pinned == (made[::-1] if order == "newest" else made)
        assert len(found) == len(made) + 1  # the pinned one stands on the first page alone


def test_the_way_back_leads_to_the_first_page(
    client: Client, row: PublishedArticle, many: Many
) -> None:
    made = [post.pk for post in many(PAGE + 5)]
    address = row.get_absolute_url()
    older = re.search(r'href="(\?before=[^"#]+)', page(client, address))
    assert older
    newer = re.search(r'href="(\?after=[^"#]+)', page(client, address + older[1]))
    assert newer
    assert shown(page(client, address + newer[1])) == made[:4:-1]
    # What the key led back to was deleted since: the first page, not an error.
    LivePost.objects.filter(pk__in=made[5:]).update(deleted_at=timezone.now())
    assert shown(page(client, address + newer[1])) == made[4::-1]


@pytest.mark.parametrize("nonsense", ["before=x", "after=", "before=99990101T000000Z-x"])
def test_a_malformed_key_is_a_404_and_other_nonsense_is_not_said(
    client: Client, row: PublishedArticle, many: Many, nonsense: str
) -> None:
    many(2)
    address = row.get_absolute_url()
    assert client.get(f"{address}?{nonsense}").status_code == 404
    assert client.get(f"{address}?before=19000101T000000Z-1").status_code == 404
    for ignored in ("order=up", "post=x", "post=٣", f"post={'9' * 40}", "post=99999999", "new=x"):
        assert len(shown(page(client, f"{address}?{ignored}"))) == 2


def test_a_link_to_a_post_survives_edits_and_paging(
    client: Client, row: PublishedArticle, many: Many, say: Say
) -> None:
    found = say("She is in sight.")
    link = reverse("live_post", args=[found.pk])
    response = client.get(link)
    assert (response.status_code, response["Location"]) == (
        302, f"{row.get_absolute_url()}#post-{found.pk}"
    )  # fmt: skip
    assert "no-cache" in response["Cache-Control"]
    many(0)
    LivePost.objects.filter(pk=found.pk).update(at=timezone.now() - timedelta(days=1))
    many(PAGE)
    edit(found, by=None, words=Words(text="She was in sight."), base=1)
    target = client.get(link)["Location"]
    assert target == f"{row.get_absolute_url()}?post={found.pk}#post-{found.pk}"
    assert shown(page(client, target)) == [found.pk]
    oldest = page(client, target.replace("?", "?order=oldest&"))
    assert shown(oldest)[0] == found.pk
    mark(found, pinned=True)
    assert client.get(link)["Location"] == f"{row.get_absolute_url()}#post-{found.pk}"
    delete(found, by=None)
    target = client.get(link)["Location"]
    assert "was deleted" in page(client, target)
    assert "was in sight" not in page(client, target)


def test_nothing_of_a_coverage_is_seen_before_or_after_its_article_is_live(
    client: Client, draft: Article, say: Say
) -> None:
    found = say("Secret until then.")
    addresses = [
        reverse("live_post", args=[found.pk]),
        reverse("live_since", args=[draft.pk, 0]),
        reverse("live_feed", args=[draft.pk]),
    ]

    def codes() -> set[int]:
        return {client.get(address).status_code for address in addresses}

    assert codes() == {404}
    row = publish(draft, by=None)
    assert codes() == {200, 302}
    assert "Secret until then." in page(client, row.get_absolute_url())
    unpublish(draft, by=None)
    assert codes() == {404}
    publish(draft, by=None)
    withdraw(draft, by=None, reason="An error", kind=WithdrawalKind.ERROR)
    assert codes() == {404}
    assert "Secret" not in client.get(row.get_absolute_url()).content.decode()
    # An article that was made another kind shows no posts either.
    draft.kind = Kind.NEWS
    draft.save()
    row = publish(draft, by=None, revision=revise(draft, by=None))
    assert codes() == {404}
    assert "Secret" not in page(client, row.get_absolute_url())


def test_the_page_costs_three_queries_more_however_many_posts_and_none_for_other_kinds(
    client: Client, row: PublishedArticle, many: Many
) -> None:
    def queries(address: str) -> list[str]:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        return [query["sql"] for query in captured]

    address = row.get_absolute_url()
    made = many(3)
    few = queries(address)
    own = [sql for sql in few if 'FROM "live_' in sql]
    assert len(own) <= 3
    assert len(few) <= WITH_CHROME
    many(300)
    assert len(queries(address)) <= len(few)
    assert len(queries(f"{address}?post={made[0].pk}")) <= len(few) + 1
    PublishedArticle.objects.filter(pk=row.pk).update(kind=Kind.NEWS)
    assert [sql for sql in queries(address) if "live_" in sql] == []


def test_the_json_ld_is_a_live_blog_with_its_posts(
    client: Client, row: PublishedArticle, say: Say, coverage: Coverage, many: Many
) -> None:
    author = Author.objects.create(name="Dalia Fennimore", slug="dalia")
    many(PAGE + 5)
    found = say("</script><b>She</b> is fast.", headline="Alongside", author=author)
    html = page(client, row.get_absolute_url())
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(script)[0]
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] <= data["datePublished"]
    assert "coverageEndTime" not in data
    first = data["liveBlogUpdate"][0]
    assert first["headline"] == "Alongside"
    assert first["author"]["name"] == "Dalia Fennimore"
    assert first["articleBody"] == "</script><b>She</b> is fast."
    assert first["url"].endswith(f"/live/{found.pk}/")
    assert first["datePublished"] == found.at.isoformat() == data["dateModified"]
    assert len(data["liveBlogUpdate"]) == PAGE
    assert len(script) < 20_000
    closed = close(coverage, by=None).closed_at
    html = page(client, row.get_absolute_url())
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', html, re.S)[0])[0]
    assert closed
    assert data["coverageEndTime"] == closed.isoformat()


def test_the_feed_of_a_coverage_holds_its_newest_posts(
    client: Client, row: PublishedArticle, say: Say
) -> None:
    say("Control \x08 character & more.", headline="First")
    say("Second.")
    text = client.get(reverse("live_feed", args=[row.pk])).content.decode()
    assert text.index("<title>Second.</title>") < text.index("<title>First</title>")
    assert "&lt;p&gt;Second.&lt;/p&gt;" in text
