"""The list of articles: what state each is in, whose it is, who touched it last."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import (
    BIN,
    ON_DESK,
    LacksFilter,
    StageFilter,
    StatusFilter,
    WhoseFilter,
)
from articles.admin.several import SeveralAtOnce
from articles.admin.status import badge, stage_word
from articles.models import Article, Byline
from articles.search import desk
from newsroom.pages.templatetags.paper import printed

ONLY_NEWEST = _(
    "These words stand in so many articles that only those changed last are listed. "
    "Another word, or a filter, finds older ones."
)


class ArticleListAdmin(SeveralAtOnce):
    """Everything of the list; the form is in article.py. No query for each row."""

    list_display = ("title", "status", "stage", "in_section", "by", "changed")
    list_filter = (StatusFilter, StageFilter, WhoseFilter, "section", "kind", LacksFilter)
    list_select_related = ("section", "latest_revision__by")
    list_per_page = 50
    search_fields = ("headline",)  # there is a search; what it finds: get_search_results
    search_help_text = _(
        "Words of the headline, the text, the address, the byline or the tags; “a phrase”; -without"
    )
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-modified_at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Lists and choosers leave out the bin; the list alone leaves the texts in the database."""
        queryset = super().get_queryset(request)
        match = request.resolver_match
        name = match.url_name if match else ""
        in_list = name == "articles_article_changelist"
        if name == "autocomplete" or (in_list and request.GET.get("status") != BIN):
            queryset = queryset.filter(ON_DESK)
        if not in_list:
            return queryset
        return queryset.defer("body", "latest_revision__snapshot").prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("author"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Asked of the desk's index, for the list and for choosers; within the list's filters."""
        if not search_term.strip():
            return queryset, False
        found = desk.find(search_term, queryset)
        match = request.resolver_match
        if found.more and match and match.url_name == "articles_article_changelist":
            self.message_user(request, ONLY_NEWEST, messages.INFO)
        return queryset.filter(pk__in=found.ids), False

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, article: Article) -> SafeString:
        return format_html("<bdi>{}</bdi>", article.headline or _("(no headline)"))

    @admin.display(description=_("status"), ordering="state")
    def status(self, article: Article) -> SafeString:
        return badge(article)

    @admin.display(description=_("stage"), ordering="workflow", empty_value="–")
    def stage(self, article: Article) -> str | None:
        return stage_word(article) or None

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

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})
