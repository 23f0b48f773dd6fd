"""The sign-up box for pages of other apps, and whether there is anything to sign up for."""

from typing import Any

from django import template
from django.db import Error
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from newsletter.offers import Offer, offers, under_articles
from newsroom.cache.parts import part

register = template.Library()


@register.simple_tag(takes_context=True)
def newsletter_box(context: Context) -> str:
    """The newsletter offered under articles; nothing when there is none or no terms are in force.

    No query when warm. The form notes the path of the page it stands on.
    """
    offer = under_articles(timezone.now())
    if offer is None:
        return ""
    request: Any = context.get("request")
    source = request.path if request else "page"
    return part("newsletter box", source, version=offer, build=lambda: _box(context, offer, source))


def _box(context: Context, offer: Offer, source: str) -> str:
    if context.template is None:
        return ""
    box = context.template.engine.get_template("partials/newsletter_box.html")
    with context.push(newsletter=offer, form_action=reverse("newsletter:sign_up"), source=source):
        return box.render(context)


@register.simple_tag
def newsletter_open() -> bool:
    """Whether /newsletter/ has a form to show, for the masthead; no query when warm."""
    try:
        return bool(offers(timezone.now()))
    except Error:  # error pages have a masthead too, and the database may be why
        return False
