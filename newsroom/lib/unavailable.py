"""The page that says that the site cannot answer just now."""

from django.http import HttpResponse
from django.template.loader import render_to_string

TRY_AGAIN_AFTER = "30"  # seconds


def unavailable() -> HttpResponse:
    """503 with Retry-After, kept by no cache; needs no database."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"], response["Cache-Control"] = TRY_AGAIN_AFTER, "no-store"
    return response
