"""The way from a page to its light twin."""

from django import template
from django.http import HttpRequest

from articles.lite.twins import ADDRESSES, PREFIX

register = template.Library()


@register.simple_tag(takes_context=True)
def lite_twin(context: template.Context) -> str:
    """Address of this page in the lite edition, of its front page where it has none. No query."""
    request: HttpRequest | None = context.get("request")
    if request and (found := request.resolver_match) and found.view_name in ADDRESSES:
        return f"{PREFIX}{request.path}"
    return f"{PREFIX}/"
