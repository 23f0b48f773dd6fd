"""The article list's filters: the state a newsroom speaks of, whose work, and what is missing."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleTopic, Byline
from articles.models.kinds import Kind, State, Workflow
from articles.permissions import in_sections_of

# What is in the bin is in no list, count or panel but the bin's own.
ON_DESK = Q(binned_at__isnull=True)
BIN = "bin"
CHANGED = Q(state=State.LIVE) & ~Q(latest_revision=F("live_revision"))
PROPOSED = Q(state=State.DRAFT, proposed_at__isnull=False)
STATUS = {
    "draft": (_("Draft"), Q(state=State.DRAFT)),
    "proposed": (_("Draft with a proposed time"), PROPOSED),
    "scheduled": (_("Scheduled"), Q(publish_at__isnull=False)),
    "live": (_("Live"), Q(state=State.LIVE)),
    "changed": (_("Live, with changes not published"), CHANGED),
    "withdrawn": (_("Withdrawn"), Q(state=State.WITHDRAWN)),
    BIN: (_("In the bin"), Q(binned_at__isnull=False)),
}
STAGES = {stage.value: (stage.label, Q(workflow=stage)) for stage in Workflow}
# An editor has something to do: read it, publish it, or publish what changed in it.
WAITS = (
    Q(workflow=Workflow.IN_EDIT)
    | Q(workflow=Workflow.APPROVED, state=State.DRAFT, publish_at__isnull=True)
    | (CHANGED & Q(workflow=Workflow.APPROVED, publish_at__isnull=True))
)
# Lower-case words of what an article lacks; subqueries, so that no row is listed twice.
LACKS = {
    "picture": (_("No picture"), Q(lead_picture__isnull=True)),
    "alt": (
        _("Picture without alternative text"),
        Q(lead_picture__isnull=False, lead_picture__alt_text=""),
    ),
    # An editorial that names nobody carries the paper's name.
    "byline": (
        _("No byline"),
        ~Exists(Byline.objects.filter(article=OuterRef("pk"))) & ~Q(kind=Kind.EDITORIAL),
    ),
    "tags": (_("No tags"), ~Exists(ArticleTopic.objects.filter(content_object=OuterRef("pk")))),
}


def mine(user: Any) -> Q:
    """What this person began, was given, or what bears their name."""
    named = Byline.objects.filter(article=OuterRef("pk"), author__user=user.pk)
    return Q(created_by=user.pk) | Q(assigned_to=user.pk) | Q(Exists(named))


class _ByTable(admin.SimpleListFilter):
    """A filter whose choices are a table of words and conditions."""

    table: dict[str, tuple[Any, Any]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(words)) for name, (words, _condition) in self.table.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.table.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class StatusFilter(_ByTable):
    title = _("status")
    parameter_name = "status"
    table = STATUS


class StageFilter(_ByTable):
    title = _("stage")
    parameter_name = "stage"
    table = {**STAGES, "waits": (_("Waits for an editor"), WAITS)}


class LacksFilter(_ByTable):
    title = _("what is missing")
    parameter_name = "lacks"
    table = LACKS


class WhoseFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        choices = [("mine", str(_("Mine")))]
        if request.user.has_perm("articles.publish_article"):
            choices.append(("sections", str(_("In my sections"))))
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "mine":
            return queryset.filter(mine(request.user))
        if self.value() == "sections":
            return queryset.filter(in_sections_of(request.user))  # type: ignore[arg-type]
        return queryset
