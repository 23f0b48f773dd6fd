"""The stories a reader may have meant who asked for an address of nothing."""

from django.db import connection
from django.db.models import Q

from articles import search
from articles.models import PublishedArticle
from newsroom.lib.slugs import slugify

# Fewer words are those of a section or a topic, and too many stories have to do with them.
OF_A_STORY = 3


def near_stories(words: str, *, search_too: bool, most: int = 4) -> list[PublishedArticle]:
    """Live articles whose address begins with these words: its number was lost, or it was cut.

    Where there is none, and if wanted, those a search finds by three words or more. One query that
    reads an index (none for a single word), and what `search.near` costs.
    """
    slug = slugify(words, fallback="")
    if "-" not in slug:
        return []
    found = PublishedArticle.objects.filter(_begins_with(slug)).order_by("slug", "-article_id")
    if stories := list(found.for_cards()[:most]):
        return stories
    worth_it = search_too and slug.count("-") + 1 >= OF_A_STORY
    return search.near(words, most) if worth_it else []


def _begins_with(slug: str) -> Q:
    if connection.vendor == "sqlite":  # its LIKE reads all rows
        return Q(slug__gte=slug, slug__lt=f"{slug}\U0010ffff")
    return Q(slug__startswith=slug)
