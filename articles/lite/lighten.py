"""What is taken out of a page, or put otherwise, so that it is light and its links stay light.

Works on HTML of our own templates, whose forms are known. Text that people wrote cannot be taken
for it: the filter (newsroom.lib.html) lets no picture, button or script through.
"""

import re
from itertools import count

from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.lite.twins import twin

# Pictures that one address can open, and letters of a query that links repeat.
MOST, LONGEST = 50, 300
_LINK = re.compile(r'(<a\b[^>]*? href=")(/[^"]*)"')
_PICTURE = re.compile(r"(<figure\b[^>]*>\s*)?(<picture>.*?</picture>|<img\b[^>]*>)", re.S)
_WIDER = re.compile(r'(?<=srcset=")([^" ]+) [^"]*" sizes="[^"]*"')
_WEBP = re.compile(r'<source type="image/webp"[^>]*>')
_ALT = re.compile(r' alt="([^"]*)"')
# Neither does anything without script.
_IDLE = re.compile(r"<(script|button)\b.*?</\1>\s*", re.S)


def lighten(html: str, asked: QueryDict) -> str:
    """No script, no picture before a reader asks for it, links to the lite twin where there is one.

    A picture with a caption becomes a link to the page with it: `?picture=2`, added to what was
    asked before; it comes in its smallest width. One that only decorates (a face, a thumbnail) is
    left out.
    """
    opened = [number for number in asked.getlist("picture") if number.isdecimal()][:MOST]
    numbers = count(1)

    def picture(found: re.Match[str]) -> str:
        figure = found[1]
        return f"{figure}{_picture(found[2], next(numbers), opened, asked)}" if figure else ""

    html = _PICTURE.sub(picture, _IDLE.sub("", html))
    return _LINK.sub(lambda link: f'{link[1]}{twin(link[2]) or link[2]}"', html)


def _picture(html: str, number: int, opened: list[str], asked: QueryDict) -> str:
    if str(number) in opened:
        smallest = _WEBP.sub("", _WIDER.sub(r'\1"', html))
        return f'<div id="picture-{number}">{smallest}</div>'
    # Beside pictures a page of posts may have been asked for; nobody's thousand letters come back.
    query = asked.copy() if len(asked.urlencode()) < LONGEST else QueryDict(mutable=True)
    query.setlist("picture", [*opened, str(number)])
    alt = _ALT.search(html)
    words = f"<bdi>{alt[1]}</bdi>" if alt and alt[1] else ""
    label = _("Picture: %(words)s") % {"words": words} if words else _("Show the picture")
    href = escape(f"?{query.urlencode()}#picture-{number}")
    return f'<a class="picture" rel="nofollow" href="{href}">{label}</a>'
