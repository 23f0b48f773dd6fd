"""Home, a section's front and the opinion front; their older pages are plain lists."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles import queries
from articles.fronts import present
from articles.models import Section
from articles.structured_data import to_script
from articles.views.lists import opinion_list, opinion_script, section_list, section_script
from newsroom.addresses.lost import OLD_QUERY, old_query_address
from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.pages.organisation import organisation, website


@kept(Lifetime.FRONT, query=OLD_QUERY)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; `/?p=123` of an earlier system leads to its article."""
    if request.GET and (target := old_query_address(request)):
        return moved(target)
    page = present.home()
    context = {
        "front": page.front,
        "shown": page.shown,
        "built": page.built,
        "structured_data": to_script(website(), organisation()),
    }
    return TemplateResponse(request, "pages/home.html", context)


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def section(request: HttpRequest, section_id: int) -> HttpResponse:
    """What editors placed, then the section's articles, newest first."""
    if "before" in request.GET:
        return section_list(request, section_id)
    try:
        page = present.section(section_id)
    except Section.DoesNotExist as error:
        raise Http404("no such section") from error
    found = page.front.section
    context: dict[str, Any] = {"section": found, "pager": page, **vars(page)}
    if found:
        context["structured_data"] = section_script(found, [*page.shown.articles, *page.cards])
    return TemplateResponse(request, "fronts/section.html", context)


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def opinion(request: HttpRequest) -> HttpResponse:
    """Columns with their faces, what editors placed, then everything of opinion."""
    if "before" in request.GET:
        return opinion_list(request)
    page = present.opinion()
    script = opinion_script([*page.shown.articles, *page.cards])
    context = {
        "columns": queries.columns(), "pager": page, **vars(page), "structured_data": script,
    }  # fmt: skip
    return TemplateResponse(request, "fronts/opinion.html", context)
