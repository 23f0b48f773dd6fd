"""Who wrote the stories that were found and what they are about: filters that would narrow them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from articles.models import PublishedByline, PublishedTopic
from newsroom.lib.among import among

MOST = 6


@dataclass(frozen=True)
class Facet:
    """A topic or an author, and how many of the stories it would leave."""

    name: str
    slug: str
    count: int


def topics(article_ids: Sequence[int]) -> list[Facet]:
    """The topics that most of these stories have; one query."""
    places = PublishedTopic.objects.filter(among("article_id", article_ids))
    return _most(places, "topic", Count("article"))  # each has a topic once


def authors(article_ids: Sequence[int]) -> list[Facet]:
    """The authors of most of these stories; one query."""
    named = PublishedByline.objects.filter(among("article_id", article_ids), author__isnull=False)
    return _most(named, "author", Count("article", distinct=True))


def _most(
    places: QuerySet[PublishedTopic] | QuerySet[PublishedByline], of: str, count: Count
) -> list[Facet]:
    counted = places.order_by().values(f"{of}__name", f"{of}__slug").annotate(count=count)
    best = counted.order_by("-count", f"{of}__name")[:MOST]
    return [Facet(*row) for row in best.values_list(f"{of}__name", f"{of}__slug", "count")]
