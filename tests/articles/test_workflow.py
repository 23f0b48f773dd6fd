"""Stages of the desk's copy: who moves an article on, and that readers notice nothing of it."""

from collections.abc import Callable

from django.test import Client

from articles.models import Article, History, PublishedArticle, Section
from articles.models.kinds import State, Workflow
from articles.permissions import can_change, can_move, can_publish
from articles.publishing.workflow import follow_save, move
from articles.revisions import revise
from newsroom.accounts.models import User
from tests.articles.test_admin_saving import change, form

Log = Callable[[User], Client]
Write = Callable[..., Article]


def stage(article: Article) -> str:
    return Article.objects.values_list("workflow", flat=True).get(pk=article.pk)


def test_a_live_story_goes_back_through_review_without_leaving_the_site(
    client: Client, editor: User, live: Callable[..., PublishedArticle]
) -> None:
    row = live("Readers know this")
    article = row.article
    move(article, by=editor, to=Workflow.WRITING, note="A second source, please")
    article.headline = "Rewritten in review"
    article.save()
    revise(article, by=editor)
    move(article, by=editor, to=Workflow.IN_EDIT)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Readers know this" in page
    assert "Rewritten" not in page
    assert Article.objects.get().state == State.LIVE


def test_each_step_is_an_act_with_its_note_and_both_stages(editor: User, write: Write) -> None:
    article = write()
    for to in (Workflow.IN_EDIT, Workflow.WRITING, Workflow.IN_EDIT, Workflow.APPROVED):
        assert move(article, by=editor, to=to, note="Why \x00 so")
    acts = History.objects.filter(batch=None).exclude(verb="save").order_by("pk")
    assert [act.verb for act in acts] == ["submit", "send_back", "submit", "approve"]
    assert acts[1].details == {"from": "in_edit", "to": "writing"}
    assert (acts[1].by, acts[1].note) == (editor, "Why so")


def test_moving_to_where_it_is_leaves_no_act(editor: User, write: Write) -> None:
    article = write()
    assert not move(article, by=editor, to=Workflow.WRITING)
    assert not History.objects.exclude(verb="save").exists()


def test_an_approval_ends_where_somebody_who_may_not_approve_changes_the_text(
    reporter: User, editor: User, write: Write
) -> None:
    article = write(workflow=Workflow.APPROVED)
    follow_save(article, by=editor, approves=True)
    assert stage(article) == Workflow.APPROVED
    follow_save(article, by=reporter, approves=False)
    assert stage(article) == Workflow.WRITING


def test_a_planned_story_is_begun_with_its_first_words(reporter: User, write: Write) -> None:
    plan = write(workflow=Workflow.PLANNED, body="")
    follow_save(plan, by=reporter, approves=False)
    assert stage(plan) == Workflow.PLANNED
    plan.body = "<p>It begins.</p>"
    follow_save(plan, by=reporter, approves=False)
    assert stage(plan) == Workflow.WRITING


def test_reporters_write_and_submit_and_never_approve(reporter: User, write: Write) -> None:
    article = write(created_by=reporter)
    assert can_move(reporter, article, Workflow.IN_EDIT)
    assert not can_move(reporter, article, Workflow.APPROVED)
    article.workflow = Workflow.APPROVED
    assert not can_move(reporter, article, Workflow.WRITING)
    assert not can_move(reporter, write("Another's"), Workflow.IN_EDIT)


def test_section_editors_publish_in_their_sections_and_the_chief_everywhere(
    chief: User, editor: User, write: Write, section: Section
) -> None:
    article = write()
    assert can_publish(editor, article)  # nobody is named yet
    section.editors.add(chief)
    assert not can_publish(editor, article)
    assert not can_change(editor, article)
    assert can_publish(chief, article)
    section.editors.add(editor)
    assert can_publish(editor, article)


def test_an_article_live_in_a_foreign_section_cannot_be_taken_over_by_moving_it(
    chief: User, editor: User, live: Callable[..., PublishedArticle]
) -> None:
    row = live()
    own = Section.objects.create(name="Own", slug="own")
    own.editors.add(editor)
    row.section.editors.add(chief)
    row.article.section = own
    assert not can_publish(editor, row.article)


def test_submit_in_the_form_takes_along_what_was_typed(
    reporter: User, client_for: Log, write: Write
) -> None:
    article = write(created_by=reporter)
    fields = form(article, headline="Typed just now", section=article.section_id, _submit="Submit")
    page = client_for(reporter).post(change(article), fields, follow=True).content.decode()
    article.refresh_from_db()
    assert (article.headline, article.workflow) == ("Typed just now", Workflow.IN_EDIT)
    assert "The editors find it on the desk" in page
    assert "In edit, since" in page
    assert "_approve" not in page


def test_a_reporter_submits_changes_of_a_live_story_and_readers_see_none_of_them(
    reporter: User, client: Client, client_for: Log, live: Callable[..., PublishedArticle]
) -> None:
    row = live("Live words")
    Article.objects.update(created_by=reporter)
    desk, fields = (
        client_for(reporter),
        form(row.article, headline="New words", section=row.section_id),
    )
    assert 'name="_submit"' in desk.get(change(row.article)).content.decode()
    page = desk.post(change(row.article), {**fields, "_submit": "1"}, follow=True)
    assert "with unpublished changes" in page.content.decode()
    assert stage(row.article) == Workflow.IN_EDIT
    assert "New words" not in client.get(row.get_absolute_url()).content.decode()


def test_sending_back_saves_and_asks_what_is_missing(
    editor: User, reporter: User, client_for: Log, write: Write
) -> None:
    article = write(created_by=reporter, workflow=Workflow.IN_EDIT)
    desk = client_for(editor)
    fields = form(
        article, headline="Mended by the editor", section=article.section_id, _send_back="1"
    )
    asked = desk.post(change(article), fields)
    assert asked["Location"] == f"/admin/articles/article/{article.pk}/stage/"
    assert stage(article) == Workflow.IN_EDIT  # asking is not doing
    assert "What is missing" in desk.get(asked["Location"]).content.decode()
    desk.post(asked["Location"], {"to": "writing", "note": "The name of the engineer"})
    assert stage(article) == Workflow.WRITING
    page = client_for(reporter).get(change(article)).content.decode()
    assert "The name of the engineer" in page
    assert "Mended by the editor" in page


def test_a_reporter_s_hand_made_approval_is_refused(
    reporter: User, client_for: Log, write: Write
) -> None:
    article, desk = write(created_by=reporter), client_for(reporter)
    place = f"/admin/articles/article/{article.pk}/stage/"
    assert desk.post(place, {"to": "approved"}).status_code == 403
    assert desk.post(place, {"to": "\x00"}).status_code == 404
    desk.post(change(article), form(article, section=article.section_id, _approve="1"))
    assert stage(article) == Workflow.WRITING


def test_a_reporter_who_puts_an_earlier_version_back_ends_the_approval(
    reporter: User, editor: User, client_for: Log, write: Write
) -> None:
    article = write(created_by=reporter)
    article.headline = "Checked by the desk"
    article.save()
    revise(article, by=editor)
    move(article, by=editor, to=Workflow.APPROVED)
    address = f"/admin/articles/article/{article.pk}/revisions/1/restore/"
    client_for(reporter).post(address, {"over": article.latest_revision_id})
    article.refresh_from_db()
    assert (article.headline, article.workflow) == ("Tram line opens", Workflow.WRITING)
