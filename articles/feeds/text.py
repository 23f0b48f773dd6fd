"""How much of a story leaves the site in a feed, and the text as programs elsewhere show it.

What is for some readers alone is decided in `carries_text` and nowhere else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from articles.feeds.document import Image, address_of
from articles.models import PublishedArticle
from newsroom.lib.html import plain_text
from newsroom.lib.text import excerpt
from newsroom.media.models import Picture
from newsroom.pages.body import RELATED, pictures_in, with_pictures
from newsroom.pages.identity import identity
from newsroom.pages.models.identity import direction_of

EXTRACT = 300
_SCROLLING = re.compile(r'<div class="table" tabindex="0">(<table>.*?</table>)</div>', re.S)
_OWN_LINK = re.compile(r'<a href="([/#?][^"]*)"')


def any_text() -> bool:
    """Whether feeds carry whole texts at all: staff say so in Site identity."""
    return identity().full_text_feeds


def carries_text(article: PublishedArticle) -> bool:
    """Whether a feed, which anybody may read, may carry the whole text of this article."""
    return any_text()


def extract(article: PublishedArticle) -> str:
    """What every feed says of the article, in plain words."""
    return article.standfirst or excerpt(plain_text(article.seo_description), EXTRACT)


def pictures_of(articles: Iterable[PublishedArticle]) -> dict[int, Picture]:
    """Those in the texts that may be carried; one query, none where there are none."""
    ids = {pk for each in articles if carries_text(each) for pk in pictures_in(each.body)}
    return Picture.objects.in_bulk(ids) if ids else {}


def whole_text(
    article: PublishedArticle,
    pictures: Mapping[int, Picture],
    corrections: Sequence[Mapping[str, Any]],
) -> str:
    """The text as it may stand on any page, or nothing where a feed may not carry it.

    Pictures with their credit; the column's disclaimer and the standing corrections below. Boxes
    that lead to other stories stay at home. Addresses are whole; nothing runs.
    """
    if not carries_text(article):
        return ""
    page = address_of(article.get_absolute_url())
    lead = article.lead_picture
    body = with_pictures(RELATED.sub("", article.body), pictures, _figure)
    context = {
        "article": article,
        "lead": mark_safe(_figure(lead, article.lead_caption or lead.caption)) if lead else "",  # noqa: S308  (built of escaped parts)
        "body": mark_safe(abroad(body, page)),  # noqa: S308  (cleaned when written)
        "corrections": corrections,
        "direction": direction_of(article.language or identity().language),
    }
    return render_to_string("feeds/text.html", context).strip()


def abroad(html: str, page: str) -> str:
    """Cleaned HTML with links that lead here from anywhere; `page` is where it stands."""

    def whole(match: re.Match[str]) -> str:
        there = page if match[1][0] in "#?" else ""
        return f'<a href="{there}{match[1]}"' if there else f'<a href="{address_of(match[1])}"'

    return _OWN_LINK.sub(whole, _SCROLLING.sub(r"\1", html))


def _figure(picture: Picture, caption: str) -> str:
    context = {"image": Image.of(picture, "wide"), "caption": caption}
    return render_to_string("feeds/figure.html", context)
