"""Series and packages in the admin: parts in order, live or not; readers see the live ones."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.addressed import AddressedForm
from articles.admin.filters import ON_DESK
from articles.admin.status import badge
from articles.models import Series, SeriesPart
from articles.series import MOST_PARTS
from newsroom.lib.choosing import ChoosesRows
from newsroom.pages.admin.ordering import OrderedInline


class PartForm(forms.ModelForm[SeriesPart]):
    """One article and its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)

    def has_changed(self) -> bool:
        """A new row with nothing in it but its place is no row."""
        changed = {*self.changed_data}
        return bool(changed if self.instance.pk else changed - {"order"})


class PartInline(OrderedInline):
    """In order by dragging, by the buttons or by the number."""

    model = SeriesPart
    form = PartForm
    verbose_name_plural = _("parts")
    fields = ("order", "article", "state")
    readonly_fields = ("state",)
    autocomplete_fields = ("article",)
    classes = ["ordered", "parts"]
    extra = 1
    max_num = MOST_PARTS

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """An article in the bin is no part of anything new."""
        formset = super().get_formset(request, obj, validate_max=True, **kwargs)
        base: Any = formset.form.base_fields.get("article")
        if base is not None:
            kept = Q(series_parts__series=obj) if obj else Q(pk__in=[])
            base.queryset = base.queryset.filter(ON_DESK | kept).distinct()
            base.widget.can_add_related = base.widget.can_delete_related = False
            base.widget.can_view_related = False
        return formset

    @admin.display(description=_("status"))
    def state(self, part: SeriesPart) -> SafeString | str:
        return badge(part.article) if part.article_id else ""


@admin.register(Series)
class SeriesAdmin(ChoosesRows, admin.ModelAdmin[Series]):
    """A series is read in order; a package stands around one matter."""

    form = AddressedForm
    list_display = ("name", "kind", "of_parts")
    list_filter = ("kind",)
    search_fields = ("name",)
    autocomplete_fields = ("picture",)
    fields = ("name", "kind", "description", "picture", "slug")
    inlines = (PartInline,)
    ordering = ("name",)
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}
    }

    class Media:
        css = {"all": ["css/admin-article.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        live = Count("parts", filter=Q(parts__article__published__isnull=False))
        return super().get_queryset(request).annotate(live=live, all_parts=Count("parts"))

    @admin.display(description=_("live parts"), ordering="live")
    def of_parts(self, series: Any) -> str:
        return str(_("%(live)d of %(all)d") % {"live": series.live, "all": series.all_parts})
