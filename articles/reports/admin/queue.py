"""The queue: what readers say is wrong, who looks into it, what was decided."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.reports.admin.closing import close_view, reopen_view
from articles.reports.admin.filters import HandsFilter, QueueFilter
from articles.reports.admin.showing import Showing
from articles.reports.closing import AlreadyClosed, close
from articles.reports.models import ErrorReport
from articles.reports.permissions import outcomes_for
from newsroom.accounts.models import User
from newsroom.lib.long_lists import LongListAdmin

State = ErrorReport.State
READ = ("where", "words", "article_links", "sender", "received")
DECIDED = ("result", "answered")


@admin.register(ErrorReport)
class ErrorReportAdmin(LongListAdmin, Showing, admin.ModelAdmin[ErrorReport]):
    """What the reader wrote is read-only; the person and the note are the desk's."""

    list_display = ["what", "about", "standing", "assigned_to", "received"]
    list_filter = [QueueFilter, HandsFilter, ("article__section", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["text", "passage", "revision__snapshot__headline", "email"]
    ordering = ["created_at", "pk"]
    list_per_page = 50
    actions = ["take_in_hand", "mark_spam"]
    readonly_fields = [*READ, *DECIDED]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget({"rows": 4})}}

    class Media:
        css = {"all": ["css/admin-reports.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        """Without the articles' texts: a list of reports needs their headlines."""
        reports = ErrorReport.objects.with_headline().select_related("article", "assigned_to")
        return reports.order_by(*self.ordering).defer("article__body")

    def get_fieldsets(self, request: HttpRequest, obj: ErrorReport | None = None) -> Any:
        decided = [(_("Decided"), {"fields": DECIDED})] if obj and obj.is_closed else []
        desk = (_("At the desk"), {"fields": ["assigned_to", "note"]})
        return [(None, {"fields": READ}), *decided, desk]

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A report is given to somebody who can deal with it."""
        if db_field.name == "assigned_to":
            role = Q(groups__permissions__codename="change_errorreport")
            staff = User.objects.filter(is_staff=True, is_active=True)
            kwargs["queryset"] = staff.filter(role | Q(is_superuser=True)).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Accounts are chosen here, not made or changed."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "assigned_to" and field:
            for act in ("add", "change", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        report = self.get_object(request, object_id)
        may = outcomes_for(request.user, report) if report else []  # type: ignore[arg-type]
        context = {**(extra_context or {}), "may_close": bool(may)}
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:report_id>/close/", wrap(close_view), name="reports_errorreport_close"),
            path("<int:report_id>/reopen/", wrap(reopen_view), name="reports_errorreport_reopen"),
        ]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        """A new report that is given to somebody is in hand; only the desk's own columns change."""
        if obj.assigned_to_id and obj.state == State.NEW:
            obj.state = State.IN_HAND
            ErrorReport.objects.filter(pk=obj.pk, state=State.NEW).update(state=State.IN_HAND)
        obj.save(update_fields=["assigned_to", "note"])

    @admin.action(description=_("Take in hand"), permissions=["change"])
    def take_in_hand(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        taken = [report for report in queryset if not report.is_closed]
        ErrorReport.objects.open().filter(pk__in=[report.pk for report in taken]).update(
            state=State.IN_HAND, assigned_to=request.user.pk
        )
        self._told(request, taken)

    @admin.action(description=_("Close as spam"), permissions=["change"])
    def mark_spam(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        closed = []
        for report in queryset:
            try:
                by: Any = request.user
                closed.append(close(report, by=by, outcome=ErrorReport.Outcome.SPAM))
            except AlreadyClosed:
                continue
        self._told(request, closed)

    def _told(self, request: HttpRequest, reports: list[ErrorReport]) -> None:
        for report in reports:
            self.log_change(request, report, [{"changed": {"fields": ["state"]}}])
        count = len(reports)
        words = ngettext("%(count)d report changed.", "%(count)d reports changed.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
