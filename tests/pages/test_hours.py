"""Whether a desk is open: the awkward week, holidays, midnight, and the nights the clock moves."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pages.hours import SpecialDay, Stretch, instant, status
from newsroom.pages.hours_tables import tables
from newsroom.pages.open_now import sentence

NICOSIA = ZoneInfo("Asia/Nicosia")
BERLIN = ZoneInfo("Europe/Berlin")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

# Sunday to Thursday, and a short Friday for one kind of request.
WEEK = [Stretch(day, time(7), time(14), "all requests") for day in (SUN, MON, TUE, WED, THU)] + [
    Stretch(FRI, time(7), time(13), "distribution only")
]


def at(text: str, zone: ZoneInfo = NICOSIA, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def told(moment: datetime, week=WEEK, special=(), zone=NICOSIA, usual="all requests") -> str:
    return sentence(status(week, special, moment, zone), moment, zone, usual=usual)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-22 06:59:59", "Opens today at 07:00"),
        ("2026-11-22 07:00", "Open now, until 14:00"),
        ("2026-11-22 13:59:59", "Open now, until 14:00"),
        ("2026-11-22 14:00", "Opens tomorrow at 07:00"),
        ("2026-11-26 14:00", "Opens tomorrow at 07:00 (distribution only)"),  # Thursday
        ("2026-11-27 08:00", "Open now, until 13:00 (distribution only)"),  # Friday
        ("2026-11-27 13:00", "Opens Sunday at 07:00"),
        ("2026-11-28 12:00", "Opens tomorrow at 07:00"),
    ],
)
def test_the_week_from_sunday_to_thursday_with_a_short_friday(moment: str, words: str) -> None:
    assert told(at(moment)) == words


def test_a_holiday_closes_the_desk_and_names_itself() -> None:
    holiday = [SpecialDay(date(2026, 11, 23), "Founders’ Day")]
    assert told(at("2026-11-23 09:00"), special=holiday) == (
        "Closed: Founders’ Day. Opens tomorrow at 07:00"
    )
    assert told(at("2026-11-22 15:00"), special=holiday) == "Opens Tuesday at 07:00"


def test_a_special_day_replaces_the_hours_of_its_weekday() -> None:
    eve = [
        SpecialDay(date(2026, 11, 23), "Eve", time(9), time(10)),
        SpecialDay(date(2026, 11, 23), "Eve", time(11), time(12)),
    ]
    assert told(at("2026-11-23 08:00"), special=eve) == "Closed: Eve. Opens today at 09:00"
    assert told(at("2026-11-23 09:30"), special=eve) == "Open now, until 10:00"
    assert told(at("2026-11-23 10:30"), special=eve) == "Closed: Eve. Opens today at 11:00"
    assert told(at("2026-11-23 13:00"), special=eve) == "Closed: Eve. Opens tomorrow at 07:00"


def test_a_lunch_break_is_a_break_and_adjoining_hours_are_none() -> None:
    week = [Stretch(MON, time(8), time(12)), Stretch(MON, time(13), time(17))]
    assert told(at("2026-11-23 09:00"), week) == "Open now, until 12:00"
    assert told(at("2026-11-23 12:00"), week) == "Opens today at 13:00"
    joined = [Stretch(MON, time(8), time(12)), Stretch(MON, time(12), time(17))]
    assert told(at("2026-11-23 09:00"), joined) == "Open now, until 17:00"


def test_hours_for_another_purpose_do_not_lengthen_the_usual_ones() -> None:
    week = [Stretch(MON, time(8), time(12), "all"), Stretch(MON, time(12), time(17), "notices")]
    assert told(at("2026-11-23 09:00"), week, usual="all") == "Open now, until 12:00"
    assert told(at("2026-11-23 12:00"), week, usual="all") == "Open now, until 17:00 (notices)"


def test_hours_may_cross_midnight() -> None:
    week = [Stretch(SAT, time(20), time(2))]
    assert told(at("2026-11-28 23:00"), week) == "Open now, until 02:00"
    assert told(at("2026-11-29 01:59"), week) == "Open now, until 02:00"
    assert told(at("2026-11-29 02:00"), week) == "Opens Saturday at 20:00"


def test_a_holiday_does_not_close_the_night_that_began_before_it() -> None:
    week = [Stretch(SAT, time(20), time(2)), Stretch(SUN, time(20), time(2))]
    sunday = [SpecialDay(date(2026, 11, 29), "Holiday")]
    assert status(week, sunday, at("2026-11-29 01:00"), NICOSIA).is_open
    assert not status(week, sunday, at("2026-11-29 21:00"), NICOSIA).is_open


def test_a_desk_that_never_closes_has_no_end() -> None:
    week = [Stretch(day, time(0), time(0)) for day in range(7)]
    assert told(at("2026-11-23 09:00"), week) == "Open now"


def test_a_desk_without_hours_is_closed() -> None:
    assert told(at("2026-11-23 09:00"), []) == "Closed"


def test_a_long_closure_names_the_date_it_ends() -> None:
    summer = [SpecialDay(date(2026, 11, 22) + timedelta(days=n)) for n in range(30)]
    assert told(at("2026-11-23 09:00"), special=summer) == "Opens 22 December at 07:00"


def test_hours_follow_the_clock_on_the_wall_when_it_moves() -> None:
    week = [Stretch(day, time(7), time(14)) for day in range(7)]
    before = status(week, [], at("2026-03-28 15:00", BERLIN), BERLIN)
    assert before.opens_at == datetime(2026, 3, 29, 5, tzinfo=UTC)  # summer time since 01:00
    before = status(week, [], at("2026-10-24 15:00", BERLIN), BERLIN)
    assert before.opens_at == datetime(2026, 10, 25, 6, tzinfo=UTC)


def test_a_time_the_clock_skips_is_the_first_after_the_gap() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    week = [Stretch(SUN, time(2, 10), time(2, 50))]  # inside the gap: nobody comes
    assert not status(week, [], datetime(2026, 3, 29, 1, 5, tzinfo=UTC), BERLIN).is_open


def test_an_hour_the_clock_repeats_is_open_both_times() -> None:
    week = [Stretch(SUN, time(2, 0), time(2, 45))]
    for fold in (0, 1):
        assert status(week, [], at("2026-10-25 02:30", BERLIN, fold), BERLIN).is_open
    assert not status(week, [], at("2026-10-25 02:50", BERLIN, 1), BERLIN).is_open


stretches = st.lists(
    st.builds(
        Stretch,
        st.integers(0, 6),
        st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        st.sampled_from(["", "all", "some"]),
    ),
    max_size=6,
)
moments = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(["Asia/Nicosia", "Europe/Berlin", "Australia/Lord_Howe", "UTC"]).map(
    ZoneInfo
)
holidays = st.lists(
    st.builds(SpecialDay, st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.just("Day off")),
    max_size=5,
)


@given(stretches, holidays, moments, zones)
def test_the_promised_moment_is_when_it_changes(week, special, moment, zone) -> None:
    now = status(week, special, moment, zone)
    if now.is_open:
        assert now.opens_at is None
        if now.until:
            assert now.until > moment
            after = status(week, special, now.until, zone)
            # Still open only for something else, or closed.
            assert not after.is_open or after.purpose != now.purpose
    elif now.opens_at:
        assert now.opens_at > moment
        assert status(week, special, now.opens_at, zone).is_open
        just_before = now.opens_at - timedelta(seconds=1)
        if just_before > moment:
            assert not status(week, special, just_before, zone).is_open


@given(stretches, moments, zones)
def test_every_status_has_its_sentence(week, moment, zone) -> None:
    assert sentence(status(week, [], moment, zone), moment, zone)


def test_days_alike_share_a_row_in_the_order_of_the_week() -> None:
    rows = [
        (table.label, [(row.days, row.hours, row.today) for row in table.rows])
        for table in tables(WEEK, today=FRI)
    ]
    assert rows == [
        ("all requests", [("Sunday to Thursday", "07:00–14:00", False)]),
        ("distribution only", [("Friday", "07:00–13:00", True)]),
    ]


def test_days_apart_keep_rows_of_their_own() -> None:
    week = [Stretch(day, time(9), time(10)) for day in (MON, WED, THU)]
    (table,) = tables(week, today=SAT)
    assert [row.days for row in table.rows] == ["Monday", "Wednesday and Thursday"]
