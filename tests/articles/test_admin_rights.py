"""Who may do what with an article in the admin, by the page and by a hand-made request."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article, PublishedArticle, Tombstone
from articles.models.kinds import State
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
    fields = form(headline="By hand", section=own.section_id, _publish="Publish")
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
    client_for(reporter).post(change(article), form(headline="Mended", _continue="Save"))
    article.refresh_from_db()
    assert article.headline == "Mended"


def test_a_live_article_is_beyond_its_reporter(
    reporter: User, client_for: Log, live: Callable[..., PublishedArticle]
) -> None:
    article = live().article
    article.created_by = reporter
    article.save()
    assert client_for(reporter).post(change(article), form(headline="Other")).status_code == 403


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


def test_only_what_was_never_published_can_be_deleted(
    chief: User,
    client_for: Log,
    write: Callable[..., Article],
    live: Callable[..., PublishedArticle],
) -> None:
    desk, draft, article = client_for(chief), write("Draft"), live("Live").article
    assert "Delete draft" in desk.get(change(draft)).content.decode()
    desk.post(f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"})
    assert not Article.objects.filter(pk=draft.pk).exists()
    assert "Delete draft" not in desk.get(change(article)).content.decode()
    refused = desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert refused.status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_history_is_one_click_away(
    chief: User, client_for: Log, write: Callable[..., Article]
) -> None:
    article, desk = write(), client_for(chief)
    address = f"/admin/articles/article/{article.pk}/history/"
    assert address in desk.get(change(article)).content.decode()
    assert desk.get(address).status_code == 200


def test_customer_service_does_not_see_drafts(
    service: User, client_for: Log, write: Callable[..., Article]
) -> None:
    assert client_for(service).get(change(write())).status_code == 403
    for name in ("pictures", "headlines"):
        assert client_for(service).get(f"/admin/articles/article/{name}/?ids=1").status_code == 403
