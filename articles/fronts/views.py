"""Home, a section's front and the opinion front; their older pages are plain lists."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import queries
from articles.fronts import present
from articles.models import Section
from articles.views.lists import opinion_list, section_list
from newsroom.addresses.middleware import old_query_address
from newsroom.addresses.views import moved


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; `/?p=123` of an earlier system leads to its article."""
    if request.GET and (target := old_query_address(request)):
        return moved(target)
    page = present.home()
    return render(request, "pages/home.html", {"front": page.front, "shown": page.shown})


@require_safe
def section(request: HttpRequest, section_id: int) -> HttpResponse:
    """What editors placed, then the section's articles, newest first."""
    if "before" in request.GET:
        return section_list(request, section_id)
    try:
        page = present.section(section_id)
    except Section.DoesNotExist as error:
        raise Http404("no such section") from error
    return render(request, "fronts/section.html", {"section": page.front.section, **vars(page)})


@require_safe
def opinion(request: HttpRequest) -> HttpResponse:
    """Columns with their faces, what editors placed, then everything of opinion."""
    if "before" in request.GET:
        return opinion_list(request)
    page = present.opinion()
    return render(request, "fronts/opinion.html", {"columns": queries.columns(), **vars(page)})
