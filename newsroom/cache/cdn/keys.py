"""What caches in front of the site know a page by: a short key for each of its tags.

Tags have any length and may hold signs that a header does not. A key has eight small letters and
digits. That two tags share one happens once in a million million: then too much is purged, never
too little.
"""

import base64
import hashlib
from collections.abc import Iterable

from django.conf import settings

from newsroom.cache.pages import Headers

# On every page, and on each that shows more than can be said.
ALL, MANY = "all", "many"
# Bytes. Fastly and Cloudflare take 16 kB; Varnish takes lines of 8 kB unless it is told otherwise.
MOST = 7_900


def key(tag: str) -> str:
    return base64.b32encode(hashlib.blake2b(tag.encode(), digest_size=5).digest()).decode().lower()


def headers_for(tags: Iterable[str]) -> Headers:
    """What a stored page says to the caches that are configured; nothing if there are none.

    A page whose keys do not fit says `many`, and goes out with every purge.
    """
    names = []
    if settings.VARNISH_URLS or settings.FASTLY_SERVICE:
        names.append(("Surrogate-Key", " "))
    if settings.CLOUDFLARE_ZONE:
        names.append(("Cache-Tag", ","))
    if not names:
        return []
    said = [ALL, *sorted({key(tag) for tag in tags})]
    if len(" ".join(said)) > MOST:
        said = [ALL, MANY]
    return [(name, between.join(said)) for name, between in names]
