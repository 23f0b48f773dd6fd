"""All live coverage, and the form of its summary and order. Posts have a desk of their own."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.live.admin.mending import act_view, edit_view, state_view
from articles.live.admin.posting_desk import desk_view, of_article_view, pictures_view
from articles.live.closing import describe
from articles.live.locking import Closed
from articles.live.models import Coverage
from articles.live.permissions import can_post
from newsroom.lib.text import excerpt
from newsroom.pages.templatetags.paper import printed


class CoverageForm(forms.ModelForm[Coverage]):
    def clean(self) -> dict[str, Any] | None:
        """Refused here, where what was typed stays in the form."""
        if not Coverage.objects.filter(pk=self.instance.pk, closed_at=None).exists():
            raise ValidationError(str(Closed()))
        return super().clean()


@admin.register(Coverage)
class CoverageAdmin(admin.ModelAdmin[Coverage]):
    """A coverage is made from its article and stays with it."""

    list_display = ["name", "standing", "posts", "updated"]
    list_display_links = None
    search_fields = ["article__headline"]
    list_per_page = 30
    show_full_result_count = False
    fields = ["name", "standing", "summary", "newest_first"]
    readonly_fields = ["name", "standing"]
    form = CoverageForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coverage]:
        there = Q(posts__deleted_at=None)
        found = Coverage.objects.select_related("article").defer("article__body")
        return found.annotate(count=Count("posts", filter=there)).order_by("-opened_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Coverage | None = None) -> bool:
        """What readers were told is not unsaid: posts are deleted one by one, and leave a trace."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Coverage | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return can_post(request.user, obj)  # type: ignore[arg-type]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "summary":
            kwargs["widget"] = forms.Textarea({"rows": 6, "dir": "auto"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Coverage, form: Any, change: bool) -> None:
        """Only through the verb: open pages are to learn of it."""
        describe(obj, summary=obj.summary, newest_first=obj.newest_first)

    def response_change(self, request: HttpRequest, obj: Coverage) -> HttpResponse:
        self.message_user(request, _("Saved."), messages.SUCCESS)
        return redirect("admin:live_coverage_desk", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own: list[tuple[str, Any, str]] = [
            ("of/<int:article_id>/", of_article_view, "of"),
            ("<int:coverage_id>/desk/", desk_view, "desk"),
            ("<int:coverage_id>/state/", state_view, "state"),
            ("post/<int:post_id>/", edit_view, "post"),
            ("post/<int:post_id>/act/", act_view, "act"),
            ("pictures/", pictures_view, "pictures"),
        ]
        urls = [path(way, wrap(view), name=f"live_coverage_{name}") for way, view, name in own]
        return [*urls, *super().get_urls()]

    @admin.display(description=_("article"), ordering="article__headline")
    def name(self, coverage: Coverage) -> SafeString:
        return format_html(
            '<a href="{}" dir="auto">{}</a>',
            reverse("admin:live_coverage_desk", args=[coverage.pk]),
            excerpt(coverage.article.headline, 120),
        )

    @admin.display(description=_("state"), ordering="closed_at")
    def standing(self, coverage: Coverage) -> str:
        if not coverage.article.is_live:
            return str(_("The article is not live"))
        if coverage.closed_at:
            return str(_("Closed %(time)s")) % {"time": printed(coverage.closed_at)}
        return str(_("Open"))

    @admin.display(description=_("posts"), ordering="count")
    def posts(self, coverage: Any) -> int:
        return int(coverage.count)

    @admin.display(description=_("last change"), ordering="updated_at", empty_value="–")
    def updated(self, coverage: Coverage) -> str | None:
        return printed(coverage.updated_at, "short") if coverage.updated_at else None
