"""The posting desk: who may, what is typed is never lost, two editors on one post."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.live.closing import close, reopen
from articles.live.models import Coverage, LivePost
from articles.live.permissions import can_cover, can_edit, can_post, can_reopen
from articles.live.posting import delete, edit, post
from articles.live.words import Words
from articles.models import Article, Author, Byline, PublishedArticle
from articles.models.kinds import Kind
from articles.publishing import publish
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.media.usage import uses
from tests.house.test_hostile_text import VECTORS, faults
from tests.media.conftest import drawing, encoded, upload

Say = Callable[..., LivePost]


def desk(coverage: Coverage) -> str:
    return reverse("admin:live_coverage_desk", args=[coverage.pk])


def send(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, {"text": "She is fast.", "token": str(uuid4()), **typed})


@pytest.fixture
def at_desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def test_who_may_post_edit_and_open_again(
    draft: Article, coverage: Coverage, say: Say, reporter: User, editor: User, letters: User
) -> None:
    foreign = say("An editor's.", by=editor)
    assert not can_post(reporter, coverage)
    assert not can_cover(letters, draft)
    author = Author.objects.create(name="Rami Reporter", slug="rami", user=reporter)
    Byline.objects.create(article=draft, author=author)
    own = say("A reporter's.", by=reporter)
    # A reporter posts in what is theirs, and mends what is theirs.
    assert (can_post(reporter, coverage), can_cover(reporter, draft)) == (True, True)
    assert (can_edit(reporter, own), can_edit(reporter, foreign)) == (True, False)
    assert not can_reopen(reporter, coverage)
    assert (can_edit(editor, own), can_reopen(editor, coverage)) == (True, True)
    draft.section.editors.add(letters)  # type: ignore[union-attr]  # somebody else's section
    assert not can_post(editor, coverage)
    draft.kind = Kind.NEWS
    assert not can_cover(reporter, draft)


def test_what_is_posted_is_read_at_once_under_the_posters_name(
    at_desk: Client, client: Client, row: PublishedArticle, coverage: Coverage, editor: User
) -> None:
    author = Author.objects.create(name="Edith Editor", slug="edith", user=editor)
    page = at_desk.get(desk(coverage)).content.decode()
    assert f'<option value="{author.pk}" selected>' in page
    response = send(
        at_desk, desk(coverage), headline="Alongside", author=author.pk, is_key="on",
        embed_url="port.example/notice", embed_title="Notice",
    )  # fmt: skip
    assert response["Location"] == f"{desk(coverage)}?kept=live-{coverage.pk}"
    made = LivePost.objects.get()
    assert (made.posted_by, made.author, made.is_key) == (editor, author, True)
    assert made.embed_url == "https://port.example/notice"
    html = client.get(row.get_absolute_url()).content.decode()
    assert "She is fast." in html
    assert "Edith Editor" in html


def test_a_button_pressed_twice_posts_once(at_desk: Client, coverage: Coverage) -> None:
    token = str(uuid4())
    for _press in range(2):
        assert send(at_desk, desk(coverage), token=token).status_code == 302
    assert LivePost.objects.count() == 1


def test_a_refused_post_loses_nothing(at_desk: Client, coverage: Coverage, say: Say) -> None:
    token = str(uuid4())
    for wrong in (
        {"embed_url": "javascript:pwn()"}, {"embed_url": "ftp://a.example"}, {"author": "999"},
        {"picture": "999"}, {"picture": "9" * 30}, {"headline": "x" * 200},
    ):  # fmt: skip
        page = send(at_desk, desk(coverage), **{"text": "Long words.", "token": token, **wrong})
        assert page.status_code == 200, wrong
        assert "Long words.</textarea>" in page.content.decode(), wrong
        assert "errorlist" in page.content.decode(), wrong
    assert "Write something" in send(at_desk, desk(coverage), text=" ").content.decode()
    assert "x" * 10_001 in send(at_desk, desk(coverage), text="x" * 10_001).content.decode()
    assert send(at_desk, desk(coverage), token="x").status_code == 302  # mended by nobody
    LivePost.objects.all().delete()
    # Closed while it was being typed.
    close(coverage, by=None)
    page = send(at_desk, desk(coverage), text="Too late?", token=token).content.decode()
    assert "Too late?</textarea>" in page
    assert "closed" in page
    assert token in page
    assert LivePost.objects.count() == 0
    reopen(coverage, by=None)
    assert send(at_desk, desk(coverage), text="Too late?", token=token).status_code == 302


def test_the_second_of_two_editors_sees_both_texts(
    at_desk: Client, coverage: Coverage, say: Say
) -> None:
    found = say("It was six.", headline="Six")
    address = reverse("admin:live_coverage_post", args=[found.pk])
    assert "It was six.</textarea>" in at_desk.get(address).content.decode()
    edit(found, by=None, words=Words(text="It was seven.", headline="Six"), base=1)
    page = send(at_desk, address, text="It was half a dozen.", base="1").content.decode()
    assert "It was seven." in page
    assert "It was half a dozen.</textarea>" in page
    assert 'name="base" value="2"' in page
    found.refresh_from_db()
    assert found.source == "It was seven."
    assert send(at_desk, address, text="It was seven in all.", base="2").status_code == 302
    found.refresh_from_db()
    assert found.source == "It was seven in all."
    delete(found, by=None)
    page = send(at_desk, address, text="Once more.", base="3").content.decode()
    assert "Once more.</textarea>" in page
    assert "deleted meanwhile" in page


def test_each_press_beside_a_post_can_be_taken_back(
    at_desk: Client, coverage: Coverage, say: Say
) -> None:
    found = say("One.")

    def press(act: str) -> LivePost:
        address = reverse("admin:live_coverage_act", args=[found.pk])
        assert at_desk.post(address, {"act": act}).status_code == 302
        found.refresh_from_db()
        return found

    assert press("key").is_key
    assert not press("not_key").is_key
    assert press("pin").is_pinned
    assert not press("unpin").is_pinned
    assert press("delete").deleted_at
    assert "bring_back" in at_desk.get(desk(coverage)).content.decode()
    assert press("bring_back").deleted_at is None
    before = found.changed
    for nonsense in ("", "publish", "\x00"):
        assert press(nonsense).changed == before
    close(coverage, by=None)
    assert press("delete").deleted_at is None


def test_who_posts_closes_and_an_editor_opens_again(
    at_desk: Client, draft: Article, coverage: Coverage, reporter: User,
    client_for: Callable[[User], Client],
) -> None:  # fmt: skip
    Article.objects.filter(pk=draft.pk).update(assigned_to=reporter)
    theirs = client_for(reporter)
    address = reverse("admin:live_coverage_state", args=[coverage.pk])
    theirs.post(address, {"act": "close"})
    coverage.refresh_from_db()
    assert (coverage.is_open, coverage.closed_by) == (False, reporter)
    assert theirs.post(address, {"act": "reopen"}).status_code == 403
    assert "Open it again" not in theirs.get(desk(coverage)).content.decode()
    assert at_desk.post(address, {"act": "reopen"}).status_code == 302
    coverage.refresh_from_db()
    assert coverage.is_open


def test_a_photo_from_the_camera_becomes_a_picture_of_the_library(
    at_desk: Client, coverage: Coverage, editor: User
) -> None:
    typed = {"text": "", "photo_alt": "A ferry", "picture_caption": "She is fast.",
             "token": str(uuid4())}  # fmt: skip
    for _press in range(2):
        response = at_desk.post(desk(coverage), {**typed, "photo": upload(encoded(drawing()))})
        assert response.status_code == 302
    made = LivePost.objects.select_related("picture").get()
    assert made.picture is not None
    assert (made.picture.alt_text, made.picture.uploaded_by) == ("A ferry", editor)
    assert [(use.is_public, str(made.coverage.article) in use.title) for _label, use in
            uses(made.picture)] == [(False, True)]  # fmt: skip
    refused = send(at_desk, desk(coverage), photo=upload(b"no picture", "a.jpg"))
    assert "She is fast.</textarea>" in refused.content.decode()
    # Editing keeps the picture unless it is taken off.
    address = reverse("admin:live_coverage_post", args=[made.pk])
    assert f'value="{made.picture_id}" checked' in at_desk.get(address).content.decode()
    send(at_desk, address, base="1", picture=made.picture_id)
    send(at_desk, address, base="2", picture="")
    made.refresh_from_db()
    assert (made.version, made.picture) == (3, None)


def test_a_picture_of_the_library_is_found_with_and_without_script(
    at_desk: Client, coverage: Coverage
) -> None:
    tram, ferry = (
        Picture.objects.create(extension="jpg", width=9, height=6, caption=words)
        for words in ("A tram", "A ferry at night")
    )
    found = at_desk.get(reverse("admin:live_coverage_pictures"), {"q": "night ferry"})
    assert re.findall(r'value="(\d+)"', found.content.decode()) == [str(ferry.pk)]
    page = send(at_desk, desk(coverage), _find="1", q="tram", text="Kept.").content.decode()
    assert f'name="picture" value="{tram.pk}"' in page
    assert "Kept.</textarea>" in page
    assert LivePost.objects.count() == 0
    assert faults(at_desk.get(reverse("admin:live_coverage_pictures"), {"q": "\x00"})) == []


def test_the_desk_is_reached_from_the_article_and_from_the_first_page(
    at_desk: Client, draft: Article, editor: User
) -> None:
    link = reverse("admin:live_coverage_of", args=[draft.pk])
    form = at_desk.get(reverse("admin:articles_article_change", args=[draft.pk]))
    assert link in form.content.decode()
    there = at_desk.get(link)["Location"]
    assert there == at_desk.get(link)["Location"] == desk(draft.coverage)  # type: ignore[attr-defined]
    assert "nobody sees these posts yet" in at_desk.get(there).content.decode()
    assert there not in at_desk.get("/admin/").content.decode()
    publish(draft, by=None)
    assert there in at_desk.get("/admin/").content.decode()
    draft.kind = Kind.NEWS
    draft.save()
    assert at_desk.get(link).status_code == 403


def test_the_desk_says_of_a_coverage_that_was_quiet_for_a_day_that_it_stands_open(
    at_desk: Client, row: PublishedArticle, coverage: Coverage, say: Say
) -> None:
    say("The last of them is in.")
    words = "Quiet for a day"
    assert words not in at_desk.get("/admin/").content.decode()
    Coverage.objects.update(updated_at=timezone.now() - timedelta(hours=25))
    assert words in at_desk.get("/admin/").content.decode()
    coverage.refresh_from_db()
    close(coverage, by=None)
    assert words not in at_desk.get("/admin/").content.decode()


def test_summary_and_order_are_set_through_the_verb(at_desk: Client, coverage: Coverage) -> None:
    address = reverse("admin:live_coverage_change", args=[coverage.pk])
    typed = {"summary": "Known.\n\n More. ", "newest_first": ""}
    assert at_desk.post(address, typed)["Location"] == desk(coverage)
    coverage.refresh_from_db()
    assert (coverage.summary, coverage.newest_first, coverage.number) == ("Known.\nMore.", False, 1)
    close(coverage, by=None)
    page = at_desk.post(address, {"summary": "Too late."}).content.decode()
    assert "Too late." in page
    assert "closed" in page
    coverage.refresh_from_db()
    assert coverage.number == 2


@pytest.mark.slow
def test_hostile_posts_are_text_for_readers_and_at_the_desk(
    at_desk: Client, client: Client, row: PublishedArticle, coverage: Coverage
) -> None:
    hostile = []
    for vector in VECTORS:
        words = Words(
            text=f"{vector}\n\n> {vector}", headline=vector[:150], embed_title=vector[:150],
            embed_url="https://post.example/?a=\"b'c",
            picture=Picture.objects.create(
                extension="jpg", width=900, height=600, caption=vector, alt_text=vector,
            ),
        )  # fmt: skip
        hostile.append(post(coverage, by=None, words=words, is_key=True))
    Coverage.objects.update(summary="\n".join(VECTORS))
    address = row.get_absolute_url()
    for reader in (
        address, f"{address}?order=oldest", f"/live/{row.pk}/since/1/", f"/live/{row.pk}/feed/"
    ):  # fmt: skip
        response = client.get(reader)
        assert b"pwn" in response.content
        assert faults(response) == [], reader
    for staff in (
        desk(coverage), "/admin/live/coverage/", "/admin/",
        reverse("admin:live_coverage_change", args=[coverage.pk]),
        *(reverse("admin:live_coverage_post", args=[one.pk]) for one in hostile[:6]),
    ):  # fmt: skip
        assert faults(at_desk.get(staff)) == [], staff
    for vector in VECTORS[::4]:
        typed = {"text": vector, "headline": vector, "embed_url": vector, "q": vector,
                 "picture": vector, "author": vector, "token": vector, "base": vector}  # fmt: skip
        assert faults(at_desk.post(desk(coverage), typed)) == []
        assert faults(at_desk.post(desk(coverage), {**typed, "_find": "1"})) == []
