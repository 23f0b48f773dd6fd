"""Who is a guest in a column: on an article, and wherever it is listed."""

from django import template

from articles.columnists import is_guest
from articles.models import PublishedArticle, PublishedByline

register = template.Library()


@register.filter
def guest_in(line: PublishedByline, article: PublishedArticle) -> bool:
    """`{% if by|guest_in:article %}`: this writer is a guest in the article's column. No query.

    Who has another role, such as the photographer, is none, and an institution is nobody's guest.
    """
    writes = line.author is not None and not line.author.is_institution and not line.role
    return writes and is_guest(line, author_id=line.author_id, column_id=article.column_id)


@register.filter
def by_guest(card: PublishedArticle) -> bool:
    """`{% if card|by_guest %}`: its first author is a guest in its column. No query."""
    return is_guest(card, author_id=card.first_author_id, column_id=card.column_id)
