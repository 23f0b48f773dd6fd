"""A page's stored text as readers get it: pictures shown, wide tables made to scroll."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from newsroom.media.models import Picture

_FIGURE = re.compile(
    r'<figure data-picture="([0-9]{1,18})">(?:<figcaption>(.*?)</figcaption>)?.*?</figure>', re.S
)
# Boxes of related articles belong to articles; an imported page may hold one.
_RELATED = re.compile(r'<aside data-article="[0-9]{1,18}">.*?</aside>', re.S)


def rendered(html: str) -> SafeString:
    """The page's text, which was cleaned when it was written; one query if it holds pictures."""
    html = _RELATED.sub("", html)
    ids = [int(match[1]) for match in _FIGURE.finditer(html)]
    pictures = Picture.objects.in_bulk(ids) if ids else {}

    def figure(match: re.Match[str]) -> str:
        picture = pictures.get(int(match[1]))
        if picture is None:
            return ""
        own = (match[2] or "").strip()
        caption = mark_safe(own) if own else picture.caption  # noqa: S308  (cleaned when written)
        context = {"picture": picture, "caption": caption, "credit": picture.credit}
        return render_to_string("articles/body/figure.html", context).strip()

    html = _FIGURE.sub(figure, html)
    html = html.replace("<table>", '<div class="table"><table>')
    return mark_safe(html.replace("</table>", "</table></div>"))  # noqa: S308  (cleaned)
