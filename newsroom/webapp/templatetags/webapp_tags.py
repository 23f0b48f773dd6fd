"""What makes a page part of the web app."""

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("webapp/head.html")
def web_app() -> dict[str, bool]:
    """The manifest and the module that lets the worker in; nothing where it is switched off."""
    return {"on": settings.WEB_APP}
