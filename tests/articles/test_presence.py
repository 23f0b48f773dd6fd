"""Who is editing an article is told to the others, and what was saved meanwhile."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from articles import drafts, presence
from articles.models import Article, Presence
from articles.publishing import publish
from articles.revisions import revise
from newsroom.accounts.models import User


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/presence/"


def test_who_is_editing_is_shown_with_the_time_and_gone_after_a_minute(
    client_for: Callable[[User], Client], editor: User, chief: User, write: Callable[..., Article]
) -> None:
    article, form = write(), client_for(chief)
    assert client_for(editor).post(address(article)).json()["others"] == []
    (sentence,) = form.post(address(article)).json()["others"]
    assert "Edith Editor" in sentence
    assert "is editing this article, since" in sentence
    page = form.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert sentence in page  # without JavaScript too
    Presence.objects.filter(user=editor).update(seen_at=timezone.now() - timedelta(seconds=61))
    assert form.post(address(article)).json()["others"] == []


def test_who_closes_the_form_is_gone_at_once(
    client_for: Callable[[User], Client], editor: User, chief: User, write: Callable[..., Article]
) -> None:
    article, one = write(), client_for(editor)
    one.post(address(article))
    assert one.post(address(article), {"gone": "1"}).status_code == 204
    assert client_for(chief).post(address(article)).json()["others"] == []


def test_a_visit_has_one_beginning_and_a_new_one_after_a_gap(
    editor: User, write: Callable[..., Article]
) -> None:
    article, at = write(), timezone.now()
    for second in (0, 20, 40, 90):
        presence.mark(article, editor, at + timedelta(seconds=second))
    assert Presence.objects.get().since == at
    presence.mark(article, editor, at + timedelta(seconds=200))
    assert Presence.objects.get().since == at + timedelta(seconds=200)


def test_an_open_form_hears_of_a_newer_version_and_who_saved_it(
    client_for: Callable[[User], Client], editor: User, chief: User, write: Callable[..., Article]
) -> None:
    article, form = write(), client_for(editor)
    base = {"base_revision": str(article.latest_revision_id)}
    assert form.post(address(article), base).json()["newer"] == ""
    Article.objects.filter(pk=article.pk).update(headline="Changed")
    revise(article, by=chief)
    newer = form.post(address(article), base).json()["newer"]
    assert "Chiara Chief" in newer
    assert "version 2" in newer
    assert "merged" in newer
    assert "in another window" in client_for(chief).post(address(article), base).json()["newer"]


def test_publishing_and_jobs_raise_no_false_alarm(
    client_for: Callable[[User], Client], editor: User, chief: User, write: Callable[..., Article]
) -> None:
    article = write()
    base = {"base_revision": str(article.latest_revision_id)}
    publish(article, by=chief)
    Article.objects.filter(pk=article.pk).update(modified_at=timezone.now())
    assert client_for(editor).post(address(article), base).json()["newer"] == ""


def test_only_who_may_change_an_article_is_seen_at_it(
    client_for: Callable[[User], Client], reporter: User, letters: User, service: User,
    editor: User, write: Callable[..., Article],
) -> None:  # fmt: skip
    article = write()
    for user in (reporter, letters, service):
        assert client_for(user).post(address(article)).status_code == 403
    assert client_for(editor).get(address(article)).status_code == 405
    assert client_for(editor).post("/admin/articles/article/999999/presence/").status_code == 404
    assert Client().post(address(article)).status_code == 302
    assert not Presence.objects.exists()
    for base in ("\x00", "9" * 50, "-1", "999999999999999999"):
        answer = client_for(editor).post(address(article), {"base_revision": base})
        assert answer.status_code == 200


def test_a_name_with_control_characters_stays_within_its_sentence(
    client_for: Callable[[User], Client], editor: User, chief: User, write: Callable[..., Article]
) -> None:
    article = write()
    User.objects.filter(pk=editor.pk).update(name="\u202e<script>" + "x" * 100)
    client_for(editor).post(address(article))
    (sentence,) = client_for(chief).post(address(article)).json()["others"]
    assert "\u202e" not in sentence
    assert len(sentence) < 130
    page = client_for(chief).get(f"/admin/articles/article/{article.pk}/change/")
    assert b"&lt;script&gt;xxx" in page.content


def test_signs_of_forms_closed_long_ago_are_removed(
    editor: User, write: Callable[..., Article]
) -> None:
    at = timezone.now()
    presence.mark(write(), editor, at)
    assert drafts.prune(at + timedelta(hours=23)) == 0
    assert drafts.prune(at + timedelta(hours=25)) == 1
