"""The vocabulary in which readers' lists are asked for; every list reads an index in order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from newsroom.lib.pagination import Key

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle  # noqa: F401  (named in quotes)


def _older(key: Key, prefix: str) -> Q:
    """Rows after the key; the first condition lets the index start at the right place."""
    at, pk = f"{prefix}published_at", f"{prefix}article_id"
    return Q(**{f"{at}__lte": key.at}) & (Q(**{f"{at}__lt": key.at}) | Q(**{f"{pk}__lt": key.id}))


class PublishedQuerySet(models.QuerySet["PublishedArticle"]):
    """Live articles. `latest()`, `in_section()`... choose and order; `for_cards()` loads."""

    order_prefix = ""

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.order_prefix = self.order_prefix
        return clone  # type: ignore[no-any-return]

    def _ordered(self, prefix: str) -> Self:
        listed = self.order_by(f"-{prefix}published_at", f"-{prefix}article_id")
        listed.order_prefix = prefix
        return listed

    def latest_first(self) -> Self:
        """All of the paper, newest first."""
        return self._ordered("")

    def opinion(self) -> Self:
        """Opinion and editorials, newest first."""
        return self.filter(is_opinion=True)._ordered("")

    def in_column(self, column_id: int) -> Self:
        return self.filter(column_id=column_id)._ordered("")

    def in_section(self, section_id: int) -> Self:
        """Articles whose main or further section this is, newest first."""
        return self.filter(section_places__section_id=section_id)._ordered("section_places__")

    def on_topic(self, topic_id: int) -> Self:
        return self.filter(topic_places__topic_id=topic_id)._ordered("topic_places__")

    def by_author(self, author_id: int) -> Self:
        """Everything that carries this author's name, whatever the role, newest first."""
        return self.filter(bylines__author_id=author_id)._ordered("bylines__")

    def before(self, key: Key | None) -> Self:
        """From the key on; call it after the method that chose the list."""
        return self.filter(_older(key, self.order_prefix)) if key else self

    def for_cards(self) -> Self:
        """With everything a card shows, in the same query."""
        return self.select_related(
            "section", "column__portrait", "first_author__portrait", "lead_picture"
        ).defer("body", "text")

    def any_of(self, lists: Iterable["PublishedQuerySet"], ids: Iterable[int] = ()) -> Self:
        """Articles of several short lists (sliced) and some ids, in one query.

        Each list stays a subquery that reads its own index: flat, however large the archive is.
        SQLite takes no LIMIT inside a union, hence one more level of subquery.
        """
        branches: list[Any] = [
            self.model._default_manager.filter(pk__in=part.values("pk")).order_by().values("pk")
            for part in lists
        ]
        if wanted := list(ids):
            branches.append(
                self.model._default_manager.filter(pk__in=wanted).order_by().values("pk")
            )
        if not branches:
            return self.none()
        head, *rest = branches
        return self.filter(pk__in=head.union(*rest) if rest else head)
