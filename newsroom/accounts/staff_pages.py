"""What every page for staff has in common: its content security policy; no cache keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from js_asset import Media

View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    """Decorate a view of the desk or of the accounts.

    The nonce goes to every script of the page's media, the editor's import map among them, so a
    form with the editor needs nothing of its own.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        if isinstance(response, SimpleTemplateResponse) and response.context_data:
            context = response.context_data
            if "media" in context:
                context["media"] = Media.from_media(
                    context["media"],
                    nonce=request.csp_nonce,  # type: ignore[attr-defined]
                )
            # The log-in library calls the host "site"; our templates mean the newspaper.
            if not hasattr(context.get("site"), "tagline"):
                context.pop("site", None)
        return response

    return csp_replace(settings.STAFF_CONTENT_SECURITY_POLICY)(page)
