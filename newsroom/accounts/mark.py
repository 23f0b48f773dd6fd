"""The mark of a log-in: a cookie that says that there is one, and nothing else.

The session's own cookie is hidden from scripts. By this one a script knows whether there is
anything to ask for (static/js/breaking.js), so that readers who are not logged in ask for nothing.
Whoever forges it gets the answer of a stranger. It lives as long as the session's, and no page,
here or in a cache in front, varies by it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "__Host-logged-in" if settings.SESSION_COOKIE_SECURE else "logged-in"


def mark_of_log_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware right within that of the user. Only answers that have looked at the session set or
    take the mark: they are somebody's own anyway."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A session that could not be read would be read again.
        if request.session.accessed and response.status_code < 500:
            _follow(request, response)
        return response

    return middleware


def _follow(request: HttpRequest, response: HttpResponse) -> None:
    """Set, prolong or take the mark as becomes of the session."""
    session, is_marked = request.session, COOKIE in request.COOKIES
    if not request.user.is_authenticated:
        if is_marked:
            response.delete_cookie(COOKIE, samesite="Lax")
    elif session.modified or not is_marked:
        response.set_cookie(
            COOKIE,
            "1",
            max_age=None if session.get_expire_at_browser_close() else session.get_expiry_age(),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
