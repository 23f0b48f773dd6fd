"""What narrows a list of acts: person, act, section, days on the paper's clock, words."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.acts import VERBS
from articles.models import Article, History, Section
from newsroom.accounts.models import User
from newsroom.pages.times import zone_words

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ActsForm(forms.Form):
    """Sent by GET. A value that makes no sense is an error beside its field and narrows nothing."""

    by = forms.ModelChoiceField(
        User.objects.filter(is_staff=True).order_by("name", "email"),
        label=_("Person"), required=False, empty_label=_("Anyone"),
    )  # fmt: skip
    verb = forms.ChoiceField(label=_("Act"), required=False)
    section = forms.ModelChoiceField(
        Section.objects.all(), label=_("Section now"), required=False, empty_label=_("Any")
    )
    since = forms.DateField(label=_("From day"), required=False, widget=DAY)
    until = forms.DateField(label=_("To day"), required=False, widget=DAY)
    words = forms.CharField(label=_("Headline or note"), required=False, max_length=100)

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if article is not None:
            del self.fields["section"]
        every = sorted(((verb, str(name)) for verb, name in VERBS.items()), key=lambda v: v[1])
        self.fields["verb"].choices = [("", _("Any")), *every]  # type: ignore[attr-defined]
        self.zone = zone_words()

    def narrowed(self, acts: QuerySet[History]) -> QuerySet[History]:
        """The acts that fit every field that makes sense."""
        self.full_clean()
        asked = self.cleaned_data
        if asked.get("by"):
            acts = acts.filter(by=asked["by"])
        if asked.get("verb"):
            acts = acts.filter(verb=asked["verb"])
        if asked.get("section"):
            own = Article.objects.filter(section=asked["section"])
            acts = acts.filter(article__in=own.values("pk"))
        if asked.get("since"):
            acts = acts.filter(at__gte=_midnight(asked["since"]))
        if asked.get("until") and asked["until"] < date.max:
            acts = acts.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        if words := asked.get("words"):
            acts = acts.filter(label__icontains=words) | acts.filter(note__icontains=words)
        return acts

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first."))
        for name in ("since", "until"):
            if (day := cleaned.get(name)) and not 1990 <= day.year <= 2100:
                self.add_error(name, _("Choose a year between 1990 and 2100."))
        return cleaned


def _midnight(day: date) -> datetime:
    """When the day begins on the paper's clock, in which the request runs."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
