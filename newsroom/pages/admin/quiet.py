"""Quiet windows: when nothing is published or sent by itself."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.pages.admin.desks import CLOCK
from newsroom.pages.models import QuietWindow
from newsroom.pages.quiet import ends_at
from newsroom.pages.templatetags.paper import printed
from newsroom.pages.times import PaperTimeField, zone_words

Kind = QuietWindow.Kind
WEEKLY = ("start_weekday", "start_time", "end_weekday", "end_time")
DATED = ("starts_at", "ends_at")


class QuietWindowForm(forms.ModelForm[QuietWindow]):
    """A window has the times of its kind; what was typed for the other kind is dropped."""

    starts_at = PaperTimeField(label=gettext_lazy("from"), required=False)
    ends_at = PaperTimeField(label=gettext_lazy("until"), required=False)

    class Meta:
        model = QuietWindow
        fields = ("name", "kind", *WEEKLY, *DATED, "is_active")
        widgets = {"kind": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind")
        wanted, dropped = (WEEKLY, DATED) if kind == Kind.WEEKLY else (DATED, WEEKLY)
        for name in dropped:
            cleaned[name] = None
            self.errors.pop(name, None)
        missing = [name for name in wanted if cleaned.get(name) is None]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("A window needs its beginning and its end."))
        if missing:
            return cleaned
        begin, end = wanted[: len(wanted) // 2], wanted[len(wanted) // 2 :]
        first, last = ([cleaned[name] for name in names] for names in (begin, end))
        if kind == Kind.DATED and last <= first:
            self.add_error("ends_at", _("It ends before it begins."))
        if kind == Kind.WEEKLY and first == last:
            self.add_error("end_time", _("It would never end: nothing would ever be published."))
        return cleaned


@admin.register(QuietWindow)
class QuietWindowAdmin(admin.ModelAdmin[QuietWindow]):
    """The chief's; a window that is on now says so in the list."""

    form = QuietWindowForm
    list_display = ["name", "when", "now", "is_active"]
    search_fields = ["name"]
    formfield_overrides = CLOCK
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active"]}),
        (
            gettext_lazy("Every week"),
            {
                "classes": ["weekly"],
                "fields": [("start_weekday", "start_time"), ("end_weekday", "end_time")],
                "description": format_lazy(
                    "{} ({})",
                    gettext_lazy("On the paper’s clock, in summer as in winter"),
                    lazy(zone_words, str)(),
                ),
            },
        ),
        (gettext_lazy("Once, between two dates"), {"classes": ["dated"], "fields": [*DATED]}),
    ]

    class Media:
        css = {"all": ["css/admin-quiet.css"]}

    def formfield_for_choice_field(
        self, db_field: models.Field[Any, Any], request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        """The two kinds without an empty third."""
        if db_field.name == "kind":
            kwargs["choices"] = Kind.choices
            kwargs["widget"] = forms.RadioSelect
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[arg-type]

    @admin.display(description=gettext_lazy("when"))
    def when(self, window: QuietWindow) -> str:
        if window.kind == Kind.DATED:
            return _("%(from)s until %(until)s") % {
                "from": _moment(window.starts_at),
                "until": _moment(window.ends_at),
            }
        return _("every %(from)s until %(until)s (%(zone)s)") % {
            "from": _weekly(window.get_start_weekday_display(), window.start_time),
            "until": _weekly(window.get_end_weekday_display(), window.end_time),
            "zone": zone_words(),
        }

    @admin.display(description=gettext_lazy("now"))
    def now(self, window: QuietWindow) -> str:
        end = ends_at(window, timezone.now()) if window.is_active else None
        return _("quiet until %(time)s") % {"time": printed(end)} if end else "–"


def _moment(at: datetime | None) -> str:
    return printed(at) if at else "?"


def _weekly(day: Any, clock: Any) -> str:
    return f"{day or '?'} {clock:%H:%M}" if clock else f"{day or '?'}"
