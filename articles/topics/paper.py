"""Undoing a merge in the rows that readers' lists read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from articles.models import PublishedArticle, PublishedTopic, TopicMerge
from articles.topics import sharing
from articles.topics.moving import batches
from articles.topics.standing import standing


def put_back(
    source: int, targets: list[int], record: Mapping[str, Any],
    others: Sequence[tuple[TopicMerge, list[int]]],
) -> None:  # fmt: skip
    """Rows untouched since the merge go back as they were; the rest follows the live version.

    `record` is what `moving.paper` returned, `others` what shares a target with it. Inside
    the transaction of the undoing.
    """
    places = PublishedTopic.objects
    settled, lost = set[int](), sharing.Lost()
    for batch in batches(record["moved"]):
        wanted = {row: revision for row, _article, revision in batch}
        rows = places.filter(pk__in=wanted, topic_id__in=targets)
        same: dict[int, int] = {}
        for pk, article, topic, revision in rows.values_list(
            "pk", "article_id", "topic_id", "article__revision_id"
        ):
            if revision == wanted[pk]:
                same[pk] = article
                lost.setdefault(article, set()).add(topic)
        places.filter(pk__in=same).update(topic_id=source)
        settled |= set(same.values())
    for batch in batches(record["made"]):
        of = set(
            places.filter(pk__in=[of for _row, of in batch], topic_id=source).values_list(
                "pk", flat=True
            )
        )
        ended = places.filter(
            pk__in=[row for row, came in batch if came in of], topic_id__in=targets
        )
        for article, topic in ended.values_list("article_id", "topic_id"):
            lost.setdefault(article, set()).add(topic)
        ended.delete()
    for batch in batches(record["doubles"]):
        live = dict(
            PublishedArticle.objects.filter(pk__in=[row[1] for row in batch]).values_list(
                "pk", "revision_id"
            )
        )
        again = [row for row in batch if live.get(row[1]) == row[4]]
        places.bulk_create(
            [
                PublishedTopic(
                    pk=pk, article_id=article, topic_id=source, order=order,
                    published_at=datetime.fromisoformat(when),
                )
                for pk, article, order, when, _revision in again
            ]
        )  # fmt: skip
        settled |= {row[1] for row in again}
    sharing.paper(others, lost)
    _write_anew(source, targets, settled)


def _write_anew(source: int, targets: list[int], settled: set[int]) -> None:
    """Articles published since the merge from a version that names the source."""
    named = (
        PublishedArticle.objects.filter(topic_places__topic_id__in=targets)
        .filter(revision__snapshot__topics__icontains=str(source))
        .order_by()
        .distinct()
        .values_list("pk", "published_at", "revision__snapshot__topics")
    )
    for pk, published_at, topics in list(named):
        if pk in settled or source not in topics:
            continue
        order = {topic: number for number, topic in enumerate(standing(topics))}
        PublishedTopic.objects.filter(article_id=pk, topic_id__in=targets).exclude(
            topic_id__in=order
        ).delete()
        PublishedTopic.objects.get_or_create(
            article_id=pk, topic_id=source,
            defaults={"order": order[source], "published_at": published_at},
        )  # fmt: skip
