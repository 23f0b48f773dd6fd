"""The desk: one admin site whose first page says what waits, and whose list is grouped by job."""

from importlib import import_module
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.models import DELETION, LogEntry
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.staff_pages import staff_page
from newsroom.cache.proof.views import line_view, proof_view
from newsroom.lib.panels import Panel, Row

# Modules with `panels(request) -> Iterable[Panel]`.
PANELS = (
    "articles.desk", "articles.reports.desk", "articles.fronts.desk", "articles.breaking.desk",
    "articles.live.desk", "articles.popularity.desk", "newsroom.media.desk", "newsroom.pages.desk",
    "newsletter.desk", "newsroom.management.health",
)  # fmt: skip

# The list of the admin, by what people do. Models that no job names stand under the last heading.
JOBS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (_("Write"), "write", ("articles.article", "media.picture", "articles.author",
                           "articles.column", "articles.topic", "articles.history")),
    (_("Place"), "place", ("fronts.front", "breaking.breakingitem", "live.coverage",
                           "articles.series", "popularity.exclusion")),
    (_("Readers"), "readers", ("reports.errorreport", "pages.message", "newsletter.newsletter",
                               "newsletter.subscriber", "newsletter.subscription",
                               "newsletter.consent")),
    (_("Site"), "site", ("articles.section", "pages.page", "pages.menu", "pages.sitesettings",
                         "pages.quietwindow", "articles.checklevel", "pages.rootfile",
                         "pages.servicedesk", "pages.staffdesk", "pages.staffmember",
                         "pages.termsversion", "addresses.address")),
    (_("People"), "people", ("accounts.user",)),
)  # fmt: skip
REST = (_("Other"), "other")


class Desk(AdminSite):
    """The stock admin with our log-in, our policy, our first page and our order."""

    index_title = _("The desk")
    enable_nav_sidebar = False  # templates/admin/jobs.html is ours, and needs no script
    login = method_decorator([staff_page, secure_admin_login])(AdminSite.login)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return staff_page(super().admin_view(view, cacheable))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("proof/<str:key>/", self.admin_view(proof_view), name="proof"),
            path("proof/<str:key>/line/", self.admin_view(line_view), name="proof_line"),
        ]
        return [*own, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_title": _("Desk")}

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("account_change_password")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        panels = [panel for panel in self._panels(request) if panel.rows or panel.empty]
        panels.sort(key=lambda panel: panel.order)
        context = {
            "alarms": [panel for panel in panels if panel.alarm],
            "panels": [panel for panel in panels if not panel.alarm],
        }
        return super().index(request, {**(extra_context or {}), **context})

    def _panels(self, request: HttpRequest) -> list[Panel]:
        panels = [_latest(request)]
        for module in PANELS:
            panels += import_module(module).panels(request)
        return panels

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {
            model["model"]._meta.label_lower: {**model, "name": capfirst(model["name"])}
            for app in apps
            for model in app["models"]
        }
        groups = [
            (title, slug, [models.pop(name) for name in names if name in models])
            for title, slug, names in JOBS
        ]
        groups.append((*REST, list(models.values())))
        return [
            {"name": title, "app_label": slug, "app_url": "", "models": found}
            for title, slug, found in groups
            if found
        ]


def _latest(request: HttpRequest) -> Panel:
    """Where this person left off (one query)."""
    entries = (
        LogEntry.objects.filter(user=request.user)  # type: ignore[misc]  # staff, never anonymous
        .exclude(action_flag=DELETION)
        .select_related("content_type")
    )
    rows: dict[str, Row] = {}
    for entry in entries[:30]:
        if (href := entry.get_admin_url()) and len(rows) < 6:
            kind = capfirst(entry.content_type.name) if entry.content_type else ""
            rows.setdefault(href, Row(entry.object_repr, href, kind))
    return Panel(_("Where you left off"), list(rows.values()), order=90)
