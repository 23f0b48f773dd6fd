"""The list of articles: what state each is in, whose it is, who touched it last."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.filters import LacksFilter, StatusFilter, WhoseFilter
from articles.admin.status import badge
from articles.models import Article, Byline
from articles.permissions import can_publish
from articles.publishing import CannotPublish, publish
from newsroom.pages.templatetags.paper import printed


class ArticleListAdmin(admin.ModelAdmin[Article]):
    """Everything of the list; the form is in article.py. No query for each row."""

    list_display = ("title", "status", "in_section", "by", "changed")
    list_filter = (StatusFilter, WhoseFilter, "section", "kind", LacksFilter)
    list_select_related = ("section", "latest_revision__by")
    list_per_page = 50
    search_fields = ("headline", "standfirst", "slug", "bylines__author__name", "bylines__text")
    search_help_text = _("Headline, standfirst, a name in the byline")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-modified_at", "-id")
    actions = ("publish_selected",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """The list alone leaves the texts in the database."""
        queryset = super().get_queryset(request)
        match = request.resolver_match
        if match is None or match.url_name != "articles_article_changelist":
            return queryset
        return queryset.defer("body", "latest_revision__snapshot").prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author"))
        )

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, article: Article) -> SafeString:
        return format_html("<bdi>{}</bdi>", article.headline or _("(no headline)"))

    @admin.display(description=_("status"), ordering="state")
    def status(self, article: Article) -> SafeString:
        return badge(article)

    @admin.display(description=_("section"), ordering="section__name", empty_value="–")
    def in_section(self, article: Article) -> str | None:
        return article.section.name if article.section else None

    @admin.display(description=_("byline"), empty_value="–")
    def by(self, article: Article) -> str | None:
        return ", ".join(str(line) for line in article.bylines.all()) or None

    @admin.display(description=_("last changed"), ordering="modified_at")
    def changed(self, article: Article) -> SafeString:
        saved = article.latest_revision
        who = saved.by.name if saved and saved.by else ""
        return format_html(
            '{} <small dir="auto">{}</small>', printed(article.modified_at, "short"), who
        )

    # What is done to several at once ----------------------------------------------------------

    @admin.action(description=_("Publish the latest version"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
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
        if done:
            self.message_user(
                request, ngettext("%d published.", "%d published.", done) % done, messages.SUCCESS
            )

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def get_actions(self, request: HttpRequest) -> Any:
        """No deleting in bulk: what was published is withdrawn, drafts are deleted one by one."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})
