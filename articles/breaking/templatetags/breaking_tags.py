"""The banner and the ticker, which stand on every page."""

import logging

from django import template
from django.db import Error
from django.utils.safestring import SafeString, mark_safe

from articles.breaking.views import region

register = template.Library()
logger = logging.getLogger(__name__)


@register.inclusion_tag("breaking/now.html")
def breaking_now() -> dict[str, SafeString | str]:
    """What breaks now; nothing most of the time. No query while it is stored.

    Without a database there is nothing to show, and the page about that can still be shown.
    """
    try:
        html, tag = region()
    except Error as error:
        logger.warning("the breaking news cannot be read: %s", error)
        return {"html": "", "tag": ""}
    return {"html": mark_safe(html), "tag": tag}  # noqa: S308  (rendered by a template)
