"""The proof of an act: its line, which asks again by itself, and a page with all that is known."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.cache.proof.reading import Proof, Shown, read
from newsroom.cache.proof.token import BadToken, entries
from newsroom.cache.proof.words import STATES, sentence

# Late pages that the line names; the page has them all.
NAMED = 3


def line_view(request: HttpRequest, key: str) -> JsonResponse:
    """For static/js/admin/proof.js: the words, and whether something is still to come."""
    proof = _proof(request, key)
    html = render_to_string("admin/proof/line.html", _context(proof))
    return JsonResponse({"html": html, "done": proof.is_done, "late": proof.is_late})


def proof_view(request: HttpRequest, key: str) -> HttpResponse:
    """Which pages, processes and caches; as it stands when it is opened."""
    proof = _proof(request, key)
    context = {
        **admin.site.each_context(request),
        **_context(proof),
        "title": _("Readers’ pages after your change"),
        "key": key,
        "pages": [(page, STATES[page.state], _seconds(proof, page)) for page in proof.pages],
        "more": proof.count - len(proof.pages),
    }
    return render(request, "admin/proof/proof.html", context)


def _proof(request: HttpRequest, key: str) -> Proof:
    """404 for another's, and for what is rolled back or older than two days."""
    try:
        first, last = entries(request.user, key)
    except (BadToken, ValueError) as error:
        raise Http404 from error
    proof = read(first, last, at=timezone.now())
    if proof is None:
        raise Http404(_("Nothing is known of this change any more."))
    return proof


def _seconds(proof: Proof, page: Shown) -> float | None:
    """From the change until the page was made."""
    return max(0.0, (page.made_at - proof.at).total_seconds()) if page.made_at else None


def _context(proof: Proof) -> dict[str, object]:
    late = proof.late
    return {
        "proof": proof, "sentence": sentence(proof), "late": late[:NAMED],
        "later": len(late) - NAMED,
    }  # fmt: skip
