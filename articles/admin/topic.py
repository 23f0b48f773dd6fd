"""Topics in the admin: names, other names, and suggestions while tags are typed."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from taggit.models import Tag

from articles import topics
from articles.admin.addressed import AddressedForm
from articles.models import Topic, TopicAlias
from newsroom.lib.text import fold, tidy

# taggit's own tags: no article has any, and its page to merge them asks nobody's permission.
with suppress(NotRegistered):
    admin.site.unregister(Tag)


class TopicForm(AddressedForm):
    """A name that is another topic's, in any spelling, is refused with that topic's name."""

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        other = topics.find(name)
        if other and other.pk != self.instance.pk:
            raise ValidationError(f"That is the topic “{other}” already.")
        return name


class AliasForm(forms.ModelForm[TopicAlias]):
    """A name that leads to another topic is refused; one that is on record, by its own rule."""

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        other = topics.find(name)
        if other and other.pk != getattr(self.instance, "topic_id", None):
            raise ValidationError(f"That is a name of the topic “{other}” already.")
        return name


class AliasInline(admin.TabularInline[TopicAlias, Topic]):
    model = TopicAlias
    form = AliasForm
    extra = 1
    fields = ("name",)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin[Topic]):
    form = TopicForm
    list_display = ("name", "live_articles")
    search_fields = ("name", "folded", "aliases__folded")
    autocomplete_fields = ("picture",)
    inlines = (AliasInline,)
    fields = ("name", "description", "picture", "slug")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(live=Count("published_places"))

    @admin.display(description="live articles", ordering="live")
    def live_articles(self, topic: Any) -> int:
        return int(topic.live)

    def get_urls(self) -> list[URLPattern]:
        suggest = self.admin_site.admin_view(self.suggest)
        return [path("suggest/", suggest, name="articles_topic_suggest"), *super().get_urls()]

    def suggest(self, request: HttpRequest) -> JsonResponse:
        """Names for what is being typed: exact topic first, then beginnings, then near-twins."""
        if not self.has_view_permission(request):
            return JsonResponse({"topics": []}, status=403)
        typed = request.GET.get("q", "")[:100]
        folded = fold(typed)
        if not folded:
            return JsonResponse({"topics": []})
        exact = topics.find(typed)
        starting = Topic.objects.filter(folded__startswith=folded)[:8]
        found = {topic.pk: topic for topic in [*([exact] if exact else []), *starting]}
        near = [topic for topic in topics.near_twins(typed) if topic.pk not in found]
        return JsonResponse(
            {
                "exact": exact.name if exact else None,
                "topics": [topic.name for topic in found.values()],
                "near": [topic.name for topic in near],
            }
        )
