"""Articles in the admin: the list, the form, and the buttons that call the editorial verbs."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import topics
from articles.admin.bylines import BylineInline
from articles.admin.filters import LacksFilter
from articles.admin.form import ArticleForm
from articles.admin.status import badge, sentence
from articles.admin.withdrawal import restore_view, unpublish_view, withdraw_view
from articles.models import Article, Byline
from articles.models.kinds import State
from articles.permissions import can_change, can_publish
from articles.publishing import CannotPublish, publish
from articles.revisions import revise


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin[Article]):
    """Saving keeps a revision and changes nothing readers see; publishing is a verb of its own."""

    form = ArticleForm
    inlines = (BylineInline,)
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ("title", "status", "section", "by", "modified_at")
    list_filter = ("state", "section", "kind", LacksFilter)
    list_select_related = ("section", "latest_revision__by")
    list_per_page = 50
    search_fields = ("headline", "standfirst", "slug")
    show_full_result_count = False
    ordering = ("-modified_at", "-id")
    autocomplete_fields = ("section", "lead_picture", "column")
    actions = ("publish_selected",)
    fieldsets = (
        (None, {"fields": ("kicker", "headline", "standfirst", "body"), "classes": ("story",)}),
        ("Picture", {"fields": ("lead_picture", "lead_caption")}),
        (
            "Section and tags",
            {"fields": ("section", "tags", "kind", "column", "further_sections")},
        ),
        (
            "Search engines and sharing",
            {
                "classes": ("collapse",),
                "fields": ("seo_title", "seo_description", "share_title", "share_text"),
            },
        ),
        (
            "Address, dateline and language",
            {"classes": ("collapse",), "fields": ("slug", "dateline", "language")},
        ),
    )

    # The list -------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        names = Byline.objects.select_related("author")
        return super().get_queryset(request).prefetch_related(Prefetch("bylines", names))

    @admin.display(description="headline", ordering="headline")
    def title(self, article: Article) -> SafeString:
        return format_html("<bdi>{}</bdi>", article.headline or "(no headline)")

    @admin.display(description="status", ordering="state")
    def status(self, article: Article) -> SafeString:
        return badge(article)

    @admin.display(description="byline")
    def by(self, article: Article) -> str:
        return ", ".join(str(line) for line in article.bylines.all())

    @admin.action(description="Publish the latest version", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Each article by itself: one that cannot go live does not keep the others back."""
        done = 0
        for article in queryset:
            if not can_publish(request.user, article):  # type: ignore[arg-type]
                continue
            try:
                publish(article, by=request.user)  # type: ignore[arg-type]
                done += 1
            except CannotPublish as error:
                self.message_user(request, f"“{article}”: {error}", messages.WARNING)
        self.message_user(request, f"{done} published.", messages.SUCCESS)

    # Who may ---------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return can_change(request.user, obj)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was ever published is withdrawn, not deleted."""
        if obj is not None and (obj.first_published_at or not can_change(request.user, obj)):  # type: ignore[arg-type]
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # The form --------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return self.fieldsets

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["fields"] = [
            name
            for _title, options in self.fieldsets
            for name in options["fields"]
            if name != "tags"
        ]
        return super().get_form(request, obj, change, **kwargs)

    def render_change_form(
        self, request: Any, context: Any, add: bool = False, change: bool = False,
        form_url: str = "", obj: Article | None = None,
    ) -> Any:  # fmt: skip
        context.update(
            {
                "state_sentence": sentence(obj),
                "article": obj,
                "may_publish": can_publish(request.user, obj or Article()),
                "live_address": obj.published.get_absolute_url()
                if obj and obj.state == State.LIVE
                else "",
            }
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: Any, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Bylines and tags first; then all of it becomes a revision, and is published if asked."""
        super().save_related(request, form, formsets, change)
        article = form.instance
        topics.put(article, topics.for_names(form.cleaned_data.get("tags") or []))
        revision = revise(article, by=request.user)
        if "_publish" in request.POST and can_publish(request.user, article):
            publish(
                article,
                by=request.user,
                revision=revision,
                updated=form.cleaned_data.get("announce_update", False),
            )

    def response_add(
        self, request: Any, obj: Article, post_url_continue: Any = None
    ) -> HttpResponse:
        return self._stay(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: Any, obj: Article) -> HttpResponse:
        return self._stay(request, obj) or super().response_change(request, obj)

    def _stay(self, request: Any, article: Article) -> HttpResponse | None:
        """After publishing, back to the form with the live address: one goes on writing."""
        if "_publish" not in request.POST or not article.is_live:
            return None
        url = article.published.get_absolute_url()
        self.message_user(
            request,
            format_html('“{}” is live: <a href="{}">{}</a>', article.headline, url, url),
            messages.SUCCESS,
        )
        return redirect("admin:articles_article_change", article.pk)

    def get_urls(self) -> list[URLPattern]:
        views = (
            ("withdraw", withdraw_view),
            ("unpublish", unpublish_view),
            ("restore", restore_view),
        )
        return [
            path(
                f"<int:article_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"articles_article_{name}",
            )
            for name, view in views
        ] + super().get_urls()
