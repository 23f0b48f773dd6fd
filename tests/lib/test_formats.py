"""Where Django prints dates by itself (the admin's lists), they look as everywhere else."""

from datetime import UTC, datetime

from django.utils import translation
from django.utils.formats import date_format, localize
from django.utils.translation import pgettext

MOMENT = datetime(2026, 11, 9, 15, 5, tzinfo=UTC)


def test_english_dates_are_printed_as_the_paper_prints_them() -> None:
    assert localize(MOMENT) == "9 November 2026, 15:05"
    assert localize(MOMENT.date()) == "9 November 2026"
    assert localize(MOMENT.time()) == "15:05"


def test_other_languages_keep_their_own() -> None:
    with translation.override("he"):
        assert localize(MOMENT) == "9 בנובמבר 2026 15:05"


def test_a_hebrew_date_says_day_once() -> None:
    """The names of the days are Django's own, and the form brings the word."""
    with translation.override("he"):
        form = pgettext("date of the day, in Django's letters", "l, j F Y")
        assert date_format(MOMENT, form) == "יום שני, 9 בנובמבר 2026"
