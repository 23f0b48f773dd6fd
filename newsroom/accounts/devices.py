"""Browsers that have been logged in before, known by a signed cookie that names the account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from newsroom.lib.signing import BadToken, sign, unsign

COOKIE = "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"
SECONDS = 180 * 24 * 3600


def known(request: HttpRequest, email: str) -> str:
    """The name of this browser if this account was opened in it; "" for every other."""
    try:
        owner, device = unsign("device", request.COOKIES.get(COOKIE, ""), max_age=SECONDS)
    except (BadToken, ValueError):
        return ""
    return device if owner == email else ""


def remember(response: HttpResponse, email: str) -> None:
    """Let this browser be known from now on."""
    response.set_cookie(
        COOKIE,
        sign("device", email, get_random_string(22)),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
