"""Whether a form without a token was posted from our own page.

Forms on pages that are the same for everyone carry no token, because a token needs a cookie. The
browser's own headers say where a POST comes from (TRUST: Sec-Fetch-Site first, then Origin).
"""

from django.conf import settings
from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser vouches for our own origin; False: ask the sender to confirm."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    own = {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    return request.headers.get("Origin") in own
