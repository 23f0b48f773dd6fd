"""The one view of the lite edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import resolve
from django.views.decorators.http import require_safe

from articles.lite.lighten import lighten
from articles.lite.packing import QUALITY, packed
from articles.lite.twins import ADDRESSES, template_for, twin
from newsroom.addresses import book
from newsroom.addresses.lost import OLD_QUERY
from newsroom.addresses.views import moved
from newsroom.cache.kept import MAKING, kept
from newsroom.cache.lifetimes import Lifetime

# What the full pages know of a query. A picture that is asked for is one of too many variants.
QUERY = ("before", "after", "order", "post", *OLD_QUERY)


@kept(Lifetime.FRONT, query=QUERY, apart=("picture",), packing=QUALITY)
@packed
@require_safe
def lite(request: HttpRequest, address: str = "") -> HttpResponse:
    """The page at `address` of the full edition in its light template.

    Costs the queries of the full page without those for what stands beside it. What the full
    edition refuses, withdraws or moves is refused, withdrawn or moved here, with the same status.
    """
    full = f"/{address}"
    request.META.pop(MAKING, None)  # the full page's view is asked, and it is not its page
    try:
        return _page(request, full)
    except Http404:
        known = book.resolve(full)
        if known and known.redirect:
            return moved(twin(known.redirect) or known.redirect)
        return render(request, "lite/404.html", status=404)


def _page(request: HttpRequest, full: str) -> HttpResponse:
    """Raises Http404 for what is not there, and for what has no lite page, the desk among it."""
    match = resolve(full)
    if match.view_name not in ADDRESSES:
        raise Http404("not in the lite edition")
    page: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if "Location" in page:
        page["Location"] = twin(page["Location"]) or page["Location"]
        return page
    template = template_for(page) if isinstance(page, TemplateResponse) else None
    if not isinstance(page, TemplateResponse) or template is None:
        return redirect(full)
    page.template_name = template
    page.context_data = {**(page.context_data or {}), "full": full}
    page.render()
    page.content = lighten(page.content.decode(), request.GET)
    return page
