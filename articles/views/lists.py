"""Every list of articles; what stands at the head of a front is in articles/fronts/."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle, Section
from articles.structured_data import list_data, profile_data, to_script, trail
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.lib.pagination import Page, parse_key
from newsroom.pages.sharing import Share, image_of


def _listing(request: HttpRequest, method: str, *of: int) -> Page[PublishedArticle]:
    """The page of a list that the address asks for."""
    return queries.listing(method, *of, key=parse_key(request.GET.get("before")))


@require_safe
def section_list(request: HttpRequest, section_id: int) -> HttpResponse:
    """A section's articles, newest first."""
    section = queries.section_or_404(section_id)
    found = _listing(request, "in_section", section.pk)
    return TemplateResponse(
        request,
        "articles/section.html",
        {
            "section": section,
            "cards": found.items,
            "pager": found,
            "structured_data": section_script(section, found.items),
        },
    )


def section_script(section: Section, cards: Iterable[PublishedArticle]) -> SafeString:
    """What a section's page says to machines, its front as its older pages."""
    path = section.get_absolute_url()
    return to_script(
        list_data(section.name, path, cards, description=section.description),
        trail([], section.name),
    )


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an author is and what stands under the name."""
    found_author = queries.author_or_404(slug)
    found = _listing(request, "by_author", found_author.pk)
    return TemplateResponse(
        request,
        "articles/author.html",
        {
            "author": found_author,
            "cards": found.items,
            "pager": found,
            "structured_data": to_script(profile_data(found_author), trail([], found_author.name)),
            "share": Share(type="profile", image=image_of(found_author.portrait, "portrait")),
        },
    )


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """An opinion column."""
    found_column = queries.column_or_404(slug)
    found = _listing(request, "in_column", found_column.pk)
    path = found_column.get_absolute_url()
    return TemplateResponse(
        request,
        "articles/column.html",
        {
            "column": found_column,
            "cards": found.items,
            "pager": found,
            "share": Share(image=image_of(found_column.face, "portrait")),
            "structured_data": to_script(
                list_data(
                    found_column.name, path, found.items, description=found_column.description
                ),
                trail([(_("Opinion"), reverse("opinion"))], found_column.name),
            ),
        },
    )


@require_safe
def opinion_list(request: HttpRequest) -> HttpResponse:
    """Everything of opinion."""
    found = _listing(request, "opinion")
    context = {
        "cards": found.items,
        "pager": found,
        "structured_data": opinion_script(found.items),
    }
    return TemplateResponse(request, "articles/opinion.html", context)


def opinion_script(cards: Iterable[PublishedArticle]) -> SafeString:
    """The same of opinion."""
    return to_script(list_data(_("Opinion"), reverse("opinion"), cards), trail([], _("Opinion")))
