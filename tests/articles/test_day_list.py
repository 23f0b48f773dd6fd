"""The plan of a day: who, length, picture, due, state; planned by who publishes there."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.day import of_day
from articles.models import Article, History, PublishedArticle, Section
from articles.models.kinds import Workflow
from articles.publishing.plan import plan
from newsroom.accounts.models import User

DAY = "/admin/articles/article/day/"
Log = Callable[[User], Client]
Write = Callable[..., Article]


def noon(days: int = 0) -> datetime:
    return timezone.localtime().replace(hour=12, minute=0) + timedelta(days=days)


def test_a_planned_story_stands_in_the_day_with_who_length_picture_due_and_state(
    editor: User, reporter: User, client_for: Log, section: Section
) -> None:
    desk = client_for(editor)
    fields = {"headline": "Council votes", "section": section.pk, "assigned_to": reporter.pk,
              "due_at": f"{noon(1):%Y-%m-%dT%H:%M}", "planned_words": "600",
              "planned_picture": "agency"}  # fmt: skip
    page = desk.post(DAY, fields, follow=True).content.decode()
    for words in ("Council votes", reporter.name, "600", "agency", "12:00", "Planned", "City"):
        assert words in page
    article = Article.objects.get()
    assert (article.workflow, article.created_by) == (Workflow.PLANNED, editor)
    assert [*History.objects.order_by("pk").values_list("verb", flat=True)] == ["save", "plan"]
    assert "Council votes" not in desk.get(DAY).content.decode()  # not of today
    assert not PublishedArticle.objects.exists()


def test_who_a_story_is_given_to_may_write_it_and_finds_it_on_the_desk(
    reporter: User, client_for: Log, write: Write
) -> None:
    article = write("Given", assigned_to=reporter, due_at=noon(), workflow=Workflow.PLANNED)
    desk = client_for(reporter)
    panels = {str(panel.title): panel for panel in desk.get("/admin/").context["panels"]}
    assert [row.label for row in panels["My work"].rows] == ["Given"]
    assert (
        'name="headline"'
        in desk.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    )


def test_changing_the_plan_changes_neither_text_nor_stage(
    editor: User, client_for: Log, write: Write
) -> None:
    article = write("As it was", due_at=noon())
    desk = client_for(editor)
    fields = {"headline": "Other words", "due_at": f"{noon():%Y-%m-%dT%H:%M}",
              "planned_words": "900"}  # fmt: skip
    desk.post(f"{DAY}?change={article.pk}", fields)
    again = Article.objects.get()
    assert (again.headline, again.planned_words) == ("As it was", 900)
    assert again.latest_revision_id == article.latest_revision_id
    assert not plan(again, by=editor, plan={"planned_words": 900})  # nothing new, no act
    assert History.objects.filter(verb="plan").count() == 1


def test_what_was_not_kept_is_carried_over_to_today_until_it_is_live(
    write: Write, live: Callable[..., PublishedArticle]
) -> None:
    overdue, today = write("Overdue", due_at=noon(-2)), write("Today", due_at=noon())
    live("Done", due_at=noon(-2))
    write("Forgotten", due_at=noon(-30))
    assert [*of_day(timezone.localdate())] == [overdue, today]
    assert [article.headline for article in of_day(timezone.localdate() - timedelta(days=2))] == [
        "Overdue", "Done",
    ]  # fmt: skip


def test_only_who_publishes_in_the_section_plans(
    chief: User, editor: User, reporter: User, letters: User,
    client_for: Log, write: Write, section: Section,
) -> None:  # fmt: skip
    article = write(due_at=noon())
    section.editors.add(chief)
    fields = {"headline": "Mine", "section": section.pk, "due_at": f"{noon():%Y-%m-%dT%H:%M}"}
    assert client_for(letters).get(DAY).status_code == 403
    reading = client_for(reporter).get(DAY)
    assert reading.status_code == 200
    assert "Plan a story" not in reading.content.decode()
    assert client_for(reporter).post(DAY, fields).status_code == 403
    assert client_for(editor).post(DAY, fields).status_code == 200  # no such choice of section
    assert client_for(editor).get(f"{DAY}?change={article.pk}").status_code == 403
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [("?on=%00", 404), ("?on=0001-01-01", 404), ("?on=9999-12-31", 404), ("?on=today", 404),
     ("?change=%00", 404), ("?change=" + "9" * 30, 404), ("?change=²", 404),
     ("?on=2026-03-27", 200)],
)  # fmt: skip
def test_odd_days_are_not_found(query: str, status: int, editor: User, client_for: Log) -> None:
    assert client_for(editor).get(DAY + query).status_code == status


def test_odd_plans_are_errors_beside_their_fields(editor: User, client_for: Log) -> None:
    fields = {"headline": "\u200b", "due_at": "2026-99-99T10:00", "planned_words": "-1",
              "assigned_to": "9" * 30, "section": "x", "planned_picture": "p" * 500}  # fmt: skip
    answer = client_for(editor).post(DAY, fields)
    assert answer.status_code == 200
    assert {*fields} == {*answer.context["form"].errors}
    assert not Article.objects.exists()
