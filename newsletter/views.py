"""The pages of signing up, confirming and leaving.

The form stands on pages that are the same for everyone and are kept in caches: no token, no cookie,
no session. A POST that the browser does not vouch for gets a page that asks once more. The pages
behind the links in mails are for one person: never stored, never indexed.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from newsletter import choices, tokens
from newsletter.forms import FIELDS, SignUpForm, Slip, filled_slip
from newsletter.networks import truncated
from newsletter.offers import offers
from newsletter.signup import receive
from newsroom.lib.origin import is_same_origin
from newsroom.lib.ratelimit import allow, client_network
from newsroom.lib.signing import BadToken, sign, unsign

logger = logging.getLogger(__name__)

A_NETWORK_AN_HOUR = 30
ASK_AGAIN_WITHIN = 600  # seconds
P = ParamSpec("P")


def personal(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For one person: kept by no cache and no search engine, its address told to nobody."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """All newsletters, each with its form; the address every sign-up form posts to."""
    return _taken(request) if request.method == "POST" else _shown(request)


@require_safe
@cache_control(public=True, max_age=300)
def check_mail(request: HttpRequest) -> HttpResponse:
    """ "Look at your mail": the same for known and unknown addresses."""
    return render(request, "newsletter/check_mail.html")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button and does nothing: mail scanners follow links. POST confirms."""
    if request.method != "POST":
        newsletter = choices.newsletter_of(tokens.CONFIRM, token)
        return render(request, "newsletter/confirm.html", {"newsletter": newsletter})
    network = truncated(client_network(request))
    newsletter = choices.confirm(token, network=network, at=timezone.now())
    return render(request, "newsletter/confirmed.html", {"newsletter": newsletter})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button. POST acts, from the page or from a mail program (RFC 8058)."""
    if request.method != "POST":
        newsletter = choices.newsletter_of(tokens.UNSUBSCRIBE, token)
        return render(request, "newsletter/unsubscribe.html", {"newsletter": newsletter})
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    choices.unsubscribe(
        token,
        source="one click" if one_click else "mail",
        network=truncated(client_network(request)),
        at=timezone.now(),
    )
    return render(request, "newsletter/unsubscribed.html")


@cache_control(public=True, max_age=60)
def _shown(request: HttpRequest) -> HttpResponse:
    return _page(request, [Slip(offer) for offer in offers(timezone.now())])


@personal
def _taken(request: HttpRequest) -> HttpResponse:
    """Check the form, write it down, and say the same whoever it is."""
    at, network = timezone.now(), client_network(request)
    data = {name: value for name in FIELDS if (value := request.POST.get(name)) is not None}
    if token := request.POST.get("token"):
        data = _asked_again(token, network)
    open_now = offers(at)
    offer = next((o for o in open_now if o.slug == data.get("newsletter")), None)
    if offer is None:
        return _page(request, [Slip(o) for o in open_now], status=422)
    if request.POST.get("website"):  # a field people do not see
        logger.info("newsletter: a sign-up filled the hidden field")
        return _thanks()
    if not token and not is_same_origin(request):
        return _ask_again(request, data, network, offer.name)
    form = SignUpForm(data, offer=offer, at=at)
    alarm = "" if not form.is_valid() else _too_many(network)
    if form.errors or alarm or form.agreed is None:
        slips = [filled_slip(form, alarm=alarm) if o is offer else Slip(o) for o in open_now]
        response = _page(request, slips, status=429 if alarm else 422)
        if alarm:
            response["Retry-After"] = "3600"
        return response
    receive(
        offer=offer,
        email=form.cleaned_data["email"],
        agreed=form.agreed,
        with_box=form.cleaned_data["accept"],
        source=form.cleaned_data["form"],
        language=form.cleaned_data["language"],
        network=truncated(network),
        at=at,
    )
    return _thanks()


def _ask_again(request: HttpRequest, data: dict[str, str], network: str, name: str) -> HttpResponse:
    """A page with one button that carries the values, for a POST nobody vouches for."""
    token = sign("newsletter.again", network, json.dumps(data))
    context = {"newsletter": {"name": name}, "token": token, "form_action": request.path}
    return render(request, "newsletter/confirm.html", context)


def _asked_again(token: str, network: str) -> dict[str, str]:
    """The values of the form that `_ask_again` showed to this network; none for another token."""
    try:
        shown_to, values = unsign("newsletter.again", token, max_age=ASK_AGAIN_WITHIN)
    except (BadToken, ValueError):
        return {}
    return dict(json.loads(values)) if shown_to == network else {}


def _too_many(network: str) -> str:
    """A sentence when this network, or the whole site, had too many sign-ups this hour."""
    if not allow("newsletter.network", network, limit=A_NETWORK_AN_HOUR, seconds=3600):
        return _("Too many sign-ups came from your network. Please try again in an hour.")
    brake: int = settings.NEWSLETTER_SIGNUPS_PER_HOUR
    if not allow("newsletter.brake", "all", limit=brake, seconds=3600):
        logger.error("newsletter: the brake of %d sign-ups an hour is on", brake)
        return _("Too many people are signing up just now. Please try again in an hour.")
    return ""


def _thanks() -> HttpResponse:
    response = HttpResponseRedirect(reverse("newsletter:check_mail"))
    response.status_code = 303
    return response


def _page(request: HttpRequest, slips: list[Slip], *, status: int = 200) -> HttpResponse:
    context = {"slips": slips, "form_action": reverse("newsletter:sign_up"), "source": "page"}
    return render(request, "newsletter/signup.html", context, status=status)
