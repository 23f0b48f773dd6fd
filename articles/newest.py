"""The newest of lists and the cards of stories, as parts that many pages have in common.

What is kept of a list are ids, and each card once, so that a story that changes is read anew and
not the lists in which it stands.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, OuterRef, Subquery, TextField, Value

from articles.models import PublishedArticle, PublishedTopic
from articles.querysets import PublishedQuerySet
from newsroom.cache import parts
from newsroom.cache.tags import seen, shows

# How many, a method of `PublishedQuerySet`, and what it is asked: (9, "in_section", 3).
List = tuple[Any, ...]
# What the tags of a method's list are called.
KIND = {"latest_first": "paper", "opinion": "opinion", "in_section": "section", "on_topic": "topic",
        "in_column": "column", "by_author": "author"}  # fmt: skip


def newest(lists: Iterable[List]) -> dict[List, list[int]]:
    """The ids of the first of each list; one query for all that are not in memory.

    The page carries the tags of the lists, as if it had asked for them, and says itself which
    stories it shows. What is kept ends also when a story leaves its list (list_changes.py).
    """
    asked = list(lists)
    shows_lists(*asked)
    return parts.several("newest", asked, build=_read, mark=_mark, shown=False)


def shows_lists(*lists: List) -> None:
    """The page that is made shows what stands first in these."""
    seen(*(f"list:{_place(each)}" for each in lists))


def _place(asked: List) -> str:
    _size, method, *of = asked
    return f"{KIND[method]}:{of[0] if of else 0}"


def _mark(asked: List, _ids: list[int]) -> None:
    seen(f"list:{_place(asked)}", f"left:{_place(asked)}")


def _listed(asked: List) -> PublishedQuerySet:
    size, method, *of = asked
    return getattr(PublishedArticle.objects, method)(*of)[:size]  # type: ignore[no-any-return]  # named by a string


def _read(lists: list[List]) -> dict[List, list[int]]:
    if len(lists) == 1:
        return {lists[0]: list(_listed(lists[0]).values_list("pk", flat=True))}
    # Each stays a subquery that reads its own index: flat, however large the archive is. One more
    # level of it, for SQLite takes no LIMIT inside a union.
    branches = [
        PublishedArticle.objects.filter(pk__in=_listed(asked).values("pk"))
        .order_by()
        .annotate(of=Value(number))
        .values_list("of", "published_at", "pk")
        for number, asked in enumerate(lists)
    ]
    rows = sorted(branches[0].union(*branches[1:], all=True), reverse=True)
    return {
        asked: [pk for of, _at, pk in rows if of == number] for number, asked in enumerate(lists)
    }


def newest_first(stories: Iterable[PublishedArticle]) -> list[PublishedArticle]:
    """As lists have them."""
    return sorted(stories, key=lambda card: (card.published_at, card.pk), reverse=True)


class _Joined(Aggregate):
    """Numbers as one text, with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')"
        )


def cards(ids: Iterable[int]) -> dict[int, PublishedArticle]:
    """Those that are live, with what a card shows and `topic_ids`; one query for what is not in
    memory. The page says which it shows (`tags.shows`), and changes none."""
    return parts.several("card", ids, build=_cards, mark=_shown, shown=False)


def _cards(ids: list[int]) -> dict[int, PublishedArticle]:
    places = PublishedTopic.objects.filter(article=OuterRef("pk")).order_by().values("article")
    joined = Subquery(places.annotate(ids=_Joined("topic_id")).values("ids"))
    rows = PublishedArticle.objects.filter(pk__in=ids).for_cards().annotate(topics_joined=joined)
    found = {}
    for card in rows:
        numbers: str = getattr(card, "topics_joined", None) or ""
        card.topic_ids = frozenset(map(int, filter(None, numbers.split(","))))
        found[card.pk] = card
    return found


def _shown(article_id: int, card: PublishedArticle) -> None:
    shows(card)
    seen(*(f"topic:{pk}" for pk in card.topic_ids))
