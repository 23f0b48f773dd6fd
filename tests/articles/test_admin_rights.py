"""Who may do what with an article in the admin, by the page and by a hand-made request."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, PublishedArticle, Section, Tombstone
from articles.models.kinds import State
from articles.permissions import can_change
from articles.publishing import unpublish
from newsroom.accounts.models import User
from tests.articles.test_admin_saving import ADD, change, form

Log = Callable[[User], Client]


@pytest.fixture
def own(write: Callable[..., Article], reporter: User) -> Article:
    article = write("Of the reporter")
    article.created_by = reporter
    article.save()
    return article


def test_a_reporter_sees_no_publish_button(reporter: User, client_for: Log, own: Article) -> None:
    for address in (ADD, change(own)):
        page = client_for(reporter).get(address).content.decode()
        assert 'name="_continue"' in page
        assert 'name="_publish"' not in page


def test_a_reporter_s_publish_request_only_saves(
    reporter: User, client_for: Log, own: Article
) -> None:
    fields = form(own, headline="By hand", section=own.section_id, _publish="Publish")
    client_for(reporter).post(change(own), fields)
    own.refresh_from_db()
    assert (own.headline, own.state) == ("By hand", State.DRAFT)
    assert not PublishedArticle.objects.exists()


def test_a_colleague_s_article_can_be_read_and_not_changed(
    reporter: User, client_for: Log, write: Callable[..., Article]
) -> None:
    article = write(body="<p>Foreign <strong>words</strong>.</p>", topics=["Trams"])
    desk = client_for(reporter)
    page = desk.get(change(article)).content.decode()
    assert "<strong>words</strong>" in page
    assert "Trams" in page
    assert 'name="headline"' not in page
    assert 'name="_continue"' not in page
    assert desk.post(change(article), form(headline="Mine now")).status_code == 403
    article.refresh_from_db()
    assert article.headline == "Tram line opens"


def test_a_byline_gives_a_reporter_the_right_to_change_the_draft(
    reporter: User, client_for: Log, write: Callable[..., Article], author: object
) -> None:
    author.user = reporter  # type: ignore[attr-defined]
    author.save()  # type: ignore[attr-defined]
    article = write()
    client_for(reporter).post(change(article), form(article, headline="Mended", _continue="Save"))
    article.refresh_from_db()
    assert article.headline == "Mended"


def test_a_reporter_goes_on_with_an_own_live_article_and_readers_see_nothing_of_it(
    reporter: User, client_for: Log, client: Client, live: Callable[..., PublishedArticle]
) -> None:
    row = live()
    Article.objects.filter(pk=row.pk).update(created_by=reporter)
    saved = client_for(reporter).post(
        change(row.article),
        form(row.article, headline="Other", section=row.section_id, _publish="1"),
    )
    assert saved.status_code == 302
    assert Article.objects.get().headline == "Other"
    assert "Other" not in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("verb", ["unpublish", "withdraw"])
def test_only_who_publishes_takes_down(
    verb: str, reporter: User, client_for: Log, live: Callable[..., PublishedArticle]
) -> None:
    article = live().article
    address = f"/admin/articles/article/{article.pk}/{verb}/"
    assert client_for(reporter).get(address).status_code == 403
    assert client_for(reporter).post(address, {"reason": "x"}).status_code == 403
    assert PublishedArticle.objects.exists()


def test_withdrawn_with_a_reason_and_restored(
    editor: User, client_for: Log, client: Client, live: Callable[..., PublishedArticle]
) -> None:
    row = live()
    place, article, desk = row.get_absolute_url(), row.article, client_for(editor)
    address = f"/admin/articles/article/{article.pk}/withdraw/"
    assert "readers will see it" in desk.post(address, {"reason": " "}).content.decode()
    desk.post(address, {"reason": "A court has asked for it."})
    gone = client.get(place)
    assert gone.status_code == 410
    assert "A court has asked for it." in gone.content.decode()
    assert "Restore…" in desk.get(change(article)).content.decode()
    desk.post(f"/admin/articles/article/{article.pk}/restore/")
    assert client.get(place).status_code == 200
    assert not Tombstone.objects.exists()


def test_unpublished_is_a_draft_again(
    editor: User, client_for: Log, client: Client, live: Callable[..., PublishedArticle]
) -> None:
    row = live()
    place, article = row.get_absolute_url(), row.article
    page = client_for(editor).post(f"/admin/articles/article/{article.pk}/unpublish/", follow=True)
    assert "draft again" in page.content.decode()
    assert client.get(place).status_code == 404


def test_taking_down_asks_first(
    editor: User, client_for: Log, live: Callable[..., PublishedArticle]
) -> None:
    article = live().article
    for verb in ("unpublish", "withdraw"):
        assert (
            client_for(editor).get(f"/admin/articles/article/{article.pk}/{verb}/").status_code
            == 200
        )
    assert PublishedArticle.objects.exists()


def test_deleting_goes_to_the_bin_and_only_the_chief_empties_it(
    chief: User,
    editor: User,
    client_for: Log,
    write: Callable[..., Article],
    live: Callable[..., PublishedArticle],
) -> None:
    draft, once_live = write("Draft"), live("Live").article
    unpublish(once_live, by=None)
    for article in (draft, once_live):
        delete = f"/admin/articles/article/{article.pk}/delete/"
        assert client_for(chief).post(delete, {"post": "yes"}).status_code == 403  # not binned
        client_for(editor).post(f"/admin/articles/article/{article.pk}/bin/")
        assert client_for(editor).post(delete, {"post": "yes"}).status_code == 403
        client_for(chief).post(delete, {"post": "yes"})
    assert [*Article.objects.all()] == [once_live]  # what readers ever saw stays


def test_history_is_one_click_away(
    chief: User, client_for: Log, write: Callable[..., Article]
) -> None:
    article, desk = write(), client_for(chief)
    address = f"/admin/articles/article/{article.pk}/acts/"
    assert address in desk.get(change(article)).content.decode()
    assert desk.get(address).status_code == 200


def test_customer_service_does_not_see_drafts(
    service: User, client_for: Log, write: Callable[..., Article]
) -> None:
    assert client_for(service).get(change(write())).status_code == 403
    for name in ("pictures", "headlines"):
        assert client_for(service).get(f"/admin/articles/article/{name}/?ids=1").status_code == 403


def test_an_editor_does_not_take_a_foreign_article_by_taking_its_byline(
    editor: User, chief: User, author: Any, client_for: Log, write: Callable[..., Article]
) -> None:
    foreign = Section.objects.create(name="Foreign", slug="foreign")
    foreign.editors.add(chief)
    article = write(section=foreign)
    sent = {"name": "Rami Renamed", "slug": author.slug, "user": editor.pk,
            "links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0}  # fmt: skip
    address = f"/admin/articles/author/{author.pk}/change/"
    assert client_for(editor).post(address, sent).status_code == 302
    author.refresh_from_db()
    assert (author.name, author.user) == ("Rami Renamed", None)
    assert not can_change(editor, article)
    client_for(chief).post(address, sent)
    author.refresh_from_db()
    assert author.user == editor
