"""Undoing what one click did to several: only what nobody touched since."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, History, PublishedArticle, Section
from articles.models.kinds import State, Workflow
from articles.publishing import expire_at, schedule
from articles.publishing.bin import bin_article
from articles.publishing.undo import undo
from articles.publishing.workflow import move
from articles.revisions import revise
from newsroom.accounts.models import User

LIST = "/admin/articles/article/"
Log = Callable[[User], Client]
Write = Callable[..., Article]


def act(desk: Client, action: str, *articles: Article, query: str = "") -> str:
    chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
    return desk.post(LIST + query, chosen, follow=True).content.decode()


def batch() -> str:
    found = History.objects.exclude(batch=None).order_by("-pk").first()
    assert found
    return f"{LIST}undo/{found.batch}/"


def change(article: Article, by: User) -> None:
    article.headline += " again"
    article.save()
    revise(article, by=by)


def test_a_bin_full_comes_back_but_for_what_somebody_touched_since(
    editor: User, chief: User, client_for: Log, write: Write
) -> None:
    one, two, desk = write("One"), write("Two"), client_for(editor)
    assert "Undo…" in act(desk, "bin_selected", one, two)
    assert Article.objects.filter(binned_at=None).count() == 0
    client_for(chief).post(f"{LIST}{two.pk}/unbin/")
    change(two, chief)
    asked = desk.get(batch()).content.decode()
    assert "Chiara Chief has acted on it since." in asked
    said = desk.post(batch(), follow=True).content.decode()
    assert "Undone for 1 article" in said
    assert "Left as they are" in said
    assert "Two" in said
    assert not Article.objects.exclude(binned_at=None).exists()
    assert Article.objects.get(pk=two.pk).headline == "Two again"


def test_undoing_a_publication_gives_readers_what_they_saw_before(
    editor: User, client_for: Log, write: Write, live: Callable[..., PublishedArticle]
) -> None:
    fresh, old, desk = write("Fresh"), live("Old words").article, client_for(editor)
    change(old, editor)
    act(desk, "publish_selected", fresh, old)
    assert {row.headline for row in PublishedArticle.objects.all()} == {"Fresh", "Old words again"}
    desk.post(batch())
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Old words"]
    assert Article.objects.get(pk=fresh.pk).state == State.DRAFT
    assert Article.objects.get(pk=old.pk).headline == "Old words again"  # the desk's copy stays


def test_undoing_a_publication_gives_back_its_plan_its_end_and_its_stage(
    editor: User, client_for: Log, write: Write
) -> None:
    article, desk = write("For tomorrow"), client_for(editor)
    tomorrow = timezone.now() + timedelta(days=1)
    schedule(article, by=editor, publish_at=tomorrow, override="A promise to the source")
    expire_at(article, by=editor, when=tomorrow + timedelta(days=1), reason="A right ends")
    planned = article.scheduled_revision
    change(article, editor)
    act(desk, "publish_selected", article)
    assert "Undone for 1 article" in desk.post(batch(), follow=True).content.decode()
    article.refresh_from_db()
    assert (article.state, article.workflow) == (State.DRAFT, Workflow.WRITING)
    assert (article.publish_at, article.scheduled_revision) == (tomorrow, planned)
    assert article.scheduled_override == "A promise to the source"
    assert article.withdraw_at == tomorrow + timedelta(days=1)
    assert article.withdraw_reason == "A right ends"


def test_a_plan_whose_minute_is_over_is_named_when_the_rest_is_undone(
    editor: User, client_for: Log, write: Write
) -> None:
    now = timezone.now()
    article = write("Fourth, planned")
    revision = revise(article, by=editor)
    schedule(article, by=editor, publish_at=now + timedelta(seconds=2), revision=revision, at=now)
    desk = client_for(editor)
    act(desk, "publish_selected", article)
    found = History.objects.exclude(batch=None).order_by("-pk").first()
    assert found
    later = now + timedelta(hours=1)
    (undone,) = undo(found.batch, by=editor, at=later)
    assert not undone.why_not
    assert "It is not planned again" in undone.lost
    article.refresh_from_db()
    assert (article.state, article.publish_at) == (State.DRAFT, None)


def test_stages_go_back_and_a_second_undo_does_nothing(
    editor: User, client_for: Log, write: Write
) -> None:
    one, two, desk = write("One", workflow=Workflow.IN_EDIT), write("Two"), client_for(editor)
    act(desk, "approve_selected", one, two)
    assert set(Article.objects.values_list("workflow", flat=True)) == {"approved"}
    address = batch()
    desk.post(address)
    stages = dict(Article.objects.values_list("headline", "workflow"))
    assert stages == {"One": "in_edit", "Two": "writing"}
    acts = History.objects.count()
    assert "Left as they are" in desk.post(address, follow=True).content.decode()
    assert History.objects.count() == acts


def test_one_that_is_refused_does_not_keep_the_others_back(
    editor: User, client_for: Log, write: Write, live: Callable[..., PublishedArticle]
) -> None:
    draft, shown = write("Draft"), live("Shown").article
    page = act(client_for(editor), "bin_selected", draft, shown)
    assert "Readers see this article" in page
    assert [*Article.objects.exclude(binned_at=None)] == [draft]


def test_only_who_did_it_and_the_chief_may_undo(
    editor: User, chief: User, reporter: User, letters: User, client_for: Log, write: Write
) -> None:
    act(client_for(chief), "bin_selected", write())
    for user, status in ((editor, 403), (reporter, 403), (letters, 404)):
        assert client_for(user).post(batch()).status_code == status
    assert Article.objects.exclude(binned_at=None).exists()
    assert client_for(chief).post(batch()).status_code == 302
    assert not Article.objects.exclude(binned_at=None).exists()
    assert client_for(chief).get(f"{LIST}undo/{uuid4()}/").status_code == 404


def test_undoing_asks_for_the_right_again(
    editor: User, chief: User, write: Write, section: Section
) -> None:
    article, batch_id = write(), uuid4()
    bin_article(article, by=editor, batch=batch_id)
    section.editors.add(chief)  # no longer the editor's section
    found = undo(batch_id, by=editor)
    assert [one.why_not for one in found] == ["It is not yours to change."]
    assert Article.objects.get().is_binned


def test_what_was_deleted_for_good_is_named_and_the_others_come_back(
    chief: User, write: Write
) -> None:
    one, two, batch_id = write("One"), write("Two"), uuid4()
    for article in (one, two):
        bin_article(article, by=chief, batch=batch_id)
    one.delete()
    reasons = [one.why_not for one in undo(batch_id, by=chief)]
    assert reasons == ["It was deleted for good.", ""]


@pytest.mark.parametrize("action", ["submit_selected", "bin_selected", "approve_selected"])
def test_a_reporter_s_bulk_request_on_a_foreign_article_changes_nothing(
    action: str, reporter: User, client_for: Log, write: Write
) -> None:
    article = write("Foreign")
    act(client_for(reporter), action, article)
    article.refresh_from_db()
    assert (article.workflow, article.is_binned) == (Workflow.WRITING, False)


def test_the_move_of_one_article_alone_is_no_batch(editor: User, write: Write) -> None:
    move(write(), by=editor, to=Workflow.IN_EDIT)
    assert not History.objects.exclude(batch=None).exists()
