"""The vocabulary in which readers' lists are asked for; every list reads an index in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from django.db import models

from newsroom.cache.tags import seen
from newsroom.lib.pagination import Key, beyond

if TYPE_CHECKING:
    from articles.models.article import Article  # noqa: F401  (named in quotes)
    from articles.models.published import PublishedArticle  # noqa: F401  (named in quotes)


class Keys(TypedDict, total=False):
    """Where a list begins: after one key, newest first, or at one towards the newer."""

    before: Key | None
    since: Key | None


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

    Every list can start after a key, `in_section(section.pk, before=key)`, or go from one towards
    the newer, `since=key`. A page that asks for one carries its tag (newsroom/cache/tags.py).
    """

    def _listed(self, tag: str, prefix: str, keys: Keys, **chosen: object) -> Self:
        """In the order of the rows at `prefix`.

        Choice and key stand in one `filter()`: two would join the places twice, and an article in
        two sections would come twice.
        """
        if tag:
            seen(f"deep:{tag}" if keys.get("before") or keys.get("since") else f"list:{tag}")
        past, order = beyond(
            keys.get("before"), keys.get("since"),
            at=f"{prefix}published_at", pk=f"{prefix}article_id",
        )  # fmt: skip
        return self.filter(past, **chosen).order_by(*order)

    def latest_first(self, **keys: Unpack[Keys]) -> Self:
        """All of the paper."""
        return self._listed("paper:0", "", keys)

    def between(self, start: datetime, end: datetime, **keys: Unpack[Keys]) -> Self:
        """Published from one instant on and before the other: a day. Whoever asks says of what it
        is the list (articles/archive/)."""
        return self._listed("", "", keys, published_at__gte=start, published_at__lt=end)

    def opinion(self, **keys: Unpack[Keys]) -> Self:
        """Opinion and editorials."""
        return self._listed("opinion:0", "", keys, is_opinion=True)

    def in_column(self, column_id: int, **keys: Unpack[Keys]) -> Self:
        return self._listed(f"column:{column_id}", "", keys, column_id=column_id)

    def in_section(self, section_id: int, **keys: Unpack[Keys]) -> Self:
        """Articles whose main or further section this is."""
        places = "section_places__"
        return self._listed(
            f"section:{section_id}", places, keys, section_places__section_id=section_id
        )

    def on_topic(self, topic_id: int, **keys: Unpack[Keys]) -> Self:
        return self._listed(
            f"topic:{topic_id}", "topic_places__", keys, topic_places__topic_id=topic_id
        )

    def by_author(self, author_id: int, **keys: Unpack[Keys]) -> Self:
        """Everything that carries this author's name, whatever the role."""
        return self._listed(f"author:{author_id}", "bylines__", keys, bylines__author_id=author_id)

    def in_series(self, series_id: int) -> Self:
        """The parts in the order of the desk."""
        seen(f"series:{series_id}", f"list:series:{series_id}")
        part = "article__series_parts"
        return self.filter(**{f"{part}__series_id": series_id}).order_by(
            f"{part}__order", f"{part}__pk"
        )

    def with_guests(self) -> Self:
        """Says in the same query of each whether its first author is a guest in its column."""
        from articles.columnists import guest  # it needs the models, and they this file

        return self.annotate(by_guest=guest(author="first_author", column="column"))

    def for_cards(self) -> Self:
        """With everything a card shows, in the same query."""
        shown = ("section", "column__portrait", "first_author__portrait", "lead_picture")
        return self.with_guests().select_related(*shown).defer("body", "text")
