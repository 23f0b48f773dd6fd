"""The form and where it leads.

It stands on pages that are the same for everyone and are kept in caches: no token, no cookie, no
session. A POST that the browser does not vouch for gets a page that asks once more. While the
database is away the very same form is checked against what this process last knew, and written to
the spool (newsletter/spool.py).
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from newsletter import spool
from newsletter.forms import FIELDS, SignUpForm, Slip, filled_slip
from newsletter.models import SignUp
from newsletter.networks import truncated
from newsletter.offers import Offer, last_offers, offers
from newsletter.signup import receive
from newsletter.views.personal import personal
from newsroom.cache.away import without_database
from newsroom.lib.origin import is_same_origin
from newsroom.lib.ratelimit import allow, client_network
from newsroom.lib.shedding import shed_first
from newsroom.lib.signing import BadToken, sign, unsign
from newsroom.lib.unavailable import TRY_AGAIN_AFTER, unavailable

logger = logging.getLogger(__name__)

A_NETWORK_AN_HOUR = 30
ASK_AGAIN_WITHIN = 600  # seconds
# The database does not answer, or is too busy.
AWAY = (OperationalError, InterfaceError)


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


def _shown(request: HttpRequest) -> HttpResponse:
    try:
        return _present(request, offers(timezone.now()))
    except AWAY:
        known = last_offers()
    if known is None:
        return unavailable()
    response = _page(request, [Slip(offer) for offer in known])
    response["Cache-Control"] = "no-store"  # it lacks the menus
    return response


@cache_control(public=True, max_age=60)
def _present(request: HttpRequest, open_now: list[Offer]) -> HttpResponse:
    return _page(request, [Slip(offer) for offer in open_now])


@dataclass(frozen=True)
class Book:
    """Where sign-ups are written: what is on offer, whether there are too many, writing, thanks."""

    offers: Callable[[datetime], list[Offer]]
    too_many: Callable[[str], str]
    write: Callable[[SignUp, str], None]
    thanks: Callable[[HttpRequest], HttpResponse]


@personal
@shed_first
def _taken(request: HttpRequest) -> HttpResponse:
    """Into the database; into the spool when that is away; else the word that it was not taken."""
    at = timezone.now()
    try:
        return _written(request, LIVE, at)
    except AWAY as error:
        logger.warning("newsletter: a sign-up goes to the spool: %s", error)
    try:
        with without_database():
            return _written(request, SPOOL, at)
    except (*AWAY, spool.Full, OSError) as error:
        logger.error("newsletter: a sign-up was refused: %s", error or "the spool is full")
    return _refused(request)


def _written(request: HttpRequest, book: Book, at: datetime) -> HttpResponse:
    """Check the form, write it down, and say the same whoever it is."""
    network = client_network(request)
    data = {name: value for name in FIELDS if (value := request.POST.get(name)) is not None}
    if token := request.POST.get("token"):
        data = _asked_again(token, network)
    open_now = book.offers(at)
    offer = next((o for o in open_now if o.slug == data.get("newsletter")), None)
    if offer is None:
        return _page(request, [Slip(o) for o in open_now], status=422)
    if request.POST.get("website"):  # a field people do not see
        logger.info("newsletter: a sign-up filled the hidden field")
        return book.thanks(request)
    if not token and not is_same_origin(request):
        return _ask_again(request, data, network, offer.name)
    form = SignUpForm(data, offer=offer, at=at)
    alarm = "" if not form.is_valid() else book.too_many(network)
    if form.errors or alarm or form.agreed is None:
        slips = [filled_slip(form, alarm=alarm) if o is offer else Slip(o) for o in open_now]
        response = _page(request, slips, status=429 if alarm else 422)
        if alarm:
            response["Retry-After"] = "3600"
        return response
    sign_up = SignUp(
        newsletter_id=offer.id,
        email=form.cleaned_data["email"],
        at=at,
        terms_id=form.agreed.terms_id,
        wording=form.agreed.wording,
        with_box=form.cleaned_data["accept"],
        source=form.cleaned_data["form"],
        language=form.cleaned_data["language"],
        network=truncated(network),
    )
    book.write(sign_up, network)
    return book.thanks(request)


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
    brake: int = settings.NEWSLETTER_SIGNUPS_PER_HOUR
    return _beyond(
        allow("newsletter.network", network, limit=A_NETWORK_AN_HOUR, seconds=3600),
        lambda: allow("newsletter.brake", "all", limit=brake, seconds=3600),
    )


def _too_many_wait(network: str) -> str:
    """The same, counted by what waits on this machine."""
    own, all_of_them = spool.recent(network, now=timezone.now().timestamp())
    return _beyond(
        own < A_NETWORK_AN_HOUR, lambda: all_of_them < settings.NEWSLETTER_SIGNUPS_PER_HOUR
    )


def _beyond(network_may: bool, site_may: Callable[[], bool]) -> str:
    if not network_may:
        return _("Too many sign-ups came from your network. Please try again in an hour.")
    if not site_may():
        brake = settings.NEWSLETTER_SIGNUPS_PER_HOUR
        logger.error("newsletter: the brake of %d sign-ups an hour is on", brake)
        return _("Too many people are signing up just now. Please try again in an hour.")
    return ""


def _known_offers(_at: datetime) -> list[Offer]:
    """What this process last knew; OperationalError when it never knew any."""
    if (known := last_offers()) is None:
        raise OperationalError("this process has not read what is on offer")
    return known


def _thanks(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(reverse("newsletter:check_mail"))
    response.status_code = 303
    return response


def _noted(request: HttpRequest) -> HttpResponse:
    """202: it is written down, and nothing has come of it yet. The paper's language is what the
    form says: this process may not know it."""
    return _bare("newsletter/noted.html", request, 202)


def _refused(request: HttpRequest) -> HttpResponse:
    """Nothing is written down, and that is said."""
    response = _bare("newsletter/not_noted.html", request, 503)
    response["Retry-After"] = TRY_AGAIN_AFTER
    return response


def _bare(template: str, request: HttpRequest, status: int) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language()
    with translation.override(language):
        return HttpResponse(render_to_string(template), status=status)


def _page(request: HttpRequest, slips: list[Slip], *, status: int = 200) -> HttpResponse:
    context = {"slips": slips, "form_action": reverse("newsletter:sign_up"), "source": "page"}
    return render(request, "newsletter/signup.html", context, status=status)


LIVE = Book(offers, _too_many, lambda sign_up, _network: receive(sign_up), _thanks)
SPOOL = Book(
    _known_offers, _too_many_wait, lambda sign_up, network: spool.keep(sign_up, network=network),
    _noted,
)  # fmt: skip
