"""Headline, standfirst and address of an item, where one is missing too."""

from urllib.parse import unquote

from articles.exchange.wxr.records import Item
from articles.models.article import HEADLINE_LENGTH
from newsroom.lib.html import plain_text
from newsroom.lib.slugs import slugify
from newsroom.lib.text import excerpt, tidy

STANDFIRST_LENGTH = 600


def headline_of(item: Item, body: str) -> str:
    """The title as plain text; without one, the text's first words or the address's."""
    if item.title:
        return excerpt(item.title, HEADLINE_LENGTH)
    words = plain_text(body).partition("\n")[0] or slug_of(item).replace("-", " ")
    return excerpt(tidy(words), 80) or f"Untitled {item.key}"[:HEADLINE_LENGTH]


def standfirst_of(item: Item) -> str:
    return excerpt(plain_text(item["excerpt"]), STANDFIRST_LENGTH)


def slug_of(item: Item) -> str:
    """The words it had in its old address, in any script; empty when it had none."""
    return slugify(unquote(item["post_name"]), "")
