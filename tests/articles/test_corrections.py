"""A correction stands on the article, on its page, in its feed and in JSON-LD, and never goes."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Change, History, PublishedArticle
from articles.models.kinds import ChangeKind
from articles.publishing import CannotPublish, publish, restore, unpublish, withdraw
from articles.publishing.correct import correct
from newsroom.accounts.models import User

Live = Callable[..., PublishedArticle]
WRONG = "The tram carried 1,400 people, not 1,200."


def places(row: PublishedArticle) -> list[str]:
    return [row.get_absolute_url(), "/corrections/", "/corrections/feed/",
            f"{row.get_absolute_url()}versions/"]  # fmt: skip


def test_a_correction_is_on_the_article_its_page_its_feed_and_in_json_ld(
    client: Client, live: Live, editor: User
) -> None:
    row = live()
    change = correct(row.article, by=editor, text=WRONG)
    for address in places(row):
        assert WRONG in client.get(address).content.decode(), address
    page = client.get(row.get_absolute_url()).content.decode()
    assert f'id="correction-{change.pk}"' in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    data = json.loads(found[1])[0]
    assert data["correction"][0]["@type"] == "CorrectionComment"
    assert data["correction"][0]["text"] == WRONG
    assert data["dateModified"] == change.at.isoformat()
    assert History.objects.get(verb="correct").note == WRONG


def test_a_correction_moves_the_date_and_leaves_the_text(live: Live) -> None:
    row = live(at=datetime(2026, 1, 5, 8, tzinfo=UTC))
    later = datetime(2026, 1, 6, 8, tzinfo=UTC)
    correct(row.article, by=None, text=WRONG, at=later)
    after = PublishedArticle.objects.get()
    assert (after.updated_at, after.text, after.corrections) == (later, row.text, 1)
    assert Article.objects.get().updated_at == later


def test_a_correction_is_superseded_and_never_deleted(client: Client, live: Live) -> None:
    row = live()
    first = correct(row.article, by=None, text=WRONG)
    second = correct(row.article, by=None, text="It was 1,401.", supersedes=first)
    for address in places(row):
        page = client.get(address).content.decode()
        assert "It was 1,401." in page, address
        assert WRONG not in page, address
    assert Change.objects.get(pk=first.pk).superseded_by == second
    assert PublishedArticle.objects.get().corrections == 1
    with pytest.raises(CannotPublish, match="replaced already"):
        correct(row.article, by=None, text="Again", supersedes=first)
    with pytest.raises(TypeError):
        second.delete()
    with pytest.raises(TypeError):
        Change.objects.filter(pk=second.pk).delete()


def test_a_correction_of_another_article_cannot_be_superseded_here(live: Live) -> None:
    other = correct(live("Other").article, by=None, text="Other words")
    with pytest.raises(CannotPublish):
        correct(live().article, by=None, text=WRONG, supersedes=other)
    assert Change.objects.corrections().count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 1001])
def test_a_correction_that_says_nothing_or_too_much_changes_nothing(live: Live, text: str) -> None:
    row = live()
    with pytest.raises(CannotPublish):
        correct(row.article, by=None, text=text)
    assert PublishedArticle.objects.get().updated_at is None


def test_corrections_leave_the_readers_with_their_article_and_come_back_with_it(
    client: Client, live: Live
) -> None:
    row = live()
    correct(row.article, by=None, text=WRONG)
    withdraw(row.article, by=None, reason="Gone.")
    for address in places(row):
        assert WRONG not in client.get(address).content.decode(), address
    with pytest.raises(CannotPublish):
        correct(row.article, by=None, text="More")
    restore(Article.objects.get(), by=None)
    assert WRONG in client.get(row.get_absolute_url()).content.decode()
    unpublish(row.article, by=None)
    assert WRONG not in client.get("/corrections/").content.decode()


def test_corrections_of_one_second_are_all_listed_across_pages(client: Client, live: Live) -> None:
    row = live()
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for number in range(45):
        when = at - timedelta(seconds=number // 3)
        correct(row.article, by=None, text=f"No. {number:02}.", at=when)
    seen: list[str] = []
    address: str | None = "/corrections/"
    while address:
        context = client.get(address).context
        seen += [change.text for change in context["changes"]]
        older = context["pager"].older
        address = f"/corrections/{older}" if older else None
    assert (len(seen), len(set(seen))) == (45, 45)
    for odd in ("99991231T235959Z-1", "00010101T000000Z-1", "x"):
        assert client.get(f"/corrections/?before={odd}").status_code in {200, 404}


def test_readers_may_see_every_version_in_words(client: Client, live: Live) -> None:
    row = live(at=datetime(2026, 1, 5, 8, tzinfo=UTC))
    publish(row.article, by=None, change=ChangeKind.UPDATE, text="The mayor has answered.")
    correct(row.article, by=None, text=WRONG)
    address = f"{row.get_absolute_url()}versions/"
    page = client.get(address).content.decode()
    for words in ("First published", "Updated", "The mayor has answered.", "Corrected", WRONG):
        assert words in page
    assert address in client.get(row.get_absolute_url()).content.decode()
    moved = client.get(f"/city/old-words-{row.pk}/versions/")
    assert (moved.status_code, moved["Location"]) == (301, address)


def test_the_desk_may_keep_versions_to_itself_but_not_a_correction(
    client: Client, live: Live
) -> None:
    row = live(show_versions=False)
    publish(row.article, by=None, change=ChangeKind.UPDATE, text="More words.")
    correct(row.article, by=None, text=WRONG)
    assert client.get(f"{row.get_absolute_url()}versions/").status_code == 404
    page = client.get(row.get_absolute_url()).content.decode()
    assert WRONG in page
    assert "versions/" not in page
    assert "More words." not in page


def test_an_article_that_never_changed_costs_no_query_more(client: Client, live: Live) -> None:
    row = live()
    client.get(row.get_absolute_url())

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(row.get_absolute_url())
        return len(captured)

    before = cost()
    for number in range(12):
        correct(row.article, by=None, text=f"No. {number}.")
    client.get(row.get_absolute_url())
    assert cost() == before + 1


def test_hostile_words_of_a_correction_stay_words(client: Client, live: Live) -> None:
    row = live()
    correct(row.article, by=None, text="</script><script>x()</script> \u202egnorw " + "w" * 500)
    for address in places(row):
        assert "<script>x()" not in client.get(address).content.decode(), address


def test_the_desk_puts_a_correction_on_record_and_replaces_it(
    editor: User, client_for: Callable[[User], Client], live: Live
) -> None:
    row = live()
    desk = client_for(editor)
    address = reverse("admin:articles_article_correct", args=[row.pk])
    assert "Say what was wrong" in desk.post(address, {"text": " "}).content.decode()
    page = desk.post(address, {"text": WRONG}, follow=True).content.decode()
    first = Change.objects.corrections().get()
    assert f"{row.get_absolute_url()}#correction-{first.pk}" in page
    desk.post(address, {"text": "It was 1,401.", "supersedes": first.pk})
    assert [change.text for change in Change.objects.corrections()] == ["It was 1,401."]
    assert desk.post(address, {"text": "x", "supersedes": first.pk}).status_code == 200


def test_a_correction_sent_twice_stands_once(editor: User, live: Live) -> None:
    article = live().article
    first = correct(article, by=editor, text="The line opened on Monday.")
    assert correct(article, by=editor, text=" The line opened on Monday.\n") == first
    assert Change.objects.corrections().count() == 1
