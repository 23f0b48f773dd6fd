"""The demo paper has a queue to look at, and no reader is written to."""

from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

import articles.demo
import articles.reports.demo
import newsroom.accounts.demo
from articles.reports.models import ErrorReport
from articles.reports.passages import place_of

CONTENT = Path(articles.demo.__file__).parent / "content"


@pytest.mark.django_db
def test_the_demo_has_a_queue_once_with_passages_that_stand_where_they_say(run_tasks) -> None:
    newsroom.accounts.demo.seed()
    articles.demo.seed(CONTENT, {}, at=timezone.now())
    for _time in range(2):
        articles.reports.demo.seed(CONTENT, at=timezone.now())
    states = sorted(ErrorReport.objects.values_list("state", flat=True))
    assert states == ["closed", "in_hand", "new", "new"]
    for report in ErrorReport.objects.exclude(passage=""):
        assert place_of(report.passage, report.revision.snapshot), report.passage
    run_tasks()
    assert mail.outbox == []
