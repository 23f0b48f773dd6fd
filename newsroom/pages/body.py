"""Stored text as readers get it: pictures shown, wide tables made to scroll. Boxes of related
articles are filled in by articles/body/render.py."""

import re
from collections.abc import Callable, Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from newsroom.media.models import Picture

_FIGURE = re.compile(
    r'<figure data-picture="([0-9]{1,18})">(?:<figcaption>(.*?)</figcaption>)?.*?</figure>', re.S
)
RELATED = re.compile(r'<aside data-article="([0-9]{1,18})">.*?</aside>', re.S)


def pictures_in(html: str) -> list[int]:
    """Ids of the pictures the text shows, in order."""
    return [int(match[1]) for match in _FIGURE.finditer(html)]


def _figure(picture: Picture, caption: str) -> str:
    context = {"picture": picture, "caption": caption, "credit": picture.credit}
    return render_to_string("partials/figure.html", context)


def with_pictures(
    html: str,
    pictures: Mapping[int, Picture],
    figure: Callable[[Picture, str], str] = _figure,
) -> str:
    """The text, cleaned when it was written, with its pictures; one that is gone leaves nothing.

    `figure` shows one with its caption: on a page of ours, unless it says otherwise.
    """

    def shown(match: re.Match[str]) -> str:
        picture = pictures.get(int(match[1]))
        if picture is None:
            return ""
        own = (match[2] or "").strip()
        caption = mark_safe(own) if own else picture.caption  # noqa: S308  (cleaned when written)
        return figure(picture, caption).strip()

    return _FIGURE.sub(shown, html)


def with_scrolling_tables(html: str) -> str:
    """Tables in boxes that the keyboard can scroll."""
    opened = html.replace("<table>", '<div class="table" tabindex="0"><table>')
    return opened.replace("</table>", "</table></div>")


def rendered(html: str) -> SafeString:
    """A page's text; one query if it holds pictures."""
    html = RELATED.sub("", html)  # an imported page may hold one
    ids = pictures_in(html)
    pictures = Picture.objects.in_bulk(ids) if ids else {}
    return mark_safe(with_scrolling_tables(with_pictures(html, pictures)))  # noqa: S308  (cleaned)
