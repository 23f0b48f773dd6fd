"""Breaking news and live coverage have the same feeds, with dates as true."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.breaking.announcing import announce, change, remove
from articles.breaking.models import BreakingItem
from articles.live.closing import coverage_of
from articles.live.posting import delete, post
from articles.live.words import Words
from articles.models import PublishedArticle
from articles.models.kinds import Kind
from articles.publishing import unpublish
from newsroom.pages.models import SiteSettings
from tests.articles.feeds.conftest import FORMATS
from tests.articles.feeds.rules import CHECKS

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Place = BreakingItem.Place


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def seen(client: Client, address: str, minutes: float) -> tuple[bytes, str]:
    """The feed and its date so many minutes after noon."""
    with time_machine.travel(later(minutes), tick=False):
        answer = client.get(address)
        return answer.content, answer["Last-Modified"]


@pytest.mark.parametrize("form", FORMATS)
def test_breaking_news_and_live_posts_are_by_the_rules_of_every_format(
    client: Client, site: SiteSettings, live: Callable[..., PublishedArticle], form: str
) -> None:
    row = live("Ferry aground", kind=Kind.LIVE)
    coverage = coverage_of(row.article)
    post(coverage, by=None, words=Words(text="All ashore.\n\nhttps://port.example/"))
    post(coverage, by=None, words=Words(headline="A & B", text="Two."))
    announce("A < B & \x01 C", by=None)
    announce(article=row.article, by=None)
    for address in ("/breaking/feed/", f"/live/{row.pk}/feed/"):
        CHECKS[form](client.get(f"{address}{form}").content)
    assert client.get("/breaking/feed/rdf/").status_code == 404
    unpublish(row.article, by=None)
    assert client.get(f"/live/{row.pk}/feed/{form}").status_code == 404


def test_a_live_post_is_whole_in_its_feed(
    client: Client, site: SiteSettings, live: Callable[..., PublishedArticle]
) -> None:
    row = live("Ferry aground", kind=Kind.LIVE)
    post(coverage_of(row.article), by=None, words=Words(text="All ashore."))
    (item,) = client.get(f"/live/{row.pk}/feed/json/").json()["items"]
    assert item["content_html"] == "<p>All ashore.</p>"
    assert item["title"] == "All ashore."


def test_a_planned_line_changes_no_byte_before_its_minute_and_the_date_at_it(
    client: Client, site: SiteSettings
) -> None:
    with time_machine.travel(NOON, tick=False):
        announce("First", by=None)
    before = seen(client, "/breaking/feed/", 5)
    with time_machine.travel(later(5), tick=False):
        planned = announce("Second", by=None, starts_at=later(30))
        announce("Small", by=None, place=Place.TICKER)
    assert seen(client, "/breaking/feed/", 29) == before
    content, date = seen(client, "/breaking/feed/", 31)
    assert b"Second" in content
    assert date == "Mon, 04 May 2026 12:30:00 GMT"
    with time_machine.travel(later(40), tick=False):
        change(
            planned, by=None, text="Second, mended", place=Place.BANNER, article=None,
            starts_at=planned.starts_at, ends_at=planned.ends_at,
        )  # fmt: skip
    assert seen(client, "/breaking/feed/", 41)[1] == "Mon, 04 May 2026 12:40:00 GMT"
    with time_machine.travel(later(50), tick=False):
        remove(planned, by=None)
    content, date = seen(client, "/breaking/feed/", 51)
    assert b"Second" not in content
    assert date == "Mon, 04 May 2026 12:50:00 GMT"


def test_a_deleted_post_moves_the_date_of_its_coverage(
    client: Client, site: SiteSettings, live: Callable[..., PublishedArticle]
) -> None:
    with time_machine.travel(NOON, tick=False):
        row = live("Ferry aground", kind=Kind.LIVE)
        made = post(coverage_of(row.article), by=None, words=Words(text="All ashore."))
    address = f"/live/{row.pk}/feed/"
    before = seen(client, address, 5)
    assert seen(client, address, 9) == before
    with time_machine.travel(later(10), tick=False):
        delete(made, by=None)
    content, date = seen(client, address, 11)
    assert b"<item>" not in content
    assert date == "Mon, 04 May 2026 12:10:00 GMT"
