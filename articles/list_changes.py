"""Noting and reading when lists of published articles changed.

Noted in the transaction of the change, after `generations.hold`: the times of one list rise in the
order in which its changes become visible, and no two changes wait for each other.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone

from articles.feeds import websub
from articles.models import (
    ListChange,
    PublishedArticle,
    PublishedByline,
    PublishedSection,
    PublishedTopic,
    SeriesPart,
)
from newsroom.cache.purging import purge
from newsroom.cache.tags import seen

Kind = ListChange.Kind
# A list by its kind and the id of what it is the list of.
List = tuple[str, int]


def lists_of(article_ids: Iterable[int] | QuerySet[Any]) -> set[List]:
    """Every list in which these articles stand, of those that are live; one query."""
    live = PublishedArticle.objects.filter(pk__in=article_ids).order_by()
    of = {"article__in": live.values("pk")}
    parts = [
        _rows(live, Kind.PAPER),
        _rows(live.filter(is_opinion=True), Kind.OPINION),
        _rows(live.filter(corrections__gt=0), Kind.CORRECTIONS),
        _rows(live.filter(column__isnull=False), Kind.COLUMN, "column_id"),
        _rows(PublishedSection.objects.filter(**of), Kind.SECTION, "section_id"),
        _rows(PublishedTopic.objects.filter(**of), Kind.TOPIC, "topic_id"),
        _rows(PublishedByline.objects.filter(**of, author__isnull=False), Kind.AUTHOR, "author_id"),
        _rows(
            SeriesPart.objects.filter(article__published__in=live.values("pk")),
            Kind.SERIES,
            "series_id",
        ),
    ]
    return set(parts[0].union(*parts[1:]))


def _rows(rows: QuerySet[Any], kind: str, of: str = "") -> QuerySet[Any]:
    named = Value(kind, output_field=CharField())
    number = F(of) if of else Value(0)
    return rows.order_by().values_list(named, number)


def note(
    lists: Iterable[List],
    *,
    at: datetime | None = None,
    joined: Iterable[List] | None = None,
    left: Iterable[List] | None = None,
    deep: bool = True,
) -> None:
    """These lists have changed just now; one statement for some hundreds of them.

    A hub, where there is one, is told after the commit. `joined` (default: all) are those in which
    something stands that did not: pages that show what was there carry its own tag. `left`
    (default: those too): in which something does not stand any more, or elsewhere; what keeps the
    ids of a list has a tag for that (articles/newest.py). `deep`: not only at the head of the list.
    Who says when a list changed has a tag for that (`shows_date_of`).
    """
    lists = set(lists)
    joined = lists if joined is None else set(joined)
    places = sorted(f"{kind}:{pk}" for kind, pk in joined)
    purge(
        *(f"list:{place}" for place in places),
        *(f"deep:{place}" for place in places if deep),
        *(f"left:{kind}:{pk}" for kind, pk in sorted(joined if left is None else left)),
        *(f"changed:{kind}:{pk}" for kind, pk in lists),
    )
    at = (at or timezone.now()).replace(microsecond=0)
    ListChange.objects.bulk_create(
        [ListChange(kind=kind, object_id=pk, changed_at=at) for kind, pk in sorted(lists)],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["changed_at"],
    )
    websub.changed(lists)


def forget(kind: str, object_id: int) -> None:
    """What it was the list of is deleted."""
    ListChange.objects.filter(kind=kind, object_id=object_id).delete()


def times(kind: str, ids: Collection[int]) -> dict[int, datetime]:
    """When the lists of these changed; one query. What never had a story is left out."""
    rows = ListChange.objects.filter(kind=kind, object_id__in=ids)
    return dict(rows.values_list("object_id", "changed_at"))


def shows_date_of(kind: str, object_id: int = 0) -> None:
    """The page that is made says when this list last changed."""
    seen(f"changed:{kind}:{object_id}")


def last_change(kind: str) -> Subquery:
    """When the list of each row of a query changed, in the same query; None for never. What is
    shown of it says `shows_date_of`."""
    rows = ListChange.objects.filter(kind=kind, object_id=OuterRef("pk"))
    return Subquery(rows.values("changed_at"))


def changed_at(kind: str) -> datetime | None:
    """When the one list of this kind changed; None for never. One query."""
    shows_date_of(kind)
    rows = ListChange.objects.filter(kind=kind, object_id=0)
    return rows.values_list("changed_at", flat=True).first()
