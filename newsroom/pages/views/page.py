"""Pages with an address of their own, and the versions of the terms under one of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.cache.tags import fresh_until, seen
from newsroom.lib.json_ld import to_script
from newsroom.pages.body import rendered
from newsroom.pages.models import Page, TermsVersion
from newsroom.pages.structured_data import trail


@kept(Lifetime.STORY)
@require_safe
def page(request: HttpRequest, page_id: int) -> HttpResponse:
    """One page; called by the dispatcher of addresses."""
    found = Page.objects.public().filter(pk=page_id).first()
    if found is None:
        raise Http404("no such page")
    terms = TermsVersion.objects.current(timezone.now()) if found.shows_terms else None
    return _show(request, found, terms)


@kept(Lifetime.STORY)
@require_safe
def terms_version(request: HttpRequest, segment: str, number: int) -> HttpResponse:
    """`/terms-of-use/version/2/`: any version whose day has come, or is to come."""
    match = resolve(f"/{segment}/")
    if match is None or match.kind != "page":
        raise Http404("no such page")
    if match.redirect:
        return moved(f"{match.redirect}version/{number}/")
    found = Page.objects.public().filter(pk=match.object_id, shows_terms=True).first()
    terms = TermsVersion.objects.filter(number=min(number, 2**31 - 1)).first()
    if found is None or terms is None:
        raise Http404("no such version")
    return _show(request, found, terms)


def _show(request: HttpRequest, found: Page, terms: TermsVersion | None) -> HttpResponse:
    context: dict[str, Any] = {"page": found, "terms": terms, "versions": []}
    if found.shows_terms:
        seen("terms")
        fresh_until(TermsVersion.objects.next_after(timezone.now()))
    if terms:
        current = TermsVersion.objects.current(timezone.now())
        # Not saved: the template shows one title, text and date, whichever they are.
        found.title, found.body, found.updated_at = terms.title, terms.body, terms.effective_at
        context["is_current"] = terms == current
        context["versions"] = [
            {
                "number": version.number,
                "effective_at": version.effective_at,
                "href": f"{found.path}version/{version.number}/",
                "is_shown": version.pk == terms.pk,
            }
            for version in TermsVersion.objects.only("number", "effective_at")
        ]
    found.body = rendered(found.body)
    context["structured_data"] = to_script(trail([], found.title))
    return TemplateResponse(request, "pages/page.html", context)
