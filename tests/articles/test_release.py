"""The release page: what changes for readers, as what, told how, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin import release as release_page
from articles.models import Article, Change, History, PublishedArticle, Revision
from articles.models.kinds import ChangeKind
from articles.publishing import publish, withdraw
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.pages.models import QuietWindow
from newsroom.pages.times import PATTERN
from tests.articles.test_admin_saving import change, form

Write = Callable[..., Article]
Live = Callable[..., PublishedArticle]


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


def release(article: Article) -> str:
    return reverse("admin:articles_article_release", args=[article.pk])


def changed(row: PublishedArticle, body: str = "<p>It opened today.</p>") -> Article:
    """The article with a saved version readers have not seen."""
    article = Article.objects.get(pk=row.pk)
    article.body = body
    article.save()
    revise(article, by=None)
    return article


def sent(desk: Client, article: Article, **fields: Any) -> dict[str, Any]:
    """What a browser sends from the release page as it stands now."""
    page = desk.get(release(article))
    return {"seen": page.context["before"].seen, "kind": "silent", **fields}


def the_paper_is_quiet() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    QuietWindow.objects.create(
        name="Sabbath", kind=QuietWindow.Kind.DATED, starts_at=now - hour, ends_at=now + hour
    )


def test_publishing_changes_of_a_live_article_saves_and_then_asks(desk: Client, live: Live) -> None:
    article = live("First words").article
    fields = form(
        article, headline="Second words", section=article.section_id, _release="Publish changes…"
    )
    answer = desk.post(change(article), fields)
    assert answer["Location"] == release(article)
    assert PublishedArticle.objects.get().headline == "First words"
    page = desk.get(release(article)).content.decode()
    assert "<del>First" in page
    assert "<ins>Second" in page
    desk.post(release(article), {**sent(desk, article), "_now": "Publish now"})
    row = PublishedArticle.objects.get()
    assert (row.headline, row.updated_at) == ("Second words", None)


def test_the_old_button_on_a_live_article_asks_too(desk: Client, live: Live) -> None:
    article = live("First words").article
    fields = form(article, headline="Second words", section=article.section_id, _publish="Publish")
    assert desk.post(change(article), fields)["Location"] == release(article)
    assert PublishedArticle.objects.get().headline == "First words"


def test_only_an_update_and_a_correction_move_the_date_readers_see(
    desk: Client, live: Live
) -> None:
    row = live()
    for number, (kind, moves) in enumerate(
        {"silent": False, "update": True, "correction": True}.items()
    ):
        PublishedArticle.objects.update(updated_at=None)
        Article.objects.update(updated_at=None)
        article = changed(row, f"<p>Version {number}.</p>")
        desk.post(
            release(article),
            {**sent(desk, article), "kind": kind, "text": "It said less.", "_now": ""},
        )
        assert (PublishedArticle.objects.get().updated_at is not None) is moves, kind
    assert [each.text for each in Change.objects.order_by("pk")] == [
        "", "", "It said less.", "It said less.",
    ]  # fmt: skip


def test_the_page_begins_with_what_is_proposed_and_says_why(desk: Client, live: Live) -> None:
    row = live(body="<p>The tram carried 1,200 people.</p>")
    article = changed(row, "<p>The tram carried 1,400 people.</p>")
    answer = desk.get(release(article))
    assert answer.context["form"]["kind"].value() == ChangeKind.CORRECTION
    page = answer.content.decode()
    assert "no longer “1,200”; now “1,400”" in page


def test_a_correction_without_words_is_refused(desk: Client, live: Live) -> None:
    article = changed(live())
    page = desk.post(
        release(article), {**sent(desk, article), "kind": "correction", "text": " ", "_now": ""}
    ).content.decode()
    assert "Say what was wrong" in page
    assert not Change.objects.corrections().exists()


def test_nothing_is_published_that_the_editor_has_not_looked_at(desk: Client, live: Live) -> None:
    article = changed(live(), "<p>What I saw.</p>")
    fields = sent(desk, article, kind="update", text="Typed words", _now="")
    changed(article.published, "<p>What somebody wrote meanwhile.</p>")
    page = desk.post(release(article), fields).content.decode()
    assert PublishedArticle.objects.get().text == "It opened."
    assert "another version" in page
    assert "Typed words" in page
    assert "somebody" in page


def test_a_version_is_planned_and_readers_see_nothing_yet(desk: Client, write: Write) -> None:
    article = write()
    time = timezone.localtime(timezone.now() + timedelta(days=1)).strftime(PATTERN)
    fields = sent(desk, article, publish_at=time, _later="Schedule")
    page = desk.post(release(article), fields, follow=True).content.decode()
    article.refresh_from_db()
    assert article.publish_at is not None
    assert article.scheduled_revision == article.latest_revision
    assert "Scheduled: it goes live" in page
    assert reverse("admin:articles_article_preview", args=[article.pk]) in page
    assert not PublishedArticle.objects.exists()
    desk.post(reverse("admin:articles_article_unschedule", args=[article.pk]))
    article.refresh_from_db()
    assert article.publish_at is None


def test_publish_now_with_a_time_in_the_field_is_refused(desk: Client, write: Write) -> None:
    article = write()
    fields = sent(desk, article, publish_at="2040-01-01T10:00", _now="")
    page = desk.post(release(article), fields).content.decode()
    assert "A time is given" in page
    assert not PublishedArticle.objects.exists()


@pytest.mark.parametrize("time", ["", "2001-01-01T10:00", "yesterday", "9" * 500, "\x00"])
def test_a_time_that_cannot_be_is_an_error_beside_its_field(
    desk: Client, write: Write, time: str
) -> None:
    article = write()
    answer = desk.post(release(article), sent(desk, article, publish_at=time, _later=""))
    assert answer.status_code == 200
    assert "publish_at" in answer.context["form"].errors
    assert Article.objects.get().publish_at is None


def test_in_a_quiet_window_publishing_by_hand_asks_for_a_reason_and_keeps_it(
    desk: Client, write: Write
) -> None:
    the_paper_is_quiet()
    article = write()
    page = desk.post(release(article), sent(desk, article, _now="")).content.decode()
    assert "Sabbath" in page
    assert not PublishedArticle.objects.exists()
    desk.post(release(article), sent(desk, article, override="A siren was heard.", _now=""))
    assert PublishedArticle.objects.exists()
    assert History.objects.get(verb="override").note == "A siren was heard."


def test_save_and_publish_in_a_quiet_window_saves_and_asks(desk: Client, write: Write) -> None:
    the_paper_is_quiet()
    article = write()
    fields = form(article, headline="Now", section=article.section_id, _publish="Save and publish")
    assert desk.post(change(article), fields)["Location"] == release(article)
    assert Article.objects.get().headline == "Now"
    assert not PublishedArticle.objects.exists()


def test_what_was_withdrawn_never_comes_back_by_one_click(
    desk: Client, live: Live, chief: User
) -> None:
    article = live().article
    withdraw(article, by=chief, reason="It was not true.")
    fields = form(article, section=article.section_id, _publish="Save and publish")
    assert desk.post(change(article), fields)["Location"] == release(article)
    assert not PublishedArticle.objects.exists()


def test_what_blocks_is_named_and_no_button_goes_past_it(desk: Client, write: Write) -> None:
    article = write(body="<p>Quote TKTK here.</p>")
    page = desk.get(release(article)).content.decode()
    assert "Placeholder text is left" in page
    assert desk.post(release(article), sent(desk, article, _now="")).status_code == 200
    assert not PublishedArticle.objects.exists()


def test_the_article_may_leave_the_readers_at_a_minute(desk: Client, live: Live) -> None:
    article = live().article
    address = reverse("admin:articles_article_expiry", args=[article.pk])
    desk.post(address, {"when": "2040-01-01T10:00", "reason": "The licence ends."})
    article.refresh_from_db()
    assert article.withdraw_at is not None
    assert desk.post(address, {"when": "2001-01-01T10:00"}).status_code == 200
    desk.post(address, {"when": ""})
    article.refresh_from_db()
    assert article.withdraw_at is None


@pytest.mark.parametrize("name", ["release", "unschedule", "expiry", "correct"])
def test_who_may_not_publish_there_decides_nothing(
    name: str, reporter: User, client_for: Callable[[User], Client], live: Live
) -> None:
    row = live()
    article = changed(row)
    Article.objects.update(created_by=reporter)
    address = reverse(f"admin:articles_article_{name}", args=[article.pk])
    desk = client_for(reporter)
    for answer in (desk.get(address), desk.post(address, {"_now": "", "text": "x"})):
        assert answer.status_code == 403
    missing = reverse(f"admin:articles_article_{name}", args=[999_999_999])
    assert desk.get(missing).status_code == 404
    assert PublishedArticle.objects.get().text == row.text


def test_the_button_of_a_form_publishes_nothing_for_who_may_not(
    reporter: User, client_for: Callable[[User], Client], write: Write
) -> None:
    article = write(created_by=reporter)
    fields = form(article, section=article.section_id, _publish="Save and publish")
    client_for(reporter).post(change(article), fields)
    assert not PublishedArticle.objects.exists()


def test_the_history_keeps_what_was_proposed_beside_what_was_decided(
    desk: Client, live: Live
) -> None:
    article = changed(live(body="<p>12 came.</p>"), "<p>13 came.</p>")
    desk.post(release(article), sent(desk, article, kind="silent", _now=""))
    act = History.objects.filter(verb="publish").latest("pk")
    assert (act.details["proposed"], act.details["change"]) == ("correction", "silent")


def test_a_version_republished_without_a_change_offers_a_correction_only(
    desk: Client, live: Live
) -> None:
    row = live()
    page = desk.get(release(row.article)).content.decode()
    assert "nothing new to publish" in page
    assert 'name="_now"' not in page


def test_hostile_words_in_the_page_stay_words(desk: Client, live: Live) -> None:
    row = live("<script>alert(1)</script>")
    article = changed(row, "<p>&lt;script&gt;x()&lt;/script&gt; \u202e1234 “\u202equote”</p>")
    page = desk.get(release(article)).content.decode()
    assert "<script>alert" not in page
    assert "<script>x()" not in page
    publish(article, by=None)


def test_a_correction_released_twice_at_the_same_moment_stands_once(
    desk: Client, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live()
    article = changed(row)
    fields = sent(desk, article, kind="correction", text="It opened today.")
    look = release_page._before

    def meanwhile(article: Article, latest: Revision) -> release_page.Before:
        """The first press is through when the second has looked and not published yet."""
        before = look(article, latest)
        monkeypatch.setattr(release_page, "_before", look)
        desk.post(release(article), fields)
        return before

    monkeypatch.setattr(release_page, "_before", meanwhile)
    page = desk.post(release(article), fields)
    assert "Meanwhile there is another version" in page.content.decode()
    assert Change.objects.corrections().count() == 1
