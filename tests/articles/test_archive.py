"""The archive: its numbers are those of the published rows, its pages are of days with stories."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS

from articles.archive import counting
from articles.archive.counting import count_all
from articles.models import ArchivePeriod, Article, Calendar, PublishedArticle
from articles.publishing import publish, restore, schedule, unpublish, withdraw
from articles.publishing.due import run_due
from articles.queries import PAGE
from articles.revisions import revise
from newsroom.pages.models import SiteSettings

Live = Callable[..., PublishedArticle]
Write = Callable[..., Article]
NOON = datetime(2024, 5, 17, 12, tzinfo=UTC)


def numbers(kind: str = "day") -> dict[str, int]:
    """What is kept of a kind, by the first day."""
    rows = ArchivePeriod.objects.filter(kind=kind, calendar__is_whole=True)
    return {str(start): count for start, count in rows.values_list("start", "count")}


# Numbers --------------------------------------------------------------------------------------


def test_the_numbers_follow_every_verb(live: Live, write: Write) -> None:
    first, second = live("One", at=NOON), live("Two", at=NOON + timedelta(days=20))
    assert numbers() == {"2024-05-17": 1, "2024-06-06": 1}
    assert numbers("month") == {"2024-05-01": 1, "2024-06-01": 1}
    assert numbers("year") == {"2024-01-01": 2}
    unpublish(first.article, by=None)
    assert (numbers(), numbers("year")) == ({"2024-06-06": 1}, {"2024-01-01": 1})
    publish(first.article, by=None)
    assert numbers()["2024-05-17"] == 1
    withdraw(second.article, by=None, reason="Not true.")
    withdraw(second.article, by=None, reason="Not true at all.")
    assert (numbers(), numbers("month")) == ({"2024-05-17": 1}, {"2024-05-01": 1})
    restore(second.article, by=None)
    for _again in range(3):  # the same story again is still one story
        publish(second.article, by=None, revision=revise(second.article, by=None))
    assert numbers("year") == {"2024-01-01": 2}
    write("A draft")
    assert numbers("year") == {"2024-01-01": 2}


def test_a_story_that_gets_another_first_day_moves(live: Live) -> None:
    article = live("One", at=NOON).article
    Article.objects.filter(pk=article.pk).update(first_published_at=NOON - timedelta(days=40))
    publish(article, by=None)
    assert numbers() == {"2024-04-07": 1}
    assert numbers("month") == {"2024-04-01": 1}


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Jerusalem", "2024-05-17T21:30Z", "2024-05-18"),
        ("America/New_York", "2024-05-18T03:59Z", "2024-05-17"),
        # The day on which the clocks go forward at midnight, and the one with 25 hours.
        ("Asia/Beirut", "2024-03-30T22:30Z", "2024-03-31"),
        ("Asia/Beirut", "2024-03-30T21:59Z", "2024-03-30"),
        ("Africa/Cairo", "2024-10-31T21:30Z", "2024-10-31"),
        ("Pacific/Kiritimati", "2024-12-31T10:00Z", "2025-01-01"),
    ],
)
def test_days_are_those_of_the_papers_clock(live: Live, zone: str, moment: str, day: str) -> None:
    SiteSettings(time_zone=zone).save()
    live(at=datetime.fromisoformat(moment))
    assert numbers() == {day: 1}


def test_another_time_zone_is_counted_in_the_background_and_the_old_one_stands_until_then(
    live: Live, client: Client, run_tasks: Callable[[], None]
) -> None:
    late = datetime(2024, 5, 17, 22, tzinfo=UTC)
    live("One", at=late)
    SiteSettings(time_zone="Asia/Tokyo").save()
    assert client.get("/archive/2024/05/17/").status_code == 200
    live("Two", at=late + timedelta(minutes=1))
    assert numbers() == {"2024-05-17": 2}
    run_tasks()
    assert numbers() == {"2024-05-18": 2}
    assert client.get("/archive/2024/05/17/").status_code == 404
    assert client.get("/archive/2024/05/18/").status_code == 200
    assert Calendar.objects.count() == 1


def test_what_is_published_while_days_are_counted_is_counted_once(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        live(f"Story {number}", at=NOON + timedelta(days=number))
    look = counting._wrong_days

    def and_meanwhile(calendar: Calendar) -> list[date]:
        wrong: list[date] = look(calendar)
        live("Meanwhile", at=NOON)
        live("On a day of its own", at=NOON + timedelta(days=400))
        withdraw(PublishedArticle.objects.get(headline="Story 2").article, by=None, reason="No.")
        return wrong

    monkeypatch.setattr(counting, "_wrong_days", and_meanwhile)
    SiteSettings.objects.update_or_create(pk=1, defaults={"time_zone": "Asia/Tokyo"})
    count_all(timezone.now())
    assert numbers() == {"2024-05-17": 2, "2024-05-18": 1, "2025-06-21": 1}
    assert numbers("year") == {"2024-01-01": 3, "2025-01-01": 1}


def test_an_archive_that_was_there_before_its_numbers_is_counted_by_the_tick(
    live: Live, client: Client
) -> None:
    for number in range(3):
        live(f"Story {number}", at=NOON + timedelta(hours=number))
    Calendar.objects.all().delete()
    assert client.get("/archive/").status_code == 200
    assert client.get("/archive/2024/").status_code == 404
    assert count_all(timezone.now()) == 1
    assert numbers() == {"2024-05-17": 3}
    assert count_all(timezone.now()) == 0


def test_wrong_numbers_are_found_and_mended(live: Live) -> None:
    live("One", at=NOON)
    live("Two", at=NOON + timedelta(days=40))
    days = ArchivePeriod.objects.filter(kind="day")
    days.filter(start="2024-05-17").update(count=7)
    days.filter(start="2024-06-26").update(start="2024-06-27")
    assert count_all(timezone.now()) == 3
    assert numbers() == {"2024-05-17": 1, "2024-06-26": 1}
    assert numbers("year") == {"2024-01-01": 2}


# Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def archive(live: Live) -> None:
    for day in (date(2019, 1, 31), date(2023, 12, 31), date(2024, 5, 3), date(2024, 5, 17)):
        live(f"Story of {day}", at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    live("Evening", at=datetime(2024, 5, 17, 19, 30, tzinfo=UTC))


def hrefs(client: Client, address: str) -> list[str]:
    page = client.get(address)
    assert page.status_code == 200, address
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.findall(r'href="(/archive/[0-9/]*)"', main)


@pytest.mark.usefixtures("archive")
def test_the_archive_leads_from_years_to_months_to_days_and_never_to_an_empty_page(
    client: Client,
) -> None:
    seen, edge = set(), ["/archive/"]
    while edge:
        address = edge.pop()
        if address not in seen:
            seen.add(address)
            edge += hrefs(client, address)
    assert {address for address in seen if address.count("/") == 5} == {
        "/archive/2019/01/31/", "/archive/2023/12/31/", "/archive/2024/05/03/",
        "/archive/2024/05/17/",
    }  # fmt: skip
    assert {address for address in seen if address.count("/") == 3} == {
        "/archive/2019/", "/archive/2023/", "/archive/2024/",
    }  # fmt: skip


@pytest.mark.usefixtures("archive")
def test_impossible_empty_and_misspelt_dates_are_no_pages(client: Client) -> None:
    for path in (
        "2020/", "2018/", "2025/", "9999/", "0000/", "0024/", "99999/", "24/", "٢٠٢٤/", "２０２４/",
        "2024/13/", "2024/00/", "2024/5/", "2024/005/", "2024/06/", "2024/٠٥/", "2024/05/00/",
        "2024/05/32/", "2024/02/30/", "2023/02/29/", "2024/05/3/", "2024/05/04/", "2024/05/17/x/",
        "2024/05/17/?before=20240516T120000Z-1", "2024/05/17/?before=20240518T000000Z-1",
        "2024/05/17/?before=x", "2024/05/17/?before=20240517T000000Z-1", "-2024/", "2024.5/",
    ):  # fmt: skip
        assert client.get(f"/archive/{path}").status_code == 404, path


@pytest.mark.usefixtures("archive")
def test_a_month_is_a_calendar_with_its_days_numbers(client: Client) -> None:
    page = client.get("/archive/2024/05/").content.decode()
    table = page.partition("<table")[2].partition("</table>")[0]
    assert re.findall(r'href="(/archive/[0-9/]*)"', table) == [
        "/archive/2024/05/03/", "/archive/2024/05/17/",
    ]  # fmt: skip
    assert "Friday, 17 May 2024: 2 stories" in table
    assert re.findall(r'<abbr title="(\w+)"', table)[0] == "Sunday"
    # 1 May 2024 was a Wednesday: the fourth cell of the first row.
    first = table.partition("<tbody>")[2].partition("</tr>")[0]
    assert re.findall(r"<td>(.*?)</td>", first)[2:4] == ["", "<span>1</span>"]


@pytest.mark.usefixtures("archive")
def test_the_week_begins_as_the_language_has_it(client: Client) -> None:
    sunday, monday = 6, 0
    for language, first in {
        "en": sunday, "he": sunday, "ar": sunday, "fr": monday, "de": monday, "es": monday
    }.items():  # fmt: skip
        SiteSettings(language=language).save()
        page = client.get("/archive/2024/05/").content.decode()
        with translation.override(language):
            assert re.findall(r'<abbr title="([^"]+)"', page)[0] == str(WEEKDAYS[first])


@pytest.mark.usefixtures("archive")
def test_each_page_leads_to_the_nearest_before_and_after_that_have_stories(client: Client) -> None:
    def sides(address: str) -> list[str]:
        page = client.get(address).content.decode()
        return re.findall(r'rel="(?:prev|next)" href="(/archive/[^"]*)"', page)

    assert sides("/archive/2023/") == ["/archive/2019/", "/archive/2024/"]
    assert sides("/archive/2023/12/") == ["/archive/2019/01/", "/archive/2024/05/"]
    assert sides("/archive/2024/05/03/") == ["/archive/2023/12/31/", "/archive/2024/05/17/"]
    assert sides("/archive/2024/05/17/") == ["/archive/2024/05/03/"]


def test_a_busy_day_is_paged_and_every_story_stands_there_once(client: Client, live: Live) -> None:
    for number in range(2 * PAGE + 3):
        live(f"Story {number:02}", at=NOON + timedelta(minutes=number // 2))
    live("The day after", at=NOON + timedelta(days=1))
    seen: list[str] = []
    address = "/archive/2024/05/17/"
    while address:
        context = client.get(address).context
        seen += [card.headline for card in context["cards"]]
        address = f"/archive/2024/05/17/{older}" if (older := context["pager"].older) else ""
    assert seen == [f"Story {number:02}" for number in reversed(range(2 * PAGE + 3))]


@pytest.mark.usefixtures("archive")
def test_the_box_for_a_date_leads_to_the_days_page(client: Client) -> None:
    assert 'name="day"' in client.get("/archive/").content.decode()
    answer = client.get("/archive/", {"day": "2024-05-17"})
    assert (answer.status_code, answer["Location"]) == (302, "/archive/2024/05/17/")
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.usefixtures("archive")
def test_the_box_says_what_is_wrong_and_where_the_nearest_stories_are(client: Client) -> None:
    answer = client.get("/archive/", {"day": "2024-05-04"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Nothing was published on Saturday, 4 May 2024." in page
    near = page.partition("nearest days")[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]*)"', near) == ["/archive/2024/05/03/", "/archive/2024/05/17/"]
    for odd in (
        "", "x", "2024-02-30", "2024-5-4", "20240504", "\x00", "٢٠٢٤-٠٥-٠٤", "9" * 9999,
        "//evil.example", "2024-W20-5", "2024-05-1 ", "0001-01-01", "9999-12-31",
    ):  # fmt: skip
        assert client.get("/archive/", {"day": odd}).status_code == 404, odd


@pytest.mark.usefixtures("archive")
def test_pages_of_the_archive_keep_the_budget(client: Client, live: Live) -> None:
    for number in range(2 * PAGE):
        live(f"Story {number:02}", at=NOON + timedelta(minutes=number))
    for address in (
        "/archive/", "/archive/2024/", "/archive/2024/05/", "/archive/2024/05/17/",
        "/archive/2024/05/17/?before=20240517T121500Z-1",
    ):  # fmt: skip
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 8, (address, [query["sql"] for query in asked])


def test_an_empty_archive_says_so(client: Client, section: object) -> None:
    assert "Nothing has been published here yet." in client.get("/archive/").content.decode()
    assert client.get("/archive/", {"day": "2024-05-04"}).status_code == 404


def test_numbers_stand_still_until_the_minute(live: Live, write: Write, client: Client) -> None:
    live("Open", at=timezone.now())

    def shown() -> str:
        return client.get("/archive/").content.decode()

    before = shown()
    article = write("Embargoed")
    at = timezone.now() + timedelta(minutes=30)
    schedule(article, by=None, publish_at=at, revision=article.latest_revision)
    run_due(at - timedelta(seconds=1))
    assert shown() == before
    run_due(at)
    assert sum(numbers("year").values()) == 2
