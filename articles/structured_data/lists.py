"""Pages that list articles: sections, topics, columns, series, days of the archive."""

from collections.abc import Iterable
from itertools import islice

from django.utils.translation import get_language

from articles.models import PublishedArticle
from newsroom.lib.json_ld import Data, absolute, filled

# Enough to see what the list is of; the page has them all.
NAMED = 10


def list_data(
    name: str, path: str, cards: Iterable[PublishedArticle] = (), *, description: str = ""
) -> Data:
    """A page of articles, the first ten by their addresses; `path` is the page's own."""
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "url": absolute(card.get_absolute_url()),
        }
        for number, card in enumerate(islice(cards, NAMED), start=1)
    ]
    listed = {"@type": "ItemList", "itemListElement": items} if items else {}
    return {
        "@type": "CollectionPage",
        "name": name,
        "url": absolute(path),
        "inLanguage": get_language(),
        **filled(description=description, mainEntity=listed),
    }
