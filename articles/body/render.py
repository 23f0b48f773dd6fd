"""From the stored text to the page, in two steps.

`prepare` runs once, when an article is published. `fill` runs when it is served: pictures and
related boxes stay placeholders until then, so that a mended caption or a withdrawn story is never
frozen into another's text.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from newsroom.lib.html import clean_html
from newsroom.media.models import Picture
from newsroom.pages.body import RELATED, with_pictures, with_scrolling_tables

if TYPE_CHECKING:  # the models name this package for the editor
    from articles.models import PublishedArticle

_LINK_CARD = re.compile(r'<p class="link-card">\s*<a href="([^"]*)">(.*?)</a>\s*</p>', re.S)
_EMPTY = re.compile(r"(?:<p>(?:\s|&nbsp;|<br>)*</p>\s*)+\Z|\A(?:<p>(?:\s|&nbsp;|<br>)*</p>\s*)+")
_OUTWARD = re.compile(r'<a href="(https?://[^"]*)"')


def prepare(html: str) -> str:
    """The text ready to store in the published row: cleaned, link cards and outward links done."""
    html = _EMPTY.sub("", clean_html(html))
    html = _LINK_CARD.sub(_card, html)
    own = urlsplit(settings.SITE_URL).hostname
    html = _OUTWARD.sub(
        lambda match: (
            match[0]
            if urlsplit(match[1].replace("&amp;", "&")).hostname == own
            else f'{match[0]} rel="noopener"'
        ),
        html,
    )
    return with_scrolling_tables(html)


def _card(match: re.Match[str]) -> str:
    href, title = match[1].replace("&amp;", "&"), match[2]
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    return render_to_string(
        "articles/body/link_card.html",
        {"href": href, "title": mark_safe(title), "host": host},  # noqa: S308  (cleaned above)
    ).strip()


def articles_in(html: str) -> list[int]:
    """Ids of the articles in related boxes, in order."""
    return [int(match[1]) for match in RELATED.finditer(html)]


def fill(
    html: str, pictures: Mapping[int, Picture], cards: Mapping[int, "PublishedArticle"]
) -> SafeString:
    """The text as readers get it; a placeholder of something gone leaves nothing behind."""

    def related(match: re.Match[str]) -> str:
        card = cards.get(int(match[1]))
        if card is None:
            return ""
        return render_to_string("articles/body/related.html", {"card": card}).strip()

    return mark_safe(RELATED.sub(related, with_pictures(html, pictures)))  # noqa: S308  (cleaned)
