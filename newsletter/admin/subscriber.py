"""Subscribers and their consents, to look at. Nobody is signed up or removed by hand."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from newsletter.models import Consent, Subscriber, Subscription
from newsletter.receipt import receipt
from newsroom.lib.long_lists import LongListAdmin


class ToLookAt:
    """No adding, changing or deleting, whatever the role."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Subscriptions(ToLookAt, admin.TabularInline[Subscription, Subscriber]):
    model = Subscription
    fields = ("newsletter", "state", "asked_at", "confirmed_at", "unsubscribed_at")
    extra = 0


@admin.register(Subscriber)
class SubscriberAdmin(LongListAdmin, ToLookAt, admin.ModelAdmin[Subscriber]):
    list_display = ("email", "created_at", "states")
    list_filter = ("subscriptions__state", "subscriptions__newsletter")
    search_fields = ("folded__startswith",)
    search_help_text = _("The beginning of an address")
    fields = ("email", "created_at", "consents")
    readonly_fields = ("consents",)
    inlines = (Subscriptions,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("subscriptions__newsletter")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term.lower())

    def get_urls(self) -> list[URLPattern]:
        download = path(
            "<int:pk>/receipt/",
            self.admin_site.admin_view(self.receipt),
            name="newsletter_subscriber_receipt",
        )
        return [download, *super().get_urls()]

    def receipt(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The consents of one address as a JSON file."""
        if not request.user.has_perm("newsletter.view_consent"):
            raise PermissionDenied
        subscriber = get_object_or_404(Subscriber, pk=pk)
        response = JsonResponse(
            receipt(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False}
        )
        response["Content-Disposition"] = f'attachment; filename="consents-{pk}.json"'
        return response

    @admin.display(description=_("newsletters"))
    def states(self, subscriber: Subscriber) -> str:
        return ", ".join(
            f"{s.newsletter} ({s.get_state_display()})" for s in subscriber.subscriptions.all()
        )

    @admin.display(description=_("consents"))
    def consents(self, subscriber: Subscriber) -> str:
        lines = format_html_join(
            "",
            "<li>{} · {} · {} · “{}” · {}</li>",
            (
                (f"{c.at:%Y-%m-%d %H:%M} UTC", c.get_event_display(), c.newsletter,
                 c.wording, c.terms or "")
                for c in Consent.objects.of(subscriber.folded).select_related("newsletter", "terms")
            ),
        )  # fmt: skip
        href = reverse("admin:newsletter_subscriber_receipt", args=[subscriber.pk])
        return format_html(
            '<ul>{}</ul><p><a href="{}">{}</a></p>', lines, href, _("Download as a receipt")
        )
