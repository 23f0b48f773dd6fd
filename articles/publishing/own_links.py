"""Links of a text to pages of this site, and which of them readers cannot follow."""

import html
import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.body.render import articles_in
from articles.models import PublishedArticle
from newsroom.addresses.models import MAX_PATH, Address

MOST = 100
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
# Names of addresses whose pages are rows of the table of addresses.
IN_BOOK = {"address", "topic", "author", "column", "series"}


def own_paths(text: str) -> list[str]:
    """Paths on this site that the text links to, each once, at most `MOST`."""
    own = urlsplit(settings.SITE_URL).hostname
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        try:
            parts = urlsplit(html.unescape(match[1]))
            here = (not parts.scheme and not parts.netloc) or parts.hostname == own
        except ValueError:  # "http://[" is no address at all
            continue
        path = unquote(parts.path)
        if here and path.startswith("/") and path.isprintable() and len(path) <= MAX_PATH:
            found[path] = None
        if len(found) == MOST:
            break
    return list(found)


def dead_links(text: str) -> tuple[list[str], list[int]]:
    """Paths linked to that answer "not found", and articles whose box shows readers nothing.

    At most 2 queries. What has a view of its own is taken to be there.
    """
    articles: dict[str, int] = {}
    booked: list[str] = []
    for path in own_paths(text):
        try:
            match = resolve(path if path.endswith("/") or "." in path else f"{path}/")
        except Resolver404:
            booked.append(path)  # an address of an earlier system may be on record
            continue
        if match.url_name == "article":
            articles[path] = match.kwargs["article_id"]
        elif match.url_name in IN_BOOK:
            booked.append(path)
    boxes = list(dict.fromkeys(articles_in(text)))[:MOST]
    ids = {*articles.values(), *boxes}
    live = PublishedArticle.objects.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    seen = set(live)
    wanted = [each for path in booked for each in (path, f"{path}/")]
    known = (
        set(Address.objects.filter(path__in=wanted, is_public=True).values_list("path", flat=True))
        if wanted
        else set()
    )
    dead = [path for path, pk in articles.items() if pk not in seen]
    dead += [path for path in booked if not {path, f"{path}/"} & known]
    return dead, [pk for pk in boxes if pk not in seen]
