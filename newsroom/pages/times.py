"""A form field for moments as the paper says them: its own clock, with the zone beside the field.

What the clocks skip in spring or show twice in autumn is refused with a sentence, never guessed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.pages.identity import present_identity
from newsroom.pages.templatetags.paper import printed

# Years outside are slips of the finger, and some have no UTC.
YEARS = range(1990, 2101)
PATTERN = "%Y-%m-%dT%H:%M"


def offset_words(moment: datetime) -> str:
    """How far a moment's clock is from UTC: "UTC+03:00"."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def zone_words(at: datetime | None = None) -> str:
    """The paper's zone and its offset: "Asia/Jerusalem, now UTC+03:00"; without "now" for `at`."""
    zone = present_identity().zone
    words = _("%(zone)s, %(offset)s") if at else _("%(zone)s, now %(offset)s")
    moment = (at or timezone.now()).astimezone(zone)
    return words % {"zone": zone.key, "offset": offset_words(moment)}


def paper_moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a time on the paper's clock.

    Raises ValidationError for one that does not exist or exists twice, and says which it could be.
    """
    early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    words = {"time": printed_wall(local), "zone": zone.key}
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        before, after = _gap(late.astimezone(UTC), early.astimezone(UTC), zone)
        raise ValidationError(
            _(
                "%(time)s does not exist in %(zone)s: the clocks go forward from %(before)s "
                "to %(after)s. Choose another time."
            )
            % {**words, "before": f"{before:%H:%M}", "after": f"{after:%H:%M}"},
            code="skipped",
        )
    raise ValidationError(
        _(
            "%(time)s comes twice in %(zone)s, because the clocks go back: once at %(first)s and "
            "again at %(second)s. Choose a time before or after."
        )
        % {**words, "first": _both(early), "second": _both(late)},
        code="twice",
    )


def printed_wall(local: datetime) -> str:
    """A naive time as the paper prints times; no zone is applied."""
    with timezone.override(UTC):
        return printed(local.replace(tzinfo=UTC))


def _both(moment: datetime) -> str:
    """ "02:30 (UTC+03:00)": the same clock, told apart by its offset."""
    return f"{moment:%H:%M} ({offset_words(moment)})"


def _gap(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The wall clock just before and just after the change between two instants."""
    was = start.astimezone(zone).utcoffset()
    while end - start > timedelta(seconds=1):
        middle = start + (end - start) / 2
        if middle.astimezone(zone).utcoffset() == was:
            start = middle
        else:
            end = middle
    change = (end + timedelta(seconds=0.5)).replace(microsecond=0)
    after = change.astimezone(zone)
    return (change + (was or timedelta())).replace(tzinfo=None), after


class PaperTimeField(forms.DateTimeField):
    """Date and time on the paper's clock; gives a UTC instant. Needs no script.

    Its help text ends with the zone and the offset of today. An ISO time with an offset of its own
    is taken as it is.
    """

    default_error_messages = {
        "invalid": gettext_lazy("Give a date and a time, such as 2026-10-25 06:00."),
        "year": gettext_lazy("Choose a year between %(first)s and %(last)s."),
    }

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateTimeInput(format=PATTERN, attrs={"type": "datetime-local"})
        )
        # Lazy: the offset of the moment the form is shown, not of the start of the process.
        zone = lazy(zone_words, str)()
        super().__init__(
            help_text=format_lazy("{} ({})", help_text, zone) if help_text else zone, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as typed; a stored instant is shown on the paper's clock."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(present_identity().zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, str) and len(value) > 40:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        # The stock field's parsing without its zone: UTC skips and repeats nothing.
        with timezone.override(UTC):
            try:
                parsed = super().to_python(value)
            except (OverflowError, ValueError):
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if parsed is None:
            return None
        if parsed.year not in YEARS:
            raise ValidationError(
                self.error_messages["year"],
                code="year",
                params={"first": YEARS[0], "last": YEARS[-1]},
            )
        if _has_offset(value):
            return parsed.astimezone(UTC)
        return paper_moment(parsed.replace(tzinfo=None), present_identity().zone)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Minutes are what the field shows; the seconds of a stored time are no change."""
        try:
            moment = self.to_python(data)
        except ValidationError:
            return True
        shown = initial.replace(second=0, microsecond=0) if initial else None
        return bool(shown != moment)


def _has_offset(value: Any) -> bool:
    if isinstance(value, datetime):
        return timezone.is_aware(value)
    _date, _separator, clock = str(value).strip().replace(" ", "T", 1).partition("T")
    return any(sign in clock for sign in "+-Zz")
