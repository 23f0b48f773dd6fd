"""What search engines are told of a page."""

import json

from django import template
from django.utils.safestring import mark_safe
from wagtail.models import Site

register = template.Library()
CONTEXT = "https://schema.org"


@register.simple_tag(takes_context=True)
def article_data(context, article):
    request = context["request"]
    address = article.get_full_url(request)
    authors = [{"@type": "Person", "name": each.name} for each in context["authors"]]
    return _script(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "headline": article.title,
            "description": article.standfirst,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": article.first_published_at.isoformat(),
            "dateModified": article.last_published_at.isoformat(),
            "inLanguage": "en",
            "articleSection": article.section.title,
            "author": authors,
            "keywords": [topic.name for topic in context["topics"]],
        }
    )


@register.simple_tag(takes_context=True)
def list_data(context, name, cards):
    root = Site.find_for_request(context["request"]).root_url
    items = [
        {"@type": "ListItem", "position": number, "url": root + card.get_url(context["request"])}
        for number, card in enumerate(cards, 1)
    ]
    return _script(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "name": name,
            "mainEntity": {"@type": "ItemList", "itemListElement": items},
        }
    )


@register.simple_tag(takes_context=True)
def menu(context):
    """The sections that stand in the menu."""
    home = Site.find_for_request(context["request"]).root_page
    return home.get_children().live().in_menu()


def _script(data):
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
