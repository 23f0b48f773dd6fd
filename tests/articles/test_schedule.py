"""Plans: what is scheduled goes live at its minute, once, and says so when it could not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, History, PublishedArticle, Section, Tombstone
from articles.models.kinds import ChangeKind
from articles.publishing import (
    CannotPublish,
    due,
    expire_at,
    publish,
    publish_by_hand,
    schedule,
    unpublish,
    unschedule,
    withdraw,
)
from articles.publishing.due import SomeFailed, run_due
from articles.publishing.quiet import Quiet
from articles.revisions import revise
from newsroom.accounts.models import User
from newsroom.pages.models import QuietWindow

Write = Callable[..., Article]
Live = Callable[..., PublishedArticle]

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def act(verb: str) -> History:
    return History.objects.get(verb=verb)


def edit(article: Article, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    revise(article, by=None)


@pytest.fixture
def silence(db: None) -> QuietWindow:
    """Three hours of quiet, from 11:00 UTC on that day."""
    return QuietWindow.objects.create(
        name="Election silence", kind="dated", starts_at=NOON - HOUR, ends_at=NOON + 2 * HOUR
    )


def test_a_scheduled_article_is_invisible_until_its_minute_and_then_there(
    client: Client, write: Write, chief: User
) -> None:
    article = write("Budget passes", topics=["Budget"])
    schedule(article, by=chief, publish_at=NOON, at=NOON - HOUR)
    assert article.is_scheduled
    assert run_due(NOON - SECOND) == 0
    assert "Budget passes" not in client.get("/").content.decode()
    assert client.get(f"/city/budget-passes-{article.pk}/").status_code == 404
    assert run_due(NOON) == 1
    assert "Budget passes" in client.get("/").content.decode()
    row = PublishedArticle.objects.get()
    assert row.published_at == NOON


def test_it_is_published_once_however_often_the_tick_looks(write: Write, chief: User) -> None:
    schedule(write(), by=chief, publish_at=NOON, at=NOON - HOUR)
    assert [run_due(NOON + n * SECOND) for n in range(3)] == [1, 0, 0]
    assert History.objects.filter(verb="publish").count() == 1
    assert not Article.objects.get().is_scheduled


def test_the_planned_version_goes_live_not_what_was_saved_later(write: Write, chief: User) -> None:
    article = write("As approved")
    schedule(article, by=chief, publish_at=NOON, at=NOON - HOUR)
    edit(article, headline="Half rewritten", workflow="in_edit")
    run_due(NOON)
    assert PublishedArticle.objects.get().headline == "As approved"
    article = Article.objects.get()
    assert article.has_unpublished_changes
    assert article.workflow == "in_edit"


def test_the_next_version_of_a_live_story_is_scheduled_with_what_readers_are_told(
    live: Live, chief: User
) -> None:
    article = live("First figures", at=NOON - 24 * HOUR).article
    edit(article, headline="Second figures")
    schedule(
        article, by=chief, publish_at=NOON, change=ChangeKind.CORRECTION,
        text="The first figures were wrong.", at=NOON - HOUR,
    )  # fmt: skip
    assert PublishedArticle.objects.get().headline == "First figures"
    run_due(NOON)
    row = PublishedArticle.objects.get()
    assert (row.headline, row.updated_at, row.corrections) == ("Second figures", NOON, 1)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"publish_at": NOON - SECOND}, "over"),
        ({"publish_at": NOON}, "over"),
        ({"publish_at": NOON + HOUR, "change": ChangeKind.CORRECTION}, "what was wrong"),
    ],
)
def test_a_plan_for_the_past_or_without_its_words_is_refused(
    write: Write, wrong: dict[str, Any], problem: str
) -> None:
    article = write()
    with pytest.raises(ValueError, match=problem):
        schedule(article, by=None, at=NOON, **wrong)
    assert not Article.objects.get().is_scheduled
    assert not History.objects.exclude(verb="save").exists()


def test_what_could_not_go_live_now_cannot_be_scheduled(write: Write) -> None:
    article = write(section=None)
    with pytest.raises(CannotPublish, match="section"):
        schedule(article, by=None, publish_at=NOON, at=NOON - HOUR)


def test_a_plan_is_replaced_and_forgotten_and_the_history_tells(write: Write, chief: User) -> None:
    article = write()
    schedule(article, by=chief, publish_at=NOON, at=NOON - HOUR)
    schedule(article, by=chief, publish_at=NOON + HOUR, at=NOON - HOUR)
    unschedule(article, by=chief, at=NOON - HOUR)
    unschedule(article, by=chief, at=NOON - HOUR)
    assert not article.is_scheduled
    assert run_due(NOON + 2 * HOUR) == 0
    acts = History.objects.exclude(verb="save").order_by("pk")
    assert [one.verb for one in acts] == ["schedule", "schedule", "unschedule"]
    assert acts[1].details["from"]["publish_at"] == NOON.isoformat()
    assert acts[2].by == chief


def test_after_an_hour_without_a_worker_it_goes_live_at_once_and_that_is_said(
    write: Write, chief: User
) -> None:
    schedule(write(), by=chief, publish_at=NOON, at=NOON - HOUR)
    assert run_due(NOON + HOUR) == 1
    assert act("publish").details["late_seconds"] == 3600
    # Readers could not have seen it at noon.
    assert PublishedArticle.objects.get().published_at == NOON + HOUR


def test_a_minute_late_is_in_time(write: Write, chief: User) -> None:
    schedule(write(), by=chief, publish_at=NOON, at=NOON - HOUR)
    run_due(NOON + MINUTE)
    assert "late_seconds" not in act("publish").details
    assert PublishedArticle.objects.get().published_at == NOON


def test_what_cannot_be_published_at_its_minute_says_why_and_keeps_no_other_waiting(
    write: Write, chief: User
) -> None:
    bad, good = write("Bad"), write("Good")
    schedule(bad, by=chief, publish_at=NOON - SECOND, at=NOON - HOUR)
    schedule(good, by=chief, publish_at=NOON, at=NOON - HOUR)
    # The section is forgotten in a version that was checked before: an import, an older rule.
    revision = bad.scheduled_revision
    assert revision is not None
    revision.snapshot["section_id"] = None
    revision.save()
    assert run_due(NOON) == 1
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Good"]
    failure = act("publish_failed")
    assert failure.article_id == bad.pk
    assert "section" in failure.note
    bad.refresh_from_db()
    assert (bad.is_scheduled, bad.state) == (False, "draft")
    assert run_due(NOON + MINUTE) == 0


def test_an_error_at_its_minute_is_tried_again_and_keeps_no_other_waiting(
    write: Write, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headline in ("Bad", "Good"):
        schedule(write(headline), by=chief, publish_at=NOON, at=NOON - HOUR)
    real = publish

    def fails(article: Article, **how: Any) -> Any:
        if article.headline == "Bad":
            raise RuntimeError("the disk is full")
        return real(article, **how)

    monkeypatch.setattr(due, "publish", fails)
    with pytest.raises(SomeFailed, match="RuntimeError"):
        run_due(NOON)
    assert [row.headline for row in PublishedArticle.objects.all()] == ["Good"]
    monkeypatch.undo()
    assert run_due(NOON + 5 * SECOND) == 1


def test_withdrawing_and_unpublishing_forget_the_plan(live: Live, chief: User) -> None:
    for deed in (unpublish, lambda a, by: withdraw(a, by=by, reason="Wrong.")):
        article = live().article
        edit(article, headline=f"Next {article.pk}")
        schedule(article, by=chief, publish_at=NOON, at=NOON - HOUR)
        expire_at(article, by=chief, when=NOON + HOUR, at=NOON - HOUR)
        deed(article, by=chief)
        assert (article.publish_at, article.withdraw_at) == (None, None)
    assert run_due(NOON + 2 * HOUR) == 0
    assert not PublishedArticle.objects.exists()


def test_publishing_by_hand_replaces_the_plan(write: Write, chief: User) -> None:
    article = write()
    schedule(article, by=chief, publish_at=NOON, at=NOON - HOUR)
    publish(article, by=chief)
    unpublish(article, by=chief)
    assert run_due(NOON) == 0
    assert Article.objects.get().state == "draft"


@pytest.mark.django_db(transaction=True)
def test_four_ticks_at_the_same_moment_publish_once(crowd: Callable[..., list[Any]]) -> None:
    def plan() -> int:
        section = Section.objects.create(name="City", slug="city")
        article = Article.objects.create(headline="Once", body="<p>It is.</p>", section=section)
        revise(article, by=None)
        schedule(article, by=None, publish_at=NOON, at=NOON - HOUR)
        return article.pk

    crowd(plan, 1)
    assert sum(crowd(lambda: run_due(NOON))) == 1
    assert crowd(History.objects.filter(verb="publish").count, 1) == [1]


# Expiry


def test_an_expired_article_answers_410_with_its_reason_and_leaves_every_list(
    client: Client, live: Live, chief: User
) -> None:
    row = live("Rented picture story")
    expire_at(row.article, by=chief, when=NOON, reason="The rights ended.", at=NOON - HOUR)
    assert run_due(NOON - SECOND) == 0
    assert run_due(NOON) == 1
    gone = client.get(row.get_absolute_url())
    assert gone.status_code == 410
    assert "The rights ended." in gone.content.decode()
    assert "Rented picture story" not in client.get("/").content.decode()
    assert (Tombstone.objects.get().kind, act("withdraw").by) == ("expired", None)
    assert run_due(NOON + MINUTE) == 0


def test_without_a_reason_readers_are_told_that_its_time_is_over(
    client: Client, live: Live
) -> None:
    row = live()
    expire_at(row.article, by=None, when=NOON, at=NOON - HOUR)
    run_due(NOON)
    assert "limited time" in client.get(row.get_absolute_url()).content.decode()


def test_an_end_can_be_taken_back(live: Live, chief: User) -> None:
    article = live().article
    expire_at(article, by=chief, when=NOON, at=NOON - HOUR)
    expire_at(article, by=chief, when=None, at=NOON - HOUR)
    assert run_due(NOON + HOUR) == 0
    assert PublishedArticle.objects.exists()


def test_an_article_does_not_end_before_it_begins(write: Write) -> None:
    article = write()
    schedule(article, by=None, publish_at=NOON, at=NOON - HOUR)
    with pytest.raises(ValueError, match="only after"):
        expire_at(article, by=None, when=NOON, at=NOON - HOUR)
    with pytest.raises(ValueError, match="over"):
        expire_at(article, by=None, when=NOON - 2 * HOUR, at=NOON - HOUR)
    expire_at(article, by=None, when=NOON + HOUR, at=NOON - HOUR)
    with pytest.raises(ValueError, match="leave the readers"):
        schedule(article, by=None, publish_at=NOON + HOUR, at=NOON - HOUR)


def test_what_expired_while_the_worker_was_down_is_not_published_for_a_moment(
    write: Write,
) -> None:
    article = write()
    expire_at(article, by=None, when=NOON + HOUR, at=NOON - HOUR)
    schedule(article, by=None, publish_at=NOON, at=NOON - HOUR)
    assert run_due(NOON + 2 * HOUR) == 0
    assert not History.objects.filter(verb="publish").exists()
    assert "over" in act("publish_failed").note


# Quiet windows


def test_in_a_quiet_window_a_plan_waits_for_its_end(
    write: Write, chief: User, silence: QuietWindow
) -> None:
    schedule(write(), by=chief, publish_at=NOON, at=NOON - 2 * HOUR)
    assert run_due(NOON) == 0
    assert run_due(NOON + 2 * HOUR - SECOND) == 0
    assert run_due(NOON + 2 * HOUR) == 1
    row = PublishedArticle.objects.get()
    assert row.published_at == NOON + 2 * HOUR
    details = act("publish").details
    assert details["held_until"] == (NOON + 2 * HOUR).isoformat()
    assert "late_seconds" not in details


def test_a_plan_missed_before_the_window_waits_too(write: Write, silence: QuietWindow) -> None:
    schedule(write(), by=None, publish_at=NOON - 2 * HOUR, at=NOON - 3 * HOUR)
    assert run_due(NOON) == 0
    assert run_due(NOON + 2 * HOUR) == 1
    assert act("publish").details["late_seconds"] == 4 * 3600


def test_an_override_with_a_reason_goes_through_and_is_logged(
    write: Write, chief: User, silence: QuietWindow
) -> None:
    schedule(
        write(), by=chief, publish_at=NOON, override="A flood warning", at=NOON - 2 * HOUR
    )  # fmt: skip
    assert run_due(NOON) == 1
    broken = act("override")
    assert (broken.by, broken.note) == (chief, "A flood warning")
    assert broken.details["window"] == "Election silence"


def test_by_hand_nothing_is_published_in_a_quiet_window_without_a_reason(
    write: Write, chief: User, silence: QuietWindow
) -> None:
    article = write()
    with pytest.raises(Quiet, match="Election silence") as refusal:
        publish_by_hand(article, by=chief, at=NOON, override="  ")
    assert set(refusal.value.problems) == {"override"}
    assert not PublishedArticle.objects.exists()
    publish_by_hand(article, by=chief, at=NOON, override="A flood warning")
    assert PublishedArticle.objects.exists()
    assert act("override").note == "A flood warning"


def test_outside_quiet_windows_no_reason_is_asked_for(
    write: Write, chief: User, silence: QuietWindow
) -> None:
    publish_by_hand(write(), by=chief, at=NOON + 2 * HOUR)
    assert not History.objects.filter(verb="override").exists()


def test_the_end_of_an_article_does_not_wait_for_the_end_of_the_window(
    live: Live, silence: QuietWindow
) -> None:
    expire_at(live().article, by=None, when=NOON, at=NOON - 2 * HOUR)
    assert run_due(NOON) == 1


def test_when_nothing_is_due_the_tick_asks_two_questions(
    write: Write, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _number in range(3):
        schedule(write(), by=None, publish_at=NOON, at=NOON - HOUR)
    run_due(NOON - HOUR)
    with django_assert_max_num_queries(4):  # with the generations of the paper's identity
        assert run_due(NOON - HOUR) == 0


def test_hostile_words_in_a_plan_are_kept_harmlessly(write: Write, silence: QuietWindow) -> None:
    article = write()
    schedule(
        article, by=None, publish_at=NOON, text="a\x00b", override="x\x00" * 100_000,
        at=NOON - 2 * HOUR,
    )  # fmt: skip
    expire_at(article, by=None, when=NOON + HOUR, reason="\x00<script>", at=NOON - 2 * HOUR)
    article.refresh_from_db()
    assert article.scheduled_text == "ab"
    assert len(article.scheduled_override) <= 300
    assert "\x00" not in article.scheduled_override + article.withdraw_reason
