"""What the journalism has to offer on a page that says that nothing is here."""

from django import template

from articles.models import PublishedArticle
from articles.near import near_stories
from newsroom.addresses.lost import Lost

register = template.Library()


@register.simple_tag
def stories_meant(lost: Lost) -> list[PublishedArticle]:
    """Stories that the words of an address may have meant, best first."""
    return near_stories(lost.words, search_too=lost.is_like_a_story)
