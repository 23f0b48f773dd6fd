"""The manifest, the worker and the page that a reader without a connection gets."""

import hashlib
import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.pages.chrome import chrome
from newsroom.pages.identity import present_identity
from newsroom.webapp.manifest import manifest_of

# What the page for no connection and every kept story is set with; some 140 kB, once a release.
SHELL = (
    "css/site.css", "fonts/newsroom-serif.woff2", "fonts/newsroom-sans.woff2", "js/breaking.js",
    "js/offline.js", "icons/favicon.svg",
)  # fmt: skip


# As the paper prints dates: the day before the month, hours to 24.
LOCALES = {"en": "en-GB"}


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """From the identity and the main menu; no query while they are stored. 404 if switched off."""
    _only_if_on()
    return JsonResponse(manifest_of(chrome()), content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; browsers compare it byte by byte and take a new one when it differs.

    It differs when a file of the shell, the paper's language or the worker itself does. Switched
    off, it is one that removes itself and all that was kept from each device that asks.
    """
    template = "webapp/worker.js" if settings.WEB_APP else "webapp/farewell.js"
    paper = _paper()
    context = {"paper": json.dumps(paper)}
    response = render(request, template, context, content_type="text/javascript")
    # A worker that a cache keeps is one that no reader gets rid of.
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is kept on this device, and what to read without a connection. 404 if switched off."""
    _only_if_on()
    return render(request, "webapp/offline.html", {"locale": _locale()})


def _paper() -> dict[str, object]:
    """What the worker cannot know: the names of this release's files, and the reader's words."""
    shell = [static(name) for name in SHELL]
    return {
        "version": hashlib.blake2b(" ".join(shell).encode(), digest_size=6).hexdigest(),
        "offline": reverse("offline"),
        "shell": shell,
        "locale": _locale(),
        # Put into the page as it stands.
        "kept": escape(_("Kept copy from %(time)s. There may be corrections since.")),
    }


def _locale() -> str:
    """In which a script prints dates."""
    language = present_identity().language
    return LOCALES.get(language, language)


def _only_if_on() -> None:
    if not settings.WEB_APP:
        raise Http404("no web app here")
