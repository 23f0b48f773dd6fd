"""The list of articles and the desk: what they say, and at what cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PublishedArticle
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.lib import long_lists

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def cost(desk: Client, address: str) -> int:
    desk.get(address)  # publishing has renewed the stored chrome
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [LIST, "/admin/"])
def test_no_query_for_each_row(
    address: str, desk: Client, editor: User,
    write: Callable[..., Article], live: Callable[..., PublishedArticle],
) -> None:  # fmt: skip
    def more(count: int) -> None:
        for number in range(count):
            draft = write(f"Draft {number}", topics=["Trams"])
            draft.headline += "!"
            draft.save()
            revise(draft, by=editor)
            live(f"Live {number}")

    more(2)
    few = cost(desk, address)
    more(4)
    assert cost(desk, address) == few


def test_a_long_list_is_counted_no_further_than_anybody_turns_its_pages(
    desk: Client, write: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST", 3)
    stories = [write(f"Draft {number}") for number in range(3)]
    assert "The first" not in desk.get(LIST).content.decode()
    stories.append(write("Draft 3"))
    with CaptureQueriesContext(connection) as queries:
        page = desk.get(LIST).content.decode()
    assert "The first 3 of more. A filter or words find the others." in page
    counts = [q["sql"] for q in queries if "COUNT(*)" in q["sql"]]
    assert counts
    assert all("LIMIT 4" in sql for sql in counts)

    # What would be done to all of it is done to nothing, and said.
    chosen = {"action": "bin_selected", "select_across": "1", "_selected_action": stories[0].pk}
    answer = desk.post(LIST, chosen, follow=True)
    assert "Nothing was done: this list has more than 3 rows." in answer.content.decode()
    assert not Article.objects.filter(binned_at__isnull=False).exists()
    desk.post(LIST, {**chosen, "select_across": "0"})
    assert Article.objects.get(binned_at__isnull=False) == stories[0]


def test_the_list_says_state_section_byline_and_who_touched_it(
    desk: Client, editor: User, live: Callable[..., PublishedArticle]
) -> None:
    article = live().article
    article.headline = "Changed since"
    article.save()
    revise(article, by=editor)
    page = desk.get(LIST).content.decode()
    for words in ("Live, changed", "City", "Rami Reporter", editor.name):
        assert words in page


def test_filters_find_what_they_say(
    desk: Client, editor: User, write: Callable[..., Article], live: Callable[..., PublishedArticle]
) -> None:
    write("Somebody's draft")
    mine = write("My draft", topics=["Trams"])
    mine.created_by = editor
    mine.save()
    changed = live("Changed").article
    changed.headline = "Changed!"
    changed.save()
    revise(changed, by=editor)
    live("Settled")

    def found(query: str) -> list[str]:
        rows = desk.get(f"{LIST}?{query}").context["cl"].result_list
        return sorted(article.headline for article in rows)

    assert found("status=draft") == ["My draft", "Somebody's draft"]
    assert found("status=draft&whose=mine") == ["My draft"]
    assert found("status=changed") == ["Changed!"]
    assert found("status=live") == ["Changed!", "Settled"]
    assert found("lacks=tags") == ["Changed!", "Settled", "Somebody's draft"]
    assert len(found("lacks=picture")) == 4
    assert found("lacks=byline") == []
    assert found("q=rami") == found("")
    assert found("status=nonsense&lacks=nonsense") == found("")


def test_one_that_cannot_go_live_does_not_keep_the_others_back(
    desk: Client, write: Callable[..., Article]
) -> None:
    good, bad = write("Good"), write("Bad", section=None)
    chosen = {"action": "publish_selected", "_selected_action": [good.pk, bad.pk]}
    page = desk.post(LIST, chosen, follow=True).content.decode()
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Good"]
    assert "Choose a section" in page


def test_a_reporter_is_offered_no_publishing_in_bulk(
    reporter: User, client_for: Callable[[User], Client], write: Callable[..., Article]
) -> None:
    article = write()
    desk = client_for(reporter)
    assert "publish_selected" not in desk.get(LIST).content.decode()
    desk.post(LIST, {"action": "publish_selected", "_selected_action": [article.pk]})
    assert not PublishedArticle.objects.exists()


def test_the_desk_says_what_waits_and_what_is_live_today(
    desk: Client, write: Callable[..., Article], live: Callable[..., PublishedArticle]
) -> None:
    write("Waiting draft", workflow="in_edit")
    write("Still being written")
    live("Out today")
    titles = {str(panel.title): panel for panel in desk.get("/admin/").context["panels"]}
    assert [row[0] for row in titles["Waits for an editor"].rows] == ["Waiting draft"]
    assert [row[0] for row in titles["Live today"].rows] == ["Out today"]
    lacking = {row[0]: row[2] for row in titles["Live, and lacking something"].rows}
    assert lacking["No picture"] == "1"
    for panel in titles.values():
        for row in panel.rows:
            assert not row.href or desk.get(row.href).status_code == 200


def test_a_reporter_s_desk_shows_own_work_and_no_editor_s_work(
    reporter: User, client_for: Callable[[User], Client], write: Callable[..., Article]
) -> None:
    article = write("Mine")
    article.created_by = reporter
    article.save()
    write("Another's")
    panels = client_for(reporter).get("/admin/").context["panels"]
    titles = {str(panel.title): panel for panel in panels}
    assert [row[0] for row in titles["My work"].rows] == ["Mine"]
    assert "Waits for an editor" not in titles


def test_customer_service_has_no_articles_on_the_desk(
    service: User, client_for: Callable[[User], Client], write: Callable[..., Article]
) -> None:
    write("Secret draft")
    assert "Secret draft" not in client_for(service).get("/admin/").content.decode()
