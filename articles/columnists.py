"""Who writes a column by right and who as a guest: in the same query as what is listed.

A guest is marked as one in the column, or is none of its regulars. A column without regulars has no
guests but those who are marked.
"""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from articles.models.column import ColumnAuthor
from newsroom.cache.generations import stored


def guest(*, author: str, column: str) -> "ExpressionWrapper[Any]":
    """Whether the author is a guest in the column; both are names of columns of the outer query."""
    places = ColumnAuthor.objects.filter(column=OuterRef(column))
    own = places.filter(author=OuterRef(author))
    stranger = Exists(places.filter(is_guest=False)) & ~Exists(own)
    known = Q(**{f"{author}__isnull": False})
    return ExpressionWrapper(
        known & (Q(Exists(own.filter(is_guest=True))) | Q(stranger)), BooleanField()
    )


def is_guest(row: Any, *, author_id: int | None, column_id: int | None) -> bool:
    """What the query said of a row (`by_guest`); for one that came from none, such as a preview's,
    what is stored of the columns: one query when they have changed, else none."""
    if author_id is None or column_id is None:
        return False
    said: bool | None = getattr(row, "by_guest", None)
    if said is not None:
        return said
    places: dict[int, dict[int, bool]] = stored("columnists", _places, of="articles")
    there = places.get(column_id, {})
    return there.get(author_id, not all(there.values()))


def _places() -> dict[int, dict[int, bool]]:
    """Of each column its authors, and whether each is a guest."""
    found: dict[int, dict[int, bool]] = {}
    for column, author, as_guest in ColumnAuthor.objects.values_list(
        "column_id", "author_id", "is_guest"
    ):
        found.setdefault(column, {})[author] = as_guest
    return found
