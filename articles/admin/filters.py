"""What an article lacks, as a filter of the list."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.models import Article


class LacksFilter(admin.SimpleListFilter):
    """No picture, no alternative text, no byline, no tags."""

    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("picture", "No picture"),
            ("alt", "Picture without alternative text"),
            ("byline", "No byline"),
            ("tags", "No tags"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        conditions = {
            "picture": Q(lead_picture__isnull=True),
            "alt": Q(lead_picture__isnull=False, lead_picture__alt_text=""),
            "byline": Q(bylines__isnull=True),
            "tags": Q(topic_places__isnull=True),
        }
        condition = conditions.get(self.value() or "")
        return queryset.filter(condition) if condition is not None else queryset
