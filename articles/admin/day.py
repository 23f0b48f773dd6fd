"""The plan of a day: who writes what, how long, with which picture, by when."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.status import badge
from articles.day import of_day
from articles.models import Article, Section
from articles.models.article import HEADLINE_LENGTH
from articles.models.kinds import Workflow
from articles.permissions import can_publish, edits_section
from articles.publishing.plan import plan, plan_story
from newsroom.accounts.models import User
from newsroom.accounts.roles import CHIEF, REPORTER, SECTION_EDITOR
from newsroom.lib.text import tidy
from newsroom.pages.times import PaperTimeField

SHOWN = 200
# Longer stories are no stories, and no column could hold the number.
MOST_WORDS = 100_000


class PlanForm(forms.Form):
    """One planned story. Headline and section are only asked for while there is no article."""

    headline = forms.CharField(label=gettext_lazy("Story"), max_length=HEADLINE_LENGTH)
    section = forms.ModelChoiceField(
        Section.objects.none(), required=False, label=gettext_lazy("Section")
    )
    assigned_to = forms.ModelChoiceField(
        User.objects.none(), required=False, label=gettext_lazy("Who"),
        empty_label=gettext_lazy("nobody yet"),
    )  # fmt: skip
    due_at = PaperTimeField(label=gettext_lazy("Due"))
    planned_words = forms.IntegerField(
        label=gettext_lazy("Length in words"), required=False, min_value=1, max_value=MOST_WORDS
    )
    planned_picture = forms.CharField(
        label=gettext_lazy("Picture"), required=False, max_length=120,
        help_text=gettext_lazy("“Own photographer, 16:00”, “agency”, “none”."),
    )  # fmt: skip

    def __init__(self, user: Any, article: Article | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = User.objects.filter(
            is_active=True, is_staff=True, groups__name__in=(CHIEF, SECTION_EDITOR, REPORTER)
        )
        people: Any = self.fields["assigned_to"]
        people.queryset = writers.distinct().order_by("name", "pk")
        if article:
            del self.fields["headline"], self.fields["section"]
            return
        sections: Any = self.fields["section"]
        mine = [
            pk for pk in Section.objects.values_list("pk", flat=True) if edits_section(user, pk)
        ]
        sections.queryset = Section.objects.filter(pk__in=mine)

    def clean_headline(self) -> str:
        headline = tidy(self.cleaned_data["headline"])
        if not headline:
            raise forms.ValidationError(_("Say what the story is."))
        return headline

    def plan(self) -> dict[str, Any]:
        """The columns of the plan."""
        taken = self.cleaned_data
        who = taken["assigned_to"]
        return {
            "assigned_to_id": who.pk if who else None,
            "due_at": taken["due_at"],
            "planned_words": taken["planned_words"],
            "planned_picture": tidy(taken["planned_picture"]),
        }


def day_view(request: HttpRequest) -> HttpResponse:
    """Everyone of the desk reads the plan; who publishes in a section plans for it."""
    user: Any = request.user
    if not user.has_perm("articles.change_article"):
        raise PermissionDenied
    day = _day(request)
    plans = user.has_perm("articles.publish_article")
    article = _chosen(request) if plans else None
    form = None
    if request.method == "POST":
        if not plans:
            raise PermissionDenied
        form = PlanForm(user, article, request.POST)
        if form.is_valid():
            return _kept(request, form, article)
    elif plans:
        form = PlanForm(user, article, initial=_initial(article, day))
    stories = list(_stories(day))
    context = {
        **admin.site.each_context(request),
        "title": _("The plan of the day"),
        "opts": Article._meta,
        "day": day,
        "is_today": day == timezone.localdate(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "lines": [_line(story, user) for story in stories],
        "form": form,
        "chosen": article,
    }
    return render(request, "admin/articles/article/day.html", context)


def _day(request: HttpRequest) -> date:
    asked = request.GET.get("on", "")
    if not asked:
        return timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404 from None
    if not 1990 < day.year < 2100:
        raise Http404
    return day


def _chosen(request: HttpRequest) -> Article | None:
    """The story whose plan is changed, by `?change=`."""
    asked = request.GET.get("change", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    article = get_object_or_404(Article, pk=int(asked), binned_at=None)
    if not can_publish(request.user, article):  # type: ignore[arg-type]
        raise PermissionDenied
    return article


def _initial(article: Article | None, day: date) -> dict[str, Any]:
    if article is None:
        return {"due_at": _usual(day)}
    return {
        "assigned_to": article.assigned_to_id,
        "due_at": article.due_at or _usual(day),
        "planned_words": article.planned_words,
        "planned_picture": article.planned_picture,
    }


def _usual(day: date) -> str:
    """Five in the afternoon, or in two hours when that is over, on the paper's clock."""
    soon = timezone.localtime() + timedelta(hours=2)
    late = soon.date() == day and soon.hour > 17
    return f"{day.isoformat()}T{soon.hour if late else 17:02}:00"


def _kept(request: HttpRequest, form: PlanForm, article: Article | None) -> HttpResponse:
    user: Any = request.user
    if article:
        plan(article, by=user, plan=form.plan())
    else:
        taken = form.cleaned_data
        article = plan_story(taken["headline"], by=user, section=taken["section"], plan=form.plan())
    messages.success(request, _("Planned."))
    due = article.due_at or timezone.now()
    address = reverse("admin:articles_article_day")
    return redirect(f"{address}?on={timezone.localdate(due).isoformat()}")


def _stories(day: date) -> "QuerySet[Article]":
    return (
        of_day(day).select_related("assigned_to", "section", "lead_picture").defer("body")[:SHOWN]
    )


def _line(story: Article, user: Any) -> dict[str, Any]:
    """One row; a query only for the right of an editor whose section it is not."""
    late = story.due_at is not None and story.due_at < timezone.now() and not story.is_live
    return {
        "story": story,
        "stage": Workflow(story.workflow).label,
        "badge": badge(story),
        "late": late,
        "may_plan": user.has_perm("articles.publish_everywhere") or can_publish(user, story),
    }
