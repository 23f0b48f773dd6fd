"""`{% share_head %}`: what networks and messengers show of a page, in its head."""

import html
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY

from newsroom.pages.sharing import Share, locale_of, paper_image

register = template.Library()


@register.inclusion_tag("partials/share_head.html", takes_context=True)
def share_head(context: Context) -> dict[str, Any]:
    """Of `share` in the context (newsroom.pages.sharing.Share), where the page's view gives one.

    Else the title and description that the page's blocks of these names say already.
    """
    share: Share = context.get("share") or Share()
    site = context["site"]
    return {
        "site": site,
        "type": share.type,
        "title": share.title or _block(context, "title").removesuffix(f" | {site.name}"),
        "description": share.description or _block(context, "description"),
        "address": f"{site.url}{context['request'].path}",
        "image": share.image or paper_image(site),
        "locale": locale_of(share.language or site.language),
    }


def _block(context: Context, name: str) -> str:
    """What a block of the page's template says, as plain text in one line."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return " ".join(html.unescape(block.render(context)).split()) if block else ""
