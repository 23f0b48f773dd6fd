"""An article that somebody may read and not change: its text as text, not as HTML source."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from newsroom.lib.html import clean_html

READ_AS = {"body": "text_as_read", "tags": "tags_as_read"}


class ReadingView(admin.ModelAdmin[Article]):
    """Mixed into the article's admin."""

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fieldsets: Any = self.fieldsets
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": [READ_AS.get(name, name) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    @admin.display(description="text")
    def text_as_read(self, article: Article) -> SafeString:
        return mark_safe(f'<div class="as-read">{clean_html(article.body)}</div>')  # noqa: S308

    @admin.display(description="tags")
    def tags_as_read(self, article: Article) -> str:
        return ", ".join(
            place.tag.name
            for place in article.topic_places.select_related("tag").order_by("order", "pk")
        )
