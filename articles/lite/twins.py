"""Which pages are in the lite edition, and where."""

import re

from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

PREFIX = "/lite"
# By the names of their addresses. `live_post` has no page: it leads to a place in an article.
ADDRESSES = {
    "home", "opinion", "article", "topic", "author", "column", "series", "address", "live_post",
}  # fmt: skip
# What each page of the full edition is set with here.
_LIST = "lite/list.html"
TEMPLATES = {
    "pages/home.html": "lite/home.html",
    "fronts/section.html": _LIST,
    "fronts/opinion.html": _LIST,
    "articles/section.html": _LIST,
    "articles/opinion.html": _LIST,
    "articles/topic.html": _LIST,
    "articles/author.html": _LIST,
    "articles/column.html": _LIST,
    "articles/series.html": _LIST,
    "articles/article.html": "lite/article.html",
    "pages/page.html": "lite/page.html",
    "410.html": "lite/gone.html",
}
_PATH = re.compile(r"[^?#]*")


def twin(address: str) -> str | None:
    """Where a local address leads in the lite edition; None for what only the full one has.

    No query: a page that is not there is found missing in either edition.
    """
    match = _PATH.match(address)
    try:
        found = resolve(match[0]) if match else None
    except Resolver404:
        return None
    return f"{PREFIX}{address}" if found and found.view_name in ADDRESSES else None


def template_for(page: TemplateResponse) -> str | None:
    """The light template of a page, None if it has none."""
    return TEMPLATES.get(str(page.template_name))
