"""The search index: an entry for what readers can find, and one for what the desk can.

A reader's entry hangs on its published row: it is written in the same transaction and goes with
it, so that what is not live can neither show nor count. Each database keeps the index itself in
its own way: `terms` has a GIN index in PostgreSQL and a full-text table beside it in SQLite, kept
in step by triggers (articles/search/indexes.py).
"""

from typing import Any, TypeAlias

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.functional import Promise

Prepared: TypeAlias = str | bytes | Promise | None


class TermsField(models.Field[list[str], list[str]]):
    """Terms in their order (articles/search/terms.py); written, asked for, and never read back."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if not isinstance(value, list):  # a default of the migration's
            return value
        return _tsvector(value) if connection.vendor == "postgresql" else " ".join(value)


def _tsvector(terms: list[str]) -> str:
    """Each term once with its places, at most 255 of them; a mark needs none.

    Terms hold letters, digits and the signs `_` and `^`: nothing that has to be escaped.
    """
    written: dict[str, str] = {}
    for place, term in enumerate(terms, 1):
        known = written.get(term)
        if known is None:
            written[term] = f"'{term}'" if term[0] in "_^" else f"'{term}':{place}"
        elif term[0] not in "_^" and known.count(",") < 254:
            written[term] = f"{known},{place}"
    return " ".join(written.values())


class Entry(models.Model):
    """One article in an index. Its model says of which rows, with `article` as its key.

    No constraint of the database binds the two: the release before this one, which knows no index,
    goes on deleting rows while both run. An entry without its row is found by nobody.
    """

    # Sorts by time and names one article (articles/search/places.py).
    place = models.BigIntegerField(unique=True)
    # Which way of making terms made these; older ones are written anew (articles/search/upkeep.py).
    version = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class SearchEntry(Entry):
    """A live article in the readers' index."""

    article = models.OneToOneField(
        "articles.PublishedArticle",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
    )
    # Terms of the headline, of the standfirst, and frequent ones of the text, a line each.
    weight = models.TextField()
    terms = TermsField()


class DeskEntry(Entry):
    """A desk's copy in the index of the admin's list; drafts stand in this one alone."""

    article = models.OneToOneField(
        "articles.Article",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
    )
    terms = TermsField()
