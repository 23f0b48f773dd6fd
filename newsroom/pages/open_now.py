"""The sentences about a desk's hours: “Open now, until 14:00”, “Opens Sunday at 07:00”."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.pages.hours import Status


def sentence(status: Status, at: datetime, zone: ZoneInfo, *, usual: str = "") -> str:
    """The status as readers are told it; the purpose of the hours unless it is the usual one."""
    if status.is_open:
        words = _open(status, at, zone)
    elif status.opens_at is None:
        words = _("Closed")
    else:
        words = _opens(status.opens_at, at, zone)
    if status.purpose and status.purpose != usual:
        words = _("%(sentence)s (%(purpose)s)") % {"sentence": words, "purpose": status.purpose}
    if status.occasion and not status.is_open:
        words = _("Closed: %(occasion)s. %(sentence)s") % {
            "occasion": status.occasion,
            "sentence": words,
        }
    return words


def _open(status: Status, at: datetime, zone: ZoneInfo) -> str:
    if status.until is None:
        return _("Open now")
    local = status.until.astimezone(zone)
    clock = date_format(local, "H:i")
    # Until two in the morning needs no name of the day.
    if status.until - at < timedelta(hours=20):
        return _("Open now, until %(time)s") % {"time": clock}
    return _("Open now, until %(day)s at %(time)s") % {
        "day": date_format(local, "l"),
        "time": clock,
    }


def _opens(opens_at: datetime, at: datetime, zone: ZoneInfo) -> str:
    local, today = opens_at.astimezone(zone), at.astimezone(zone).date()
    clock = date_format(local, "H:i")
    days = (local.date() - today).days
    if days == 0:
        return _("Opens today at %(time)s") % {"time": clock}
    if days == 1:
        return _("Opens tomorrow at %(time)s") % {"time": clock}
    further = pgettext("day and month, in Django's letters", "j F")
    day = date_format(local, "l" if days < 7 else further)
    return _("Opens %(day)s at %(time)s") % {"day": day, "time": clock}
