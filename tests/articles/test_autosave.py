"""What is typed and not saved is kept for who typed it, and only for them."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from articles import drafts
from articles.models import Article, Author, Autosave
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.management.jobs import jobs

ADDRESS = "/admin/articles/article/autosave/"
NEW = "new-11111111-2222-3333-4444-555555555555"
FORM = "0123456789abcdef0123456789abcdef"
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client_for: Callable[[User], Client], editor: User) -> Client:
    return client_for(editor)


def offered(client: Client, address: str) -> list[dict[str, object]]:
    """The kept texts that a form hands to its script."""
    page = client.get(address).content.decode()
    found = re.search(r'<script id="kept-texts"[^>]*>(.*?)</script>', page, re.S)
    assert found is not None
    return list(json.loads(found[1]))


def form_of(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def sent(article: Article | None, **fields: str) -> dict[str, str]:
    """A form as the browser sends it, with nobody in the byline."""
    return {
        "headline": "Tram line opens", "body": "<p>It opened.</p>", "kind": "news", "tags": "",
        "language": "", "slug": "", "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0",
        "kept_key": str(article.pk) if article else NEW, "kept_form": FORM,
        "base_revision": str((article.latest_revision_id if article else "") or ""), **fields,
    }  # fmt: skip


def test_what_is_typed_is_kept_and_offered_when_its_writer_comes_back(
    desk: Client, write: Callable[..., Article], editor: User
) -> None:
    article = write()
    answer = desk.post(ADDRESS, sent(article, headline="Typed, not saved"), headers=JSON)
    assert answer.json()["at"]
    assert answer.json()["csrf"]
    assert Article.objects.get(pk=article.pk).headline == "Tram line opens"
    assert article.revisions.count() == 1
    (text,) = offered(desk, form_of(article))
    assert text["values"]["headline"] == ["Typed, not saved"]  # type: ignore[index]
    assert text["values"]["base_revision"] == [str(article.latest_revision_id)]  # type: ignore[index]
    assert text["id"] == FORM
    assert Autosave.objects.get(user=editor).base_revision_id == article.latest_revision_id


def test_a_save_ends_the_keeping_on_the_server_and_in_the_browser(
    desk: Client, write: Callable[..., Article], editor: User
) -> None:
    article = write()
    desk.post(ADDRESS, sent(article, headline="Typed"), headers=JSON)
    answer = desk.post(form_of(article), {**sent(article, headline="Typed"), "_continue": "1"})
    assert answer.status_code == 302
    assert Article.objects.get(pk=article.pk).headline == "Typed"
    assert not Autosave.objects.filter(user=editor).exists()
    assert desk.cookies["saved-forms"].value == FORM
    assert offered(desk, form_of(article)) == []


def test_kept_text_put_back_over_a_newer_version_takes_nothing_from_it(
    desk: Client, write: Callable[..., Article], chief: User
) -> None:
    article = write()
    desk.post(ADDRESS, sent(article, headline="Mine, typed at noon"), headers=JSON)
    Article.objects.filter(pk=article.pk).update(standfirst="Theirs, saved at one")
    article.refresh_from_db()
    revise(article, by=chief)
    (text,) = offered(desk, form_of(article))
    put_back = {name: values[0] for name, values in text["values"].items()}  # type: ignore[attr-defined]
    desk.post(form_of(article), {**put_back, "kept_key": str(article.pk), "_continue": "1"})
    article.refresh_from_db()
    assert article.headline == "Mine, typed at noon"
    assert article.standfirst == "Theirs, saved at one"


def test_a_save_that_fails_keeps_what_was_typed(
    desk: Client, write: Callable[..., Article], editor: User
) -> None:
    article = write()
    desk.post(ADDRESS, sent(article, body="<p>Much text</p>"), headers=JSON)
    answer = desk.post(form_of(article), {**sent(article, headline=""), "_continue": "1"})
    assert answer.status_code == 200
    assert "saved-forms" not in desk.cookies
    assert Autosave.objects.filter(user=editor, key=str(article.pk)).exists()
    assert f'name="kept_form" value="{FORM}"' in answer.content.decode()


def test_a_new_article_is_kept_before_it_was_ever_saved(desk: Client, editor: User) -> None:
    add = "/admin/articles/article/add/"
    desk.post(ADDRESS, sent(None, headline="A new story"), headers=JSON)
    (text,) = offered(desk, add)
    assert (text["key"], text["values"]["headline"]) == (NEW, ["A new story"])  # type: ignore[index]
    desk.post(add, {**sent(None, headline="A new story"), "_continue": "1"})
    assert Article.objects.filter(headline="A new story").exists()
    assert offered(desk, add) == []


def test_nobody_is_offered_what_somebody_else_typed(
    desk: Client, client_for: Callable[[User], Client], chief: User, write: Callable[..., Article]
) -> None:
    article = write()
    desk.post(ADDRESS, sent(article, headline="A secret of the editor"), headers=JSON)
    other = client_for(chief)
    assert offered(other, form_of(article)) == []
    assert "A secret of" not in other.get(ADDRESS).content.decode()
    other.post(ADDRESS, {"forget": str(article.pk)})
    assert len(offered(desk, form_of(article))) == 1


def test_only_who_may_change_an_article_can_keep_text_for_it(
    client_for: Callable[[User], Client], reporter: User, letters: User, service: User,
    write: Callable[..., Article],
) -> None:  # fmt: skip
    article = write()  # of nobody who asks here
    for user in (reporter, letters, service):
        answer = client_for(user).post(ADDRESS, sent(article), headers=JSON)
        assert answer.status_code == 403, user
    assert client_for(letters).post(ADDRESS, sent(None), headers=JSON).status_code == 403
    assert client_for(reporter).post(ADDRESS, sent(None), headers=JSON).status_code == 200
    assert client_for(service).get(ADDRESS).status_code == 403
    assert Client().post(ADDRESS, sent(article), headers=JSON).status_code == 302


def test_a_form_opened_before_a_new_log_in_gets_a_fresh_token(
    editor: User, write: Callable[..., Article]
) -> None:
    article, desk = write(), Client(enforce_csrf_checks=True)
    desk.force_login(editor)
    old = desk.get(ADDRESS, headers=JSON).json()
    assert old["user"] == editor.pk
    desk.cookies.clear()
    assert desk.get(ADDRESS, headers=JSON).status_code == 302
    desk.force_login(editor)
    refused = desk.post(ADDRESS, {**sent(article), "csrfmiddlewaretoken": old["csrf"]})
    assert refused.status_code == 403
    new = desk.get(ADDRESS, headers=JSON).json()["csrf"]
    taken = desk.post(ADDRESS, {**sent(article), "csrfmiddlewaretoken": new}, headers=JSON)
    assert taken.status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kept_key": ""}, 400),
        ({"kept_key": "new-x"}, 400),
        ({"kept_key": "12\x00"}, 400),
        ({"kept_key": "999999999999999999"}, 404),
        ({"kept_key": "9" * 40}, 400),
        ({"base_revision": "9" * 40}, 200),
        ({"base_revision": "999999999999999999"}, 200),
        ({"base_revision": "\x00"}, 200),
        ({"headline": "\x00nul \ud800".encode("utf-8", "replace").decode()}, 200),
        ({"body": "<script>alert(1)</script>\u202e" + "x" * 1_000_000}, 200),
        ({"body": "x" * 2_200_000}, 413),
    ],
)
def test_bad_input_is_refused_or_kept_and_never_an_error(
    desk: Client, write: Callable[..., Article], fields: dict[str, str], status: int
) -> None:
    article = write()
    answer = desk.post(ADDRESS, sent(article, **fields), headers=JSON)
    assert answer.status_code == status
    for address in (form_of(article), ADDRESS):
        page = desk.get(address)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


def test_without_javascript_kept_text_is_read_copied_and_thrown_away(
    desk: Client, write: Callable[..., Article], author: Author
) -> None:
    article = write()
    lines = {"bylines-0-author": str(author.pk), "bylines-0-order": "1", "bylines-0-role": "words"}
    desk.post(ADDRESS, sent(article, body="<p>Every word</p>", **lines), headers=JSON)
    form = desk.get(form_of(article)).content.decode()
    assert f"{ADDRESS}?key={article.pk}" in form
    page = desk.get(f"{ADDRESS}?key={article.pk}").content.decode()
    assert "<p>Every word</p>" in page
    assert "Rami Reporter words" in page
    desk.post(ADDRESS, {"forget": str(article.pk)})
    assert "Every word" not in desk.get(ADDRESS).content.decode()
    assert desk.get(f"{ADDRESS}?key=%00").status_code == 200


def test_text_is_kept_once_a_form_as_the_writer_left_it(
    editor: User, write: Callable[..., Article]
) -> None:
    article, at = write(), timezone.now()
    posted = QueryDict(mutable=True)
    posted.update({"headline": "One\r\ntwo", "_continue": "1", "csrfmiddlewaretoken": "x"})
    posted.update({"bylines-__prefix__-text": ""})
    posted.setlist("further_sections", ["1", "2"])
    values = drafts.typed(posted)
    assert values == {"headline": ["One\r\ntwo"], "further_sections": ["1", "2"]}
    key = drafts.key_of(article)
    for minute in range(3):
        drafts.keep(editor, key, article, article.latest_revision, values,
                    at + timedelta(minutes=minute))  # fmt: skip
    row = Autosave.objects.get(user=editor)
    assert row.data == {"headline": ["One\ntwo"], "further_sections": ["1", "2"]}
    assert row.at == at + timedelta(minutes=2)
    drafts.forget(editor, key)
    assert drafts.kept(editor, key) is None


def test_kept_text_goes_after_thirty_days_and_beyond_fifty_forms(editor: User) -> None:
    at = timezone.now()
    for number in range(drafts.MOST + 2):
        key = f"new-00000000-0000-0000-0000-{number:012}"
        drafts.keep(editor, key, None, None, {}, at + timedelta(seconds=number))
    assert Autosave.objects.filter(user=editor).count() == drafts.MOST
    assert not Autosave.objects.filter(key__endswith="000").exists()
    (job,) = [job for job in jobs() if job.name == "prune kept text"]
    assert job.run(at + timedelta(days=29)) == 0
    assert job.run(at + timedelta(days=31)) == drafts.MOST


def test_keeping_costs_the_same_however_much_is_kept(
    desk: Client,
    write: Callable[..., Article],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    article = write()
    desk.post(ADDRESS, sent(article), headers=JSON)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        desk.post(ADDRESS, sent(article, body="word " * 100_000), headers=JSON)
