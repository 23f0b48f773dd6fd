"""Editors keep a story out with a reason, on record, at once; and let it in again."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from articles.models import History, PublishedArticle
from articles.popularity.excluding import AlreadySo, keep_out, let_back
from articles.popularity.models import Exclusion
from articles.popularity.ranking import rank
from newsroom.accounts.models import User
from tests.popularity.conftest import NOON
from tests.popularity.test_lists import page, shown

Read = Callable[..., None]
ADD = "/admin/popularity/exclusion/add/"


@pytest.fixture
def first(stories: list[PublishedArticle], read: Read) -> PublishedArticle:
    """The most read of six."""
    read({row: 100 - n for n, row in enumerate(stories)})
    return stories[0]


@time_machine.travel(NOON)
def test_a_story_is_kept_out_with_a_reason_in_its_history_and_let_in_again(
    client: Client, first: PublishedArticle, editor: User, client_for: Callable[[User], Client]
) -> None:
    desk = client_for(editor)
    form = desk.get(f"/admin/articles/article/{first.pk}/change/").content.decode()
    link = f"{ADD}?article={first.pk}"
    assert f'href="{link}"' in form
    assert desk.get(link).status_code == 200
    assert shown(client)[0] == "Story 0"
    sent = {"article": first.pk, "reason": "Passed around by a campaign"}
    assert desk.post(ADD, sent).status_code == 302
    assert shown(client)[0] == "Story 1"
    made = Exclusion.objects.get()
    assert (made.by, made.reason) == (editor, "Passed around by a campaign")
    acts = desk.get(f"/admin/articles/article/{first.pk}/acts/").content.decode()
    assert "Kept out of Most Read" in acts
    assert "Passed around by a campaign" in acts

    form = desk.get(f"/admin/articles/article/{first.pk}/change/").content.decode()
    assert f'href="/admin/popularity/exclusion/{made.pk}/change/"' in form
    assert "Let it in again" in desk.get(
        f"/admin/popularity/exclusion/{made.pk}/change/"
    ).content.decode()  # fmt: skip
    assert desk.post(f"/admin/popularity/exclusion/{made.pk}/lift/").status_code == 302
    assert shown(client)[0] == "Story 0"
    made.refresh_from_db()
    assert made.lifted_by == editor
    verbs = History.objects.filter(article=first.pk).values_list("verb", flat=True)
    assert {"keep_out", "let_back"} <= {*verbs}


def test_without_a_reason_or_twice_nothing_is_kept_out(
    first: PublishedArticle, editor: User, client_for: Callable[[User], Client]
) -> None:
    desk = client_for(editor)
    assert desk.post(ADD, {"article": first.pk, "reason": " "}).status_code == 200
    assert not Exclusion.objects.exists()
    made = keep_out(first.article, by=editor, reason="A campaign", at=NOON)
    answer = desk.post(ADD, {"article": first.pk, "reason": "Again"})
    assert "kept out already" in answer.content.decode()
    with pytest.raises(AlreadySo):
        keep_out(first.article, by=editor, reason="Again", at=NOON)
    let_back(made, by=editor, at=NOON)
    with pytest.raises(AlreadySo):
        let_back(made, by=editor, at=NOON)
    assert History.objects.filter(verb="let_back").count() == 1


def test_an_editor_of_another_section_keeps_nothing_out_and_lifts_nothing(
    first: PublishedArticle, editor: User, chief: User, client_for: Callable[[User], Client]
) -> None:
    first.section.editors.add(chief)
    desk = client_for(editor)
    answer = desk.post(ADD, {"article": first.pk, "reason": "Mine now"})
    assert "do not publish" in answer.content.decode()
    made = keep_out(first.article, by=chief, reason="A campaign", at=NOON)
    assert desk.post(f"/admin/popularity/exclusion/{made.pk}/lift/").status_code == 403
    page_of_it = desk.get(f"/admin/popularity/exclusion/{made.pk}/change/").content.decode()
    assert "Let it in again" not in page_of_it
    assert Exclusion.objects.standing().count() == 1


def test_the_next_ranking_keeps_it_out_however_much_it_is_read(
    client: Client, first: PublishedArticle, chief: User, read: Read
) -> None:
    keep_out(first.article, by=chief, reason="A campaign", at=NOON)
    read({first: 5_000})
    rank(at=NOON)
    assert "Story 0" not in shown(client)
    assert "A campaign" not in page(client)


def test_the_desk_sees_the_numbers(
    first: PublishedArticle, chief: User, client_for: Callable[[User], Client]
) -> None:
    keep_out(first.article, by=chief, reason="A campaign")
    desk = client_for(chief)
    for window in ("hours", "day", "week", "nonsense"):
        answer = desk.get("/admin/popularity/exclusion/numbers/", {"window": window})
        rows = answer.context["rows"]
        assert [row["article"].headline for row in rows] == [f"Story {n}" for n in range(6)]
        assert rows[0]["exclusion"]
    assert desk.get("/admin/popularity/exclusion/").status_code == 200
