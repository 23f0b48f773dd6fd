"""Times and dates as the paper prints them, in its zone (which the middleware has activated)."""

from datetime import UTC, datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from newsroom.pages.desks import Desk

register = template.Library()


def printed(moment: datetime, style: str = "long") -> str:
    """Date and time ("long"), one of them ("date", "hour"), or the time today only ("short")."""
    local = timezone.localtime(moment)
    if style == "hour" or (style == "short" and local.date() == timezone.localdate()):
        return date_format(local, pgettext("time of day, in Django's letters", "H:i"))
    if style in {"short", "date"}:
        return date_format(local, pgettext("date, in Django's letters", "j F Y"))
    return date_format(local, pgettext("date and time, in Django's letters", "j F Y, H:i"))


@register.simple_tag(name="time")
def time_tag(moment: datetime | None, style: str = "long") -> str:
    """`{% time article.published_at %}`; styles as in `printed`. Empty without a moment."""
    if not isinstance(moment, datetime):
        return ""
    stamp = moment.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{}</time>', f"{stamp:%Y-%m-%dT%H:%M:%SZ}", printed(moment, style)
    )


@register.filter
def mail_words(address: str) -> SafeString:
    """An e-mail address as text that may go on in the next line after its @, not within a name."""
    return format_html_join(mark_safe("@<wbr>"), "{}", ((part,) for part in address.split("@")))


@register.simple_tag
def date_line() -> SafeString:
    """Today's date under the masthead, in the paper's zone."""
    today = timezone.localdate()
    words = date_format(today, pgettext("date of the day, in Django's letters", "l, j F Y"))
    return format_html('<time datetime="{}">{}</time>', today.isoformat(), words)


@register.simple_tag(takes_context=True)
def menu_place(context: Context) -> str:
    """The path of this page if a menu leads there, which the menu then says; else empty."""
    path = getattr(context.get("request"), "path", "")
    return path if path in context["site"].places else ""


@register.simple_tag
def desk_status(desk: Desk) -> str:
    """“Open now, until 14:00” or “Opens Sunday at 07:00”; empty for a desk without hours."""
    return desk.status
