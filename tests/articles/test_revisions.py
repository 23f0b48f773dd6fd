"""Versions: every save has who, when and a note; two are compared, one is put back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, History, PublishedArticle, Revision, Section
from articles.putting_back import Overtaken, put_back
from articles.revisions import revise, snapshot
from articles.topics import for_names, put
from newsroom.accounts.models import User

Write = Callable[..., Article]


def at(name: str, article: Article, *more: object, **query: object) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more], query=query or None)


def form(article: Article, **more: str) -> dict[str, str]:
    return {
        "headline": article.headline, "body": article.body, "kind": article.kind,
        "section": str(article.section_id), "_continue": "1", "bylines-TOTAL_FORMS": "0",
        "bylines-INITIAL_FORMS": "0", "base_revision": str(article.latest_revision_id), **more,
    }  # fmt: skip


def save(article: Article, headline: str, **more: Any) -> Revision:
    article.headline = headline
    article.save()
    return revise(article, **{"by": None, **more})


def test_every_save_says_who_when_and_why(
    write: Write, editor: User, client_for: Callable[[User], Client]
) -> None:
    article = write()
    client = client_for(editor)
    sent = form(article, headline="Tram line closes", revision_note="The council\u202e voted")
    assert client.post(at("change", article), sent).status_code == 302
    revision = article.revisions.get(number=2)
    assert (revision.by, revision.note) == (editor, "The council voted")
    html = client.get(at("revisions", article)).content.decode()
    assert "Edith Editor" in html
    assert "The council voted" in html
    assert f'datetime="{revision.at:%Y-%m-%dT%H:%M:%SZ}"' in html
    assert article.history.get(verb="save", revision_number=2).note == "The council voted"


def test_any_two_versions_are_compared(
    write: Write, editor: User, client_for: Callable[[User], Client]
) -> None:
    article = write("One stays")
    save(article, "Two stays")
    save(article, "Three stays")
    client = client_for(editor)
    html = client.get(at("compare", article, **{"from": 1, "to": 3})).content.decode()
    assert "<del>One </del><ins>Three </ins>stays" in html
    assert "Two" not in html.partition("content-main")[2]
    html = client.get(at("compare", article, to=2)).content.decode()
    assert "<del>One </del><ins>Two </ins>stays" in html


def test_without_a_choice_the_latest_is_compared_with_what_is_live(
    live: Callable[..., PublishedArticle], editor: User, client_for: Callable[[User], Client]
) -> None:
    article = Article.objects.get(pk=live("Live words").pk)
    save(article, "Newer words")
    save(article, "Newest words")
    html = client_for(editor).get(at("compare", article)).content.decode()
    assert "<del>Live </del><ins>Newest </ins>words" in html


def test_an_earlier_version_is_restored_as_a_new_one(
    write: Write, editor: User, client_for: Callable[[User], Client], section: Section
) -> None:
    article = write("First headline", topics=["Trams", "Money"], standfirst="It was so.")
    first = snapshot(article)
    article.headline, article.standfirst, article.body = "Second", "", "<p>Other.</p>"
    article.section = Section.objects.create(name="Sport", slug="sport")
    article.save()
    article.bylines.all().delete()
    put(article, for_names(["Mayors"]))
    second = revise(article, by=None)
    client = client_for(editor)
    asked = client.get(at("restore_revision", article, 1)).content.decode()
    assert "<del>Second</del><ins>First headline</ins>" in asked
    assert article.revisions.count() == 2  # a look changes nothing
    response = client.post(at("restore_revision", article, 1), {"over": second.pk})
    assert response.url == at("change", article)  # type: ignore[attr-defined]
    article.refresh_from_db()
    assert snapshot(article) == first
    assert article.latest_revision is not None
    assert article.latest_revision.number == 3
    assert article.latest_revision.snapshot == first
    assert [*article.revisions.values_list("number", flat=True)] == [3, 2, 1]
    act = article.history.get(verb="put_back")
    assert (act.by, act.details) == (editor, {"number": 1})


def test_restoring_changes_nothing_readers_see(
    live: Callable[..., PublishedArticle], editor: User
) -> None:
    published = live("Live words")
    article = Article.objects.get(pk=published.pk)
    latest = save(article, "Newer words")
    put_back(article.revisions.get(number=1), by=editor)
    put_back(latest, by=editor)
    article.refresh_from_db()
    assert article.headline == "Newer words"
    assert PublishedArticle.objects.get().headline == "Live words"
    assert article.has_unpublished_changes


def test_what_was_saved_meanwhile_is_not_overwritten_by_a_restore(
    write: Write, editor: User, client_for: Callable[[User], Client]
) -> None:
    article = write("First")
    seen = save(article, "Second")
    save(article, "Third, by another")
    with pytest.raises(Overtaken):
        put_back(article.revisions.get(number=1), by=editor, over=seen.pk)
    client = client_for(editor)
    for over in (str(seen.pk), "", "x", "9" * 40):
        response = client.post(at("restore_revision", article, 1), {"over": over}, follow=True)
        assert "Third, by another" in response.content.decode()
    article.refresh_from_db()
    assert article.headline == "Third, by another"


def test_what_is_deleted_since_is_told_when_a_version_is_restored(
    write: Write, editor: User, client_for: Callable[[User], Client]
) -> None:
    article = write(topics=["Trams"])
    put(article, [])
    latest = revise(article, by=None)
    for_names(["Trams"])[0].delete()
    response = client_for(editor).post(
        at("restore_revision", article, 1), {"over": latest.pk}, follow=True
    )
    assert "Topics: something has been deleted since." in response.content.decode()


def test_saving_asks_no_more_of_the_database_with_many_versions(write: Write) -> None:
    def queries(article: Article, headline: str) -> int:
        article = Article.objects.get(pk=article.pk)
        article.headline = headline
        article.save()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            revise(article, by=None)
        return len(asked)

    article = write(body=f"<p>{'word ' * 2000}</p>")
    save(article, "Second")
    few = queries(article, "Third")
    taken = snapshot(article)
    now = Revision.objects.get(article=article, number=3).at
    Revision.objects.bulk_create(
        Revision(article=article, number=number, snapshot=taken, at=now) for number in range(4, 201)
    )
    assert queries(article, "Later") == few


def test_two_hundred_versions_are_listed_in_pages_without_their_texts(
    write: Write,
    editor: User,
    client_for: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:
    article = write()
    now = article.revisions.get().at
    Revision.objects.bulk_create(
        Revision(article=article, number=n, snapshot={}, at=now) for n in range(2, 201)
    )
    client = client_for(editor)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(at("revisions", article)).content.decode()
    assert not any(
        '"articles_revision"."snapshot"' in q["sql"] for q in asked if "LIMIT 51" in q["sql"]
    )
    assert page.count('name="from"') == 50
    assert "?before=151" in page
    last = client.get(at("revisions", article, before=51)).content.decode()
    assert last.count('name="to"') == 50
    assert "Older versions" not in last


def test_addresses_of_versions_take_any_input(
    write: Write, editor: User, client_for: Callable[[User], Client]
) -> None:
    article = write()
    client = client_for(editor)
    for raw in ("x", "-1", "99", "9" * 30, "1\x00", "٣", "1e3", "2147483648"):
        for name in ("from", "to"):
            assert client.get(at("compare", article, **{name: raw})).status_code == 404, raw
    assert client.get(at("revisions", article, before="9" * 30)).status_code == 404
    assert client.get(at("restore_revision", article, 99)).status_code == 404
    assert client.get(at("restore_revision", article, 10**30)).status_code == 404
    assert client.get(reverse("admin:articles_article_revisions", args=[10**15])).status_code == 404


def test_who_may_not_change_the_article_may_not_restore_a_version(
    write: Write, reporter: User, letters: User, service: User,
    client_for: Callable[[User], Client],
) -> None:  # fmt: skip
    article = write("First")
    latest = save(article, "Second")
    for user in (reporter, letters, service):
        client = client_for(user)
        url = at("restore_revision", article, 1)
        assert client.get(url).status_code in {403, 404}
        assert client.post(url, {"over": latest.pk}).status_code in {403, 404}
    for name in ("revisions", "compare"):
        assert client_for(service).get(at(name, article)).status_code == 403
    assert Client().get(at("revisions", article)).status_code == 302
    article.refresh_from_db()
    assert article.headline == "Second"
    assert not History.objects.filter(verb="put_back").exists()


def test_an_article_without_versions_has_pages_too(
    section: Section, chief: User, client_for: Callable[[User], Client]
) -> None:
    article = Article.objects.create(headline="Bare", section=section)
    client = client_for(chief)
    assert client.get(at("revisions", article)).status_code == 200
    assert client.get(at("compare", article)).url == at("revisions", article)  # type: ignore[attr-defined]
    revise(article, by=None, at=datetime.fromisoformat("2030-01-01T00:00:00+00:00"))
    assert "no other version" in client.get(at("compare", article)).content.decode()
