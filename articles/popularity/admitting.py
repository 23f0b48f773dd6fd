"""Which requests are a reader's: no machine's, not the staff's, not from another site's page."""

import re

from django.conf import settings
from django.http import HttpRequest

from newsroom.lib.origin import is_same_origin

# Words of programs that fetch pages by themselves. A telephone is called "Cubot".
_MACHINES = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|phantom|lighthouse|externalhit|preview|monitor|pingdom"
    r"|uptime|archiv|scrap|fetch|httrack|python|curl|wget|java/|http-?client|libwww|axios|selenium",
    re.IGNORECASE,
)
# Every browser has called itself one of these for thirty years.
_BROWSERS = ("Mozilla/", "Opera/")
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def counts(request: HttpRequest) -> bool:
    """Whether to count who sent this; reads headers alone, no session, no database."""
    return (
        is_same_origin(request)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES  # only staff have one
        and not any(
            word in request.headers.get(name, "").lower()
            for name in _AHEAD
            for word in ("prefetch", "preview", "prerender")
        )
        and is_browser(request.headers.get("User-Agent", "")[:500])
    )


def is_browser(name: str) -> bool:
    """Whether a program of this name is one that people read with."""
    return name.startswith(_BROWSERS) and not _MACHINES.search(name)
