"""The article's form, and the buttons that call the editorial verbs. The list: article_list.py."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from articles import topics
from articles.admin import autosave, binning, joining, merging, release_buttons, stage
from articles.admin.article_list import ArticleListAdmin
from articles.admin.article_urls import addresses
from articles.admin.bylines import BylineInline, first_byline
from articles.admin.form import ArticleForm
from articles.admin.found import beside_fields
from articles.admin.reading import ReadingView
from articles.admin.status import sentence
from articles.admin.typed import new_rows
from articles.models import Article
from articles.permissions import can_change, can_publish
from articles.revisions import revise
from newsroom.lib.choosing import ChoosesRows

MAIN: tuple[Any, ...] = (
    (None, {"fields": ("headline", "standfirst", "body"), "classes": ("story",)}),
    (_("Picture"), {"fields": ("lead_picture", "lead_caption"), "classes": ("lead-picture",)}),
)
# The byline stands between these; templates/admin/articles/article/change_form.html puts it there.
PLACES: tuple[Any, ...] = (
    (
        _("Section and tags"),
        {"fields": ("section", "tags", "kicker", "kind", "column"), "classes": ("places",)},
    ),
)
FOLDED: tuple[Any, ...] = (
    (_("Related stories"), {"fields": ("related",), "classes": ("collapse", "related-stories")}),
    (
        _("Further sections, dateline, language"),
        {"classes": ("collapse",), "fields": ("further_sections", "dateline", "language")},
    ),
    (
        _("Search engines and sharing"),
        {
            "classes": ("collapse",),
            "fields": ("slug", "seo_title", "seo_description", "share_title", "share_text"),
        },
    ),
)
# Lists short enough to choose from; what is in them is kept elsewhere.
PLAIN = {"section", "column", "further_sections"}
SCRIPTS = (
    "counters", "tags", "related", "editor/lead-picture", "editor/leaving", "editor/autosave",
    "editor/presence",
)  # fmt: skip


@admin.register(Article)
class ArticleAdmin(ChoosesRows, ReadingView, ArticleListAdmin):
    """Saving keeps a revision and changes nothing readers see; publishing is a verb of its own."""

    form = ArticleForm
    inlines = (BylineInline,)
    change_form_template = "admin/articles/article/change_form.html"
    autocomplete_fields = ("lead_picture",)
    fieldsets = (*MAIN, *PLACES, *FOLDED)

    class Media:
        css = {"all": ["css/admin-article.css", "css/admin-release.css", "css/admin-keeping.css"]}
        js = [Script(f"js/admin/{name}.js", type="module") for name in SCRIPTS]

    # Who may ---------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return can_change(request.user, obj)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Drafts go to the bin; from there the chief may delete for good what never was live."""
        if obj is not None and not binning.may_delete(request, obj):
            return False
        return super().has_delete_permission(request, obj)

    # The form --------------------------------------------------------------------------------

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["fields"] = [
            name
            for _title, options in self.fieldsets
            for name in options["fields"]
            if name != "tags"
        ]
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return field
        if db_field.name in PLAIN:
            field.widget = field.widget.widget
        elif db_field.name == "lead_picture":
            field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.widget.attrs |= {
                "data-pictures": reverse("admin:media_picture_changelist"),
                "data-about": reverse("admin:articles_article_pictures"),
            }
        return field

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "POST" and not obj.pk and isinstance(inline, BylineInline):
            kwargs["initial"] = first_byline(request)
        if getattr(request, "rows_anew", False):
            kwargs["data"] = new_rows(request.POST)
        return kwargs

    def render_change_form(
        self, request: Any, context: Any, add: bool = False, change: bool = False,
        form_url: str = "", obj: Article | None = None,
    ) -> Any:  # fmt: skip
        live = bool(obj and obj.is_live)
        context.update(
            {
                "article": obj,
                "base_revision": merging.base_shown(request, obj),
                "state_sentence": sentence(obj),
                "places": joining.places(obj),
                **stage.context(request, obj),
                **binning.context(request, obj),
                "may_publish": can_publish(request.user, obj or Article()),
                "live_address": obj.published.get_absolute_url() if obj and live else "",
                **beside_fields(obj, context["adminform"].form),
                **autosave.beside(request, obj),
            }
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving ----------------------------------------------------------------------------------

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """A save over a version that is not the latest is merged, not written over it."""
        stock = super().changeform_view
        if request.method != "POST" or object_id is None:
            return stock(request, object_id, form_url, extra_context)
        with transaction.atomic():
            met = merging.meet(self, request, object_id)
            return met or stock(request, object_id, form_url, extra_context)

    def save_model(self, request: Any, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Bylines and tags first; then all of it becomes a revision."""
        if getattr(request, "rows_anew", False):
            form.instance.bylines.all().delete()
        super().save_related(request, form, formsets, change)
        article = form.instance
        topics.put(article, topics.for_names(form.cleaned_data.get("tags") or []))
        saved_before = article.latest_revision_id
        revision = revise(article, by=request.user, note=form.cleaned_data.get("revision_note", ""))
        request.stage_told = stage.after_save(request, article, changed=revision.pk != saved_before)

    def response_add(
        self, request: Any, obj: Article, post_url_continue: Any = None
    ) -> HttpResponse:
        response = self._stay(request, obj) or super().response_add(request, obj, post_url_continue)
        return autosave.saved(request, obj, response)

    def response_change(self, request: Any, obj: Article) -> HttpResponse:
        response = self._stay(request, obj) or super().response_change(request, obj)
        return autosave.saved(request, obj, response)

    def _stay(self, request: Any, article: Article) -> HttpResponse | None:
        """After "Save" and "Publish", back to the form: one goes on writing."""
        stays = {"_continue", *release_buttons.BUTTONS, *stage.STEPS}
        if "_popup" in request.POST or not stays & {*request.POST}:
            return None
        onward = stage.answer(request, article) or release_buttons.answer(request, article)
        if onward:
            return onward
        if article.is_live:
            words = str(_("Saved. Readers do not see the changes until you publish."))
        else:
            words = "" if getattr(request, "stage_told", False) else str(_("Saved."))
        if words:
            self.message_user(request, words, messages.SUCCESS)
        if not self.has_change_permission(request, article):
            return redirect("admin:articles_article_changelist")
        return redirect("admin:articles_article_change", article.pk)

    def get_urls(self) -> list[URLPattern]:
        return [*addresses(self.admin_site.admin_view), *super().get_urls()]
