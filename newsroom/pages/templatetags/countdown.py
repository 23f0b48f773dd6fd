"""How long until a moment, in words that a small module may keep up to date."""

from datetime import UTC, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def patterns() -> dict[str, str]:
    """The words, {d}ays, {h}ours and {m}inutes to be filled in; the module fills in the same."""
    return {
        "days": _("in {d} d {h} h"),
        "hours": _("in {h} h {m} min"),
        "minutes": _("in {m} min"),
        "now": _("any moment now"),
        "over": _("since {m} min"),
    }


def words(until: datetime, *, at: datetime) -> str:
    """ "in 2 h 14 min"; whole minutes, rounded down, so that nobody comes too late."""
    seconds = int((until - at).total_seconds())
    minutes = abs(seconds) // 60
    days, hours = divmod(minutes // 60, 24)
    if seconds < -60:
        name = "over"
    elif minutes < 1 or seconds < 0:
        name = "now"
    elif days:
        name = "days"
    else:
        name = "hours" if hours else "minutes"
    shown = minutes if name in {"minutes", "over"} else minutes % 60
    return patterns()[name].format(d=days, h=hours, m=shown)


@register.simple_tag
def countdown(until: datetime) -> str:
    """`{% countdown row.until %}`."""
    stamp = until.astimezone(UTC)
    return format_html(
        '<time class="countdown" datetime="{}">{}</time>',
        f"{stamp:%Y-%m-%dT%H:%M:%SZ}",
        words(until, at=timezone.now()),
    )


@register.simple_tag
def countdown_patterns() -> SafeString:
    """The words as data attributes, for static/js/admin/countdown.js."""
    return format_html_join("", ' data-{}="{}"', patterns().items())
