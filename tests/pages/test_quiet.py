"""Quiet windows on the paper's clock, and times that clocks skip or repeat."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.test import Client

from newsroom.accounts.models import User
from newsroom.pages.models import QuietWindow, SiteSettings
from newsroom.pages.quiet import opens_at, window_at
from newsroom.pages.times import PaperTimeField, zone_words

JERUSALEM = ZoneInfo("Asia/Jerusalem")
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _paper_in_jerusalem(db: None) -> None:
    settings = SiteSettings.load()
    settings.time_zone = "Asia/Jerusalem"
    settings.save()


def local(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=JERUSALEM, fold=fold).astimezone(UTC)  # type: ignore[misc,arg-type]


def weekly(name: str, start: tuple[int, int], end: tuple[int, int]) -> QuietWindow:
    return QuietWindow.objects.create(
        name=name, start_weekday=start[0], start_time=time(start[1]),
        end_weekday=end[0], end_time=time(end[1]),
    )  # fmt: skip


def quiet(*parts: int, fold: int = 0) -> bool:
    return window_at(local(*parts, fold=fold)) is not None


def test_a_weekly_window_is_on_from_its_first_minute_until_its_last() -> None:
    weekly("Sabbath", (4, 16), (5, 20))  # Friday 16:00 to Saturday 20:00
    begin, end = local(2026, 6, 5, 16), local(2026, 6, 6, 20)
    for at, expected in (
        (begin - SECOND, False), (begin, True), (end - SECOND, True), (end, False),
        (begin + timedelta(days=7), True), (end + timedelta(days=3), False),
    ):  # fmt: skip
        assert (window_at(at) is not None) is expected, at
    assert opens_at(begin) == end
    assert opens_at(begin - SECOND) == begin - SECOND


def test_a_window_may_run_over_the_end_of_the_week_and_nearly_all_of_it() -> None:
    weekly("Long", (6, 22), (6, 21))  # Sunday 22:00 until Sunday 21:00
    assert quiet(2026, 6, 7, 23)
    assert quiet(2026, 6, 10, 12)
    assert not quiet(2026, 6, 14, 21, 30)
    assert opens_at(local(2026, 6, 8, 0)) == local(2026, 6, 14, 21)


def test_a_dated_window_is_on_once() -> None:
    QuietWindow.objects.create(
        name="Election", kind="dated",
        starts_at=local(2026, 10, 26, 19), ends_at=local(2026, 10, 27, 22),
    )  # fmt: skip
    assert quiet(2026, 10, 27, 12)
    assert not quiet(2026, 10, 27, 22)
    assert not quiet(2025, 10, 27, 12)


def test_windows_that_follow_each_other_are_waited_for_together() -> None:
    weekly("Sabbath", (4, 16), (5, 20))
    QuietWindow.objects.create(
        name="Holiday", kind="dated",
        starts_at=local(2026, 6, 6, 19), ends_at=local(2026, 6, 7, 20),
    )  # fmt: skip
    assert opens_at(local(2026, 6, 5, 17)) == local(2026, 6, 7, 20)
    found = window_at(local(2026, 6, 6, 19, 30))
    assert found is not None
    assert found.name == "Holiday"


def test_a_window_keeps_to_the_papers_clock_when_the_clocks_change() -> None:
    weekly("Night", (6, 1), (6, 3))  # Sunday 01:00 to 03:00; on 25 October 01:00 comes twice
    assert quiet(2026, 10, 25, 1, 0, fold=0)
    assert quiet(2026, 10, 25, 1, 30, fold=1)
    assert opens_at(local(2026, 10, 25, 1)) - local(2026, 10, 25, 1) == timedelta(hours=3)
    QuietWindow.objects.all().delete()
    weekly("Spring", (4, 2), (4, 4))  # Friday 02:00 does not exist on 27 March
    assert not quiet(2026, 3, 27, 1, 59)
    assert quiet(2026, 3, 27, 3, 0)
    assert opens_at(local(2026, 3, 27, 3)) == local(2026, 3, 27, 4)


def test_a_window_out_of_force_and_half_a_window_keep_nothing_quiet() -> None:
    QuietWindow.objects.create(name="Half", start_weekday=0)
    QuietWindow.objects.create(name="Half", kind="dated", starts_at=local(2026, 1, 1))
    window = weekly("Off", (0, 0), (6, 23))
    QuietWindow.objects.filter(pk=window.pk).update(is_active=False)
    assert not quiet(2026, 6, 3, 12)


def test_windows_without_a_gap_end_the_search_not_the_process() -> None:
    weekly("One", (0, 0), (3, 0))
    weekly("Two", (3, 0), (0, 0))
    at = local(2026, 6, 3, 12)
    assert opens_at(at) - at > timedelta(days=400)


# The field


class Form(forms.Form):
    when = PaperTimeField(required=False, help_text="When readers see it.")


def errors(typed: str) -> str:
    return " ".join(Form({"when": typed}).errors.get("when", []))


def test_a_time_is_read_on_the_papers_clock() -> None:
    form = Form({"when": "2026-07-01T06:00"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == datetime(2026, 7, 1, 3, tzinfo=UTC)


def test_a_stored_time_is_shown_on_the_papers_clock() -> None:
    shown = str(Form(initial={"when": datetime(2026, 1, 1, 4, tzinfo=UTC)})["when"])
    assert 'value="2026-01-01T06:00"' in shown
    assert 'type="datetime-local"' in shown


def test_the_papers_zone_stands_beside_the_field_with_the_offset_of_today() -> None:
    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC)):
        assert Form()["when"].help_text == "When readers see it. (Asia/Jerusalem, now UTC+03:00)"
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC)):
        assert zone_words() == "Asia/Jerusalem, now UTC+02:00"


def test_a_time_that_does_not_exist_is_refused_and_the_gap_is_named() -> None:
    assert "does not exist" in errors("2026-03-27T02:30")
    assert "from 02:00 to 03:00" in errors("2026-03-27T02:30")
    assert errors("2026-03-27T03:00") == ""


def test_a_time_that_comes_twice_is_refused_and_both_are_named() -> None:
    told = errors("2026-10-25T01:30")
    assert "01:30 (UTC+03:00)" in told
    assert "01:30 (UTC+02:00)" in told
    assert errors("2026-10-25T02:00") == ""


def test_a_time_with_an_offset_of_its_own_is_taken_as_it_is() -> None:
    form = Form({"when": "2026-10-25T01:30+02:00"})
    assert form.is_valid()
    assert form.cleaned_data["when"] == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["soon", "2026-02-30T06:00", "0001-01-01T00:00", "9999-12-31T23:59", "\x00", "9" * 100_000,
     "2026-13-01T06:00", "2026-07-01T06:00+99:00", "<script>"],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(typed: str) -> None:
    assert errors(typed)


# The admin


def test_the_chief_keeps_the_windows_and_sees_which_is_on(
    client_for: Callable[[User], Client], chief: User
) -> None:
    desk = client_for(chief)
    address = "/admin/pages/quietwindow/add/"
    form = desk.get(address).content.decode()
    assert "Asia/Jerusalem, now UTC" in form
    sabbath = {
        "name": "Sabbath", "kind": "weekly", "start_weekday": "4", "start_time": "16:00",
        "end_weekday": "5", "end_time": "20:00", "is_active": "on", "starts_at": "nonsense",
    }  # fmt: skip
    desk.post(address, sabbath)
    window = QuietWindow.objects.get()
    assert (window.starts_at, window.end_time) == (None, time(20))
    with time_machine.travel(local(2026, 6, 5, 17), tick=False):
        desk = client_for(chief)
        told = desk.get("/admin/pages/quietwindow/").content.decode()
    assert "every Friday 16:00 until Saturday 20:00" in told
    assert "quiet until 6 June 2026, 20:00" in told


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"kind": "weekly", "start_weekday": "4", "start_time": "16:00"}, "beginning and its end"),
        ({"kind": "weekly", "start_weekday": "4", "start_time": "16:00", "end_weekday": "4",
          "end_time": "16:00"}, "never end"),
        ({"kind": "dated", "starts_at": "2026-06-02T06:00", "ends_at": "2026-06-01T06:00"},
         "before it begins"),
        ({"kind": "dated", "starts_at": "2026-03-27T02:30", "ends_at": "2026-06-01T06:00"},
         "does not exist"),
        ({"kind": "moon"}, "valid choice"),
        ({"kind": "weekly", "start_weekday": "77", "start_time": "99:99"}, "valid"),
    ],
)  # fmt: skip
def test_a_window_without_its_times_is_refused_beside_the_field(
    client_for: Callable[[User], Client], chief: User, typed: dict[str, str], problem: str
) -> None:
    page = client_for(chief).post("/admin/pages/quietwindow/add/", {"name": "Mine", **typed})
    assert page.status_code == 200
    assert problem in page.content.decode()
    assert not QuietWindow.objects.exists()


def test_only_the_chief_keeps_the_paper_quiet(
    client_for: Callable[[User], Client], editor: User, reporter: User, service: User
) -> None:
    for person in (editor, reporter, service):
        assert client_for(person).get("/admin/pages/quietwindow/add/").status_code == 403
