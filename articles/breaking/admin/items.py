"""The list of lines and the form of one: what stands, what is planned, what stood."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.breaking.admin.at_once import (
    again_view,
    end_view,
    from_article_view,
)
from articles.breaking.admin.form import BreakingForm
from articles.breaking.admin.standing import StandingFilter, standing
from articles.breaking.announcing import announce, remove
from articles.breaking.announcing import change as change_item
from articles.breaking.models import BreakingItem
from articles.breaking.rules import CannotBreak
from articles.publishing import Quiet
from newsroom.lib.choosing import ChoosesRows
from newsroom.lib.text import excerpt


@admin.register(BreakingItem)
class BreakingItemAdmin(ChoosesRows, admin.ModelAdmin[BreakingItem]):
    """Everything goes by the verbs of `announcing`; ending and starting again take one click."""

    form = BreakingForm
    change_form_template = "admin/breaking/breakingitem/change_form.html"
    list_display = ["words", "place", "when", "about", "who", "click"]
    list_filter = [StandingFilter, "place"]
    list_select_related = ["article", "by", "ended_by"]
    search_fields = ["text", "article__headline"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    autocomplete_fields = ["article"]
    fieldsets = [
        (None, {"fields": ["place", "text", "article"]}),
        (None, {"fields": ["starts_at", "length", "ends_at", "override"], "classes": ["times"]}),
    ]

    class Media:
        css = {"all": ["css/admin-breaking.css"]}
        js = [Script("js/admin/counters.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreakingItem]:
        return super().get_queryset(request).defer("article__body")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Only what the way here from an article names."""
        given = super().get_changeform_initial_data(request)
        return {name: given[name] for name in ("article", "place", "text") if name in given}

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Articles are chosen here, not made or changed; a banner or the ticker, not neither."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "article":
            for act in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    # Saving ----------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (CannotBreak, Quiet) as refusal:  # it was right when the form asked
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The line as it stands: after an error the form's own has what was typed."""
        original, at = context.get("original"), timezone.now()
        items = BreakingItem.objects.select_related("ended_by")
        item = items.filter(pk=original.pk).first() if original else None
        context |= {
            "standing": standing(item) if item else "",
            "may_end": bool(item and not item.over_at(at)),
            "may_start": bool(item and item.over_at(at)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: Any, obj: BreakingItem, form: BreakingForm, change: bool) -> None:
        if change:
            change_item(obj, by=request.user, **form.words())
        else:
            obj.__dict__.update(announce(by=request.user, **form.words()).__dict__)

    def delete_model(self, request: Any, obj: BreakingItem) -> None:
        remove(obj, by=request.user)

    def response_add(
        self, request: HttpRequest, obj: BreakingItem, post_url_continue: Any = None
    ) -> HttpResponse:
        if "_addanother" in request.POST or "_continue" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, standing(obj), messages.SUCCESS)
        return redirect("admin:breaking_breakingitem_changelist")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:item_id>/{name}/", wrap(view), name=f"breaking_breakingitem_{name}")
            for name, view in (("end", end_view), ("again", again_view))
        ]
        own.append(
            path(
                "article/<int:article_id>/",
                wrap(from_article_view),
                name="breaking_breakingitem_from_article",
            )
        )
        return [*own, *super().get_urls()]

    # The list --------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("text"), ordering="text")
    def words(self, item: BreakingItem) -> SafeString:
        return format_html("<bdi>{}</bdi>", excerpt(str(item), 110))

    @admin.display(description=gettext_lazy("time"), ordering="starts_at")
    def when(self, item: BreakingItem) -> str:
        return standing(item)

    @admin.display(description=gettext_lazy("article"), empty_value="–")
    def about(self, item: BreakingItem) -> SafeString | None:
        if item.article is None:
            return None
        words = excerpt(item.article.headline, 60)
        note = "" if item.article.is_live else _("not live: no link")
        return format_html("<bdi>{}</bdi> <small>{}</small>", words, note)

    @admin.display(description=gettext_lazy("by"), empty_value="–")
    def who(self, item: BreakingItem) -> str | None:
        return item.by.name if item.by else None

    @admin.display(description=gettext_lazy("at once"))
    def click(self, item: BreakingItem) -> SafeString:
        """The one click: a button of the list's own form, with another address."""
        over = item.over_at(timezone.now())
        name, words = ("again", _("Start again")) if over else ("end", _("End now"))
        return format_html(
            '<button class="button" formmethod="post" formaction="{}">{}'
            '<span class="visually-hidden">: {}</span></button>',
            reverse(f"admin:breaking_breakingitem_{name}", args=[item.pk]), words,
            excerpt(str(item), 60),
        )  # fmt: skip
