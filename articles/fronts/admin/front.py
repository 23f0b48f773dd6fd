"""Fronts in the admin: the list of them, and the page that takes the place of the stock form."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from articles.fronts.admin import saying
from articles.fronts.admin.arrange import arrange_view
from articles.fronts.admin.front_urls import addresses
from articles.fronts.finding import all_fronts
from articles.fronts.models import Front
from articles.fronts.permissions import can_arrange

PLANNED = Q(
    arrangements__publish_at__isnull=False,
    arrangements__live_from__isnull=True,
    arrangements__cancelled_at__isnull=True,
)


@admin.register(Front)
class FrontAdmin(admin.ModelAdmin[Front]):
    """There is one front a kind and one a section: nobody adds or deletes any."""

    list_display = ["name", "state"]
    list_display_links = ["name"]
    list_per_page = 200

    class Media:
        css = {"all": ["css/admin-fronts.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Front | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Front | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return can_arrange(request.user, obj)  # type: ignore[arg-type]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Front]:
        """The paper's own fronts first, then the sections in their order.

        A section at the address of the opinion page has no page of its own.
        """
        fronts = super().get_queryset(request).select_related("section", "live__by", "draft_by")
        fronts = fronts.exclude(section__slug=reverse("opinion").strip("/"))
        planned = Min("arrangements__publish_at", filter=PLANNED)
        first = F("section__order").asc(nulls_first=True)
        return fronts.annotate(next_at=planned).order_by(first, "section__name", "pk")

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """Every front is there as soon as the list is opened."""
        if self.has_view_or_change_permission(request):
            all_fronts()
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404("no such front")
        return arrange_view(request, int(object_id))

    def get_urls(self) -> list[URLPattern]:
        return [*addresses(self.admin_site.admin_view), *super().get_urls()]

    @admin.display(description=_("front"))
    def name(self, front: Front) -> str:
        return str(front)

    @admin.display(description=_("state"))
    def state(self, front: Any) -> str:
        words = saying.state(front)
        return f"{words} {saying.next_plan(front.next_at)}." if front.next_at else words
