"""The newsletter's form, with the statement as readers see it, and the download of its readers."""

import logging
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsletter.export import rows
from newsletter.models import Newsletter, Subscription
from newsroom.pages.models import TermsVersion

logger = logging.getLogger(__name__)


@admin.register(Newsletter)
class NewsletterAdmin(admin.ModelAdmin[Newsletter]):
    list_display = ("name", "is_active", "is_default", "schedule", "language", "confirmed")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("as_shown", "readers")
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "schedule", "language")}),
        (_("Sign-up"), {"fields": ("statement", "as_shown", "requires_box", "is_active",
                                   "is_default", "order")}),
        (_("Mail"), {"fields": ("from_name", "reply_to")}),
        (_("Readers"), {"fields": ("readers",)}),
    )  # fmt: skip

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one speaks the paper's language until staff choose otherwise."""
        return {
            "language": get_language(),
            "statement": _("By subscribing I accept the {terms}."),
            **super().get_changeform_initial_data(request),
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Newsletter]:
        confirmed = Q(subscriptions__state=Subscription.State.CONFIRMED)
        counted = super().get_queryset(request)
        return counted.annotate(readers_count=Count("subscriptions", filter=confirmed))

    def get_urls(self) -> list[URLPattern]:
        export = path(
            "<int:pk>/export/",
            self.admin_site.admin_view(self.export),
            name="newsletter_newsletter_export",
        )
        return [export, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        """Only one that nobody ever signed up for; others are switched off."""
        if obj and obj.subscriptions.exists():
            return False
        return super().has_delete_permission(request, obj)

    @admin.display(description=_("confirmed readers"), ordering="readers_count")
    def confirmed(self, newsletter: Newsletter) -> int:
        return int(getattr(newsletter, "readers_count", 0))

    @admin.display(description=_("as readers see it"))
    def as_shown(self, newsletter: Newsletter) -> str:
        terms = TermsVersion.objects.current(timezone.now())
        if terms is None:
            return str(_("No version of the terms is in force: the form is not shown."))
        return newsletter.wording_with_link(terms.get_absolute_url())

    @admin.display(description=_("confirmed readers"))
    def readers(self, newsletter: Newsletter) -> str:
        if not newsletter.pk:
            return "0"
        href = reverse("admin:newsletter_newsletter_export", args=[newsletter.pk])
        words = _("Download their addresses")
        return format_html('{} · <a href="{}">{}</a>', self.confirmed(newsletter), href, words)

    def export(self, request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
        """Only with its own permission, asked before the password is."""
        if not request.user.has_perm("newsletter.export_subscribers"):
            raise PermissionDenied
        return self._export(request, pk)

    @method_decorator(reauthentication_required)
    def _export(self, request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
        """GET asks; POST downloads, which is on record."""
        newsletter = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST":
            context: dict[str, Any] = {
                **self.admin_site.each_context(request),
                "title": _("Download subscribers"),
                "newsletter": newsletter,
                "count": self.confirmed(newsletter),
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/newsletter/export.html", context)
        count = self.confirmed(newsletter)
        self._record(request, newsletter, count)
        response = StreamingHttpResponse(rows(newsletter), content_type="text/csv; charset=utf-8")
        name = f"subscribers-{newsletter.pk}-{timezone.now():%Y%m%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _record(self, request: HttpRequest, newsletter: Newsletter, count: int) -> None:
        LogEntry.objects.log_actions(
            user_id=int(request.user.pk or 0),
            queryset=Newsletter.objects.filter(pk=newsletter.pk),
            action_flag=CHANGE,
            change_message=f"Downloaded {count} subscribers.",
            single_object=True,
        )
        logger.warning(
            "newsletter: user %s downloaded %d subscribers of newsletter %s",
            request.user.pk,
            count,
            newsletter.pk,
        )
