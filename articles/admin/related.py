"""Hand-picked related stories in the article's form: a line of numbers, and the list it becomes.

static/js/admin/related.js shows headlines to find and to put in order; without it the numbers (or
addresses) are typed, and the help below the field says which story each is.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import ON_DESK
from articles.admin.status import word
from articles.models import Article
from articles.related import MOST, joined, split

FOUND = 8
HELP = _("Numbers or addresses of articles in their order. Readers see those that are live.")


class RelatedInput(forms.TextInput):
    """Carries the addresses the script asks."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-find": str(reverse_lazy("admin:articles_article_find")),
            "data-headlines": str(reverse_lazy("admin:articles_article_headlines")),
            "data-most": str(MOST),
            "autocomplete": "off",
            "class": "vTextField",
            "dir": "ltr",
        }
        return context


class RelatedField(forms.CharField):
    """Each article once; a number that is none is an error, but what was chosen before may stay."""

    widget = RelatedInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Related stories"), required=False, max_length=4000, help_text=HELP, **kwargs
        )
        self.before: list[int] = []

    def prepare_value(self, value: Any) -> Any:
        return joined(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return split(str(data or "")) != ([*(initial or [])], [])

    def clean(self, value: Any) -> Any:
        ids, odd = split(super().clean(value))
        if odd:
            raise forms.ValidationError(
                _("“%s” is neither a number nor an address of an article.") % odd[0][:60]
            )
        if len(ids) > MOST:
            raise forms.ValidationError(
                _("At most %(most)d related stories; these are %(count)d.")
                % {"most": MOST, "count": len(ids)}
            )
        known = {*self.before}
        if new := [pk for pk in ids if pk not in known]:
            known |= {*Article.objects.filter(ON_DESK, pk__in=new).values_list("pk", flat=True)}
        if missing := [pk for pk in ids if pk not in known]:
            raise forms.ValidationError(_("There is no article number %d.") % missing[0])
        return ids


def help_for(ids: list[int]) -> SafeString:
    """The help with the headlines of what is chosen; one query, none without a choice."""
    found = Article.objects.only("headline").in_bulk(ids) if ids else {}
    rows = [(pk, found[pk].headline) for pk in ids if pk in found]
    names = format_html_join("", "<li>{}: <bdi>{}</bdi></li>", rows)
    return (
        format_html("{}<ol class='related-names'>{}</ol>", HELP, names)
        if rows
        else format_html("{}", HELP)
    )


def find_view(request: HttpRequest) -> JsonResponse:
    """Articles whose headline holds every word of `?q=`, newest first; or the one of that number.

    One query. `?not=` leaves an article out: the one that is being written.
    """
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    typed = request.GET.get("q", "").replace("\x00", "")[:200]
    ids, odd = split(typed)
    words = Q()
    for each in typed.split()[:10]:
        words &= Q(headline__icontains=each)
    found = Article.objects.filter(ON_DESK, words if odd else words | Q(pk__in=ids))
    without = request.GET.get("not", "")
    if without.isascii() and without.isdigit() and len(without) <= 18:
        found = found.exclude(pk=int(without))
    rows = found.defer("body").order_by("-modified_at", "-pk")[:FOUND] if typed.strip() else []
    return JsonResponse(
        {
            "articles": [
                {"id": row.pk, "headline": row.headline, "state": word(row)[1], "live": row.is_live}
                for row in rows
            ]
        }
    )
