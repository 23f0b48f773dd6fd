"""An article's series as its form shows them, and the page that adds it to one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Series, SeriesPart
from articles.series import MOST_PARTS

# The largest number the column holds; parts of one number follow each other as they were added.
LAST = 32_767


@dataclass(frozen=True)
class DeskPlace:
    """Where an article stands among all parts, those to come included; for the desk alone."""

    series: Series
    number: int
    count: int


def places(article: Article | None) -> list[DeskPlace]:
    """One query."""
    if article is None or article.pk is None:
        return []
    parts = SeriesPart.objects.filter(series__parts__article=article).select_related("series")
    found: dict[int, list[SeriesPart]] = {}
    for part in parts.order_by("series__name", "series_id", "order", "pk"):
        found.setdefault(part.series_id, []).append(part)
    return [
        DeskPlace(
            parts[0].series,
            1 + next(n for n, part in enumerate(parts) if part.article_id == article.pk),
            len(parts),
        )
        for parts in found.values()
    ]


class JoinForm(forms.Form):
    """The series or package the article becomes the last part of."""

    series = forms.ModelChoiceField(Series.objects.order_by("name"), label=gettext_lazy("Series"))

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["series"]
        field.queryset = field.queryset.exclude(parts__article=article)


def join_view(request: HttpRequest, article_id: int) -> HttpResponse:
    """Choose a series; POST adds the article at its end. Readers see it there once it is live."""
    if not request.user.has_perm("articles.change_series"):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=article_id)
    if article.is_binned:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None, article=article)
    if form.is_valid():
        series = form.cleaned_data["series"]
        if _append(series, article):
            messages.success(request, _("Added to “%s”, as its last part.") % series)
            return redirect("admin:articles_article_change", article.pk)
        form.add_error("series", _("No more than %d parts fit.") % MOST_PARTS)
    context = {
        **admin.site.each_context(request),
        "title": _("Add to a series"),
        "opts": Article._meta,
        "article": article,
        "form": form,
        "places": places(article),
    }
    return render(request, "admin/articles/article/join.html", context)


@transaction.atomic
def _append(series: Series, article: Article) -> bool:
    Series.objects.select_for_update().get(pk=series.pk)
    parts = series.parts.all()
    if parts.count() >= MOST_PARTS:
        return False
    last = parts.aggregate(last=Max("order"))["last"]
    SeriesPart.objects.get_or_create(
        series=series, article=article, defaults={"order": min((last or 0) + 1, LAST)}
    )
    return True
