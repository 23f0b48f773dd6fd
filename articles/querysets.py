"""The vocabulary in which readers' lists are asked for; every list reads an index in order."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from newsroom.lib.pagination import Key

if TYPE_CHECKING:
    from articles.models.article import Article  # noqa: F401  (named in quotes)
    from articles.models.published import PublishedArticle  # noqa: F401  (named in quotes)


def _older(key: Key, prefix: str) -> Q:
    """Rows after the key; the first condition lets the index start at the right place."""
    at, pk = f"{prefix}published_at", f"{prefix}article_id"
    return Q(**{f"{at}__lte": key.at}) & (Q(**{f"{at}__lt": key.at}) | Q(**{f"{pk}__lt": key.id}))


class ArticleQuerySet(models.QuerySet["Article"]):
    """The desk's copies."""

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = (),
        no_key: bool = True,
    ) -> Self:  # fmt: skip
        """Locks against every other change, not against rows that only point at the article.

        Who changes an article locks it and then waits for the generations (`hold`). Who publishes
        a front, splits a topic or breaks news holds these and writes rows that point at articles:
        under a lock of the key each would wait for the other for ever.
        """
        return super().select_for_update(nowait, skip_locked, of, no_key)


class PublishedQuerySet(models.QuerySet["PublishedArticle"]):
    """Live articles. A method for each list chooses and orders; `for_cards()` loads.

    Every list can start after a key: `in_section(section.pk, before=key)`.
    """

    def _listed(self, prefix: str, before: Key | None, **chosen: object) -> Self:
        """Newest first, in the order of the rows at `prefix`.

        Choice and key stand in one `filter()`: two would join the places twice, and an article in
        two sections would come twice.
        """
        older = _older(before, prefix) if before else Q()
        listed = self.filter(older, **chosen)
        return listed.order_by(f"-{prefix}published_at", f"-{prefix}article_id")

    def latest_first(self, *, before: Key | None = None) -> Self:
        """All of the paper."""
        return self._listed("", before)

    def opinion(self, *, before: Key | None = None) -> Self:
        """Opinion and editorials."""
        return self._listed("", before, is_opinion=True)

    def in_column(self, column_id: int, *, before: Key | None = None) -> Self:
        return self._listed("", before, column_id=column_id)

    def in_section(self, section_id: int, *, before: Key | None = None) -> Self:
        """Articles whose main or further section this is."""
        return self._listed("section_places__", before, section_places__section_id=section_id)

    def on_topic(self, topic_id: int, *, before: Key | None = None) -> Self:
        return self._listed("topic_places__", before, topic_places__topic_id=topic_id)

    def by_author(self, author_id: int, *, before: Key | None = None) -> Self:
        """Everything that carries this author's name, whatever the role."""
        return self._listed("bylines__", before, bylines__author_id=author_id)

    def in_series(self, series_id: int) -> Self:
        """The parts in the order of the desk."""
        part = "article__series_parts"
        return self.filter(**{f"{part}__series_id": series_id}).order_by(
            f"{part}__order", f"{part}__pk"
        )

    def sharing(self, topic_ids: Collection[int]) -> Self:
        """With `shared`, how many of these topics each has; in the same query."""
        if not topic_ids:
            return self.annotate(shared=Value(0))
        places = apps.get_model("articles", "PublishedTopic")._default_manager
        same = places.filter(article=OuterRef("pk"), topic_id__in=topic_ids).order_by()
        counted = same.values("article").annotate(count=Count("pk")).values("count")
        return self.annotate(shared=Coalesce(Subquery(counted), 0))

    def with_guests(self) -> Self:
        """Says in the same query of each whether its first author is a guest in its column."""
        from articles.columnists import guest  # it needs the models, and they this file

        return self.annotate(by_guest=guest(author="first_author", column="column"))

    def for_cards(self) -> Self:
        """With everything a card shows, in the same query."""
        shown = ("section", "column__portrait", "first_author__portrait", "lead_picture")
        return self.with_guests().select_related(*shown).defer("body", "text")

    def any_of(self, lists: Iterable["PublishedQuerySet"], ids: Iterable[int] = ()) -> Self:
        """Articles of several short lists (sliced) and some ids, in one query.

        Each list stays a subquery that reads its own index: flat, however large the archive is.
        SQLite takes no LIMIT inside a union, hence one more level of subquery.
        """
        parts, wanted = list(lists), list(ids)
        if len(parts) == 1 and not wanted:  # PostgreSQL would read the whole table for two levels
            return self.filter(pk__in=parts[0].values("pk"))
        branches: list[Any] = [
            self.model._default_manager.filter(pk__in=part.values("pk")).order_by().values("pk")
            for part in parts
        ]
        if wanted:
            branches.append(
                self.model._default_manager.filter(pk__in=wanted).order_by().values("pk")
            )
        if not branches:
            return self.none()
        head, *rest = branches
        return self.filter(pk__in=head.union(*rest) if rest else head)
