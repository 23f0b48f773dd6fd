"""Topics in the admin: names, other names, where they stand, and who may change them."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from taggit.models import Tag

from articles import topics
from articles.admin.addressed import AddressedForm
from articles.admin.topic_filters import DescriptionFilter, UseFilter
from articles.admin.topic_urls import addresses
from articles.models import PublishedTopic, Topic, TopicAlias, TopicMerge
from articles.topics import hierarchy
from newsroom.cache.generations import hold
from newsroom.lib.choosing import ChoosesRows
from newsroom.lib.long_lists import LongListAdmin
from newsroom.lib.text import fold, tidy

# taggit's own tags: no article has any, and its page to merge them asks nobody's permission.
with suppress(NotRegistered):
    admin.site.unregister(Tag)

SHOWN_NAMES = 6


class TopicForm(AddressedForm):
    """A name that is another topic's, in any spelling, is refused with that topic's name."""

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        same = Topic.objects.filter(folded=fold(name)[:200]).exclude(pk=self.instance.pk).first()
        if same and same.merged_into_id:
            raise ValidationError(
                _("“%s” was merged or split. Undo that, and merge the other way round.") % same
            )
        for other in topics.find_all(name):
            if other.pk != self.instance.pk:
                raise ValidationError(_("That is the topic “%s” already.") % other)
        return name

    def clean_parent(self) -> Topic | None:
        parent: Topic | None = self.cleaned_data["parent"]
        if parent is None or parent.pk == self.instance.parent_id:
            return parent
        if parent.merged_into_id:
            raise ValidationError(_("“%s” was merged or split; choose another.") % parent)
        try:
            hierarchy.check([self.instance.pk] if self.instance.pk else [], parent.pk)
        except hierarchy.CannotStandThere as error:
            raise ValidationError(str(error)) from error
        return parent


class AliasForm(forms.ModelForm[TopicAlias]):
    """A name that leads to another topic is refused; one that is on record, by its own rule."""

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        for other in topics.find_all(name):
            if other.pk != getattr(self.instance, "topic_id", None):
                raise ValidationError(_("That is a name of the topic “%s” already.") % other)
        return name


class AliasInline(admin.TabularInline[TopicAlias, Topic]):
    model = TopicAlias
    form = AliasForm
    extra = 1
    fields = ("name",)


@admin.register(Topic)
class TopicAdmin(LongListAdmin, ChoosesRows, admin.ModelAdmin[Topic]):
    """A merged topic can be looked at, and nothing else: its merge is undone first."""

    form = TopicForm
    list_display = ("name", "parent", "other_names", "live_articles")
    list_filter = (UseFilter, DescriptionFilter)
    list_select_related = ("parent", "merged_into")
    search_fields = ("name", "folded", "aliases__folded")
    autocomplete_fields = ("picture", "parent")
    inlines = (AliasInline,)
    fields = ("name", "description", "picture", "parent", "is_retired", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """The count is asked for the rows that are shown alone."""
        places = PublishedTopic.objects.filter(topic=OuterRef("pk")).order_by()
        count = places.values("topic").annotate(n=Count("pk")).values("n")
        found: QuerySet[Topic] = super().get_queryset(request)
        found = found.annotate(live=Coalesce(Subquery(count), 0))
        return found.prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Topic], search_term: str
    ) -> tuple[QuerySet[Topic], bool]:
        """Typed with accents or in capitals; choices for a field offer what may be used."""
        if "field_name" in request.GET:
            queryset = queryset.filter(merged_into=None, is_retired=False)
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("other names"))
    def other_names(self, topic: Topic) -> str:
        names = [alias.name for alias in topic.aliases.all()]
        more = f" +{len(names) - SHOWN_NAMES}" if len(names) > SHOWN_NAMES else ""
        return ", ".join(names[:SHOWN_NAMES]) + more

    @admin.display(description=pgettext_lazy("how many", "live articles"))
    def live_articles(self, topic: Any) -> int:
        return int(topic.live)

    def has_change_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.merged_into_id)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Changes wait for each other before they are judged: two could close a circle."""
        context = {**(extra_context or {})}
        if object_id and object_id.isascii() and object_id.isdigit() and len(object_id) < 19:
            merges = TopicMerge.objects.filter(source_id=int(object_id), undone_at=None)
            context["stands_aside"] = merges.defer("moved").prefetch_related("targets").first()
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            hold()
            return super().changeform_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        return [*addresses(self.admin_site.admin_view), *super().get_urls()]
