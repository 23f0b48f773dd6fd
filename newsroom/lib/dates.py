"""Years, months and days in addresses: one spelling each, in ASCII digits."""

from datetime import date

from django.http import Http404


class YearConverter:
    """Four digits, the first of them no 0."""

    regex = "[1-9][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    """01 to 12."""

    regex = "(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class DayConverter(MonthConverter):
    """01 to 31; whether the month has it, `date_or_404` knows."""

    regex = "(?:0[1-9]|[12][0-9]|3[01])"


def date_or_404(year: int, month: int = 1, day: int = 1) -> date:
    """The date; one that does not exist is a page that does not exist."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404("no such date") from error
