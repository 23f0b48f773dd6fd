"""The verbs from the command line are the verbs of the buttons."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Article, History, PublishedArticle, Tombstone
from newsroom.accounts.models import User

Write = Callable[..., Article]


def do(verb: str, article: Article, **more: str) -> None:
    call_command("article", verb, str(article.pk), **more)
    article.refresh_from_db()


def test_every_verb_runs_from_the_command_line(write: Write, chief: User) -> None:
    article = write()
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC)):
        do("schedule", article, at="2026-06-02T06:00", by=chief.email)
        assert article.publish_at == datetime(2026, 6, 2, 6, tzinfo=UTC)
        do("unschedule", article)
        assert article.publish_at is None
        do("publish", article, by=chief.email)
        assert PublishedArticle.objects.exists()
        do("expire", article, at="2026-06-03T06:00")
        assert article.withdraw_at is not None
    do("withdraw", article, reason="A court forbids it.", kind="legal")
    assert Tombstone.objects.get().kind == "legal"
    do("restore", article)
    do("unpublish", article)
    assert article.state == "draft"
    assert History.objects.get(verb="publish").by == chief


@pytest.mark.parametrize(
    ("verb", "more", "problem"),
    [
        ("schedule", {}, "Give --at"),
        ("schedule", {"at": "2020-01-01T06:00"}, "over"),
        ("schedule", {"at": "soon"}, "a date and a time"),
        ("withdraw", {}, "Say why"),
        ("publish", {"by": "nobody@paper.test"}, "no account"),
    ],
)
def test_a_verb_that_is_refused_says_why(
    write: Write, verb: str, more: dict[str, str], problem: str
) -> None:
    article = write()
    with pytest.raises(CommandError, match=problem):
        do(verb, article, **more)
    with pytest.raises(CommandError, match="no article"):
        call_command("article", "publish", "987654")
