"""Topics merged into the same one share its rows: what undoing one merge leaves to the others.

An article that was on both sources has one row of the target. When one source takes it back, the
other still stands for the target and gets a row of its own, as if it had been merged alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from articles.models import ArticleTopic, PublishedTopic, TopicMerge
from articles.topics.moving import BATCH, batches

# By article: the targets it has just lost, or got again with the row and since which version.
Lost = dict[int, set[int]]
Again = dict[int, dict[int, tuple[int, int]]]


def later(merge: TopicMerge, targets: Iterable[int]) -> list[tuple[TopicMerge, list[int]]]:
    """Merges and splits that came after it, share a target and stand, with all their targets.

    An earlier one shares no row: what it had moved already was a double of the later one.
    """
    through = TopicMerge.targets.through.objects
    sharing = through.filter(topic_id__in=list(targets)).values("topicmerge_id")
    found = TopicMerge.objects.filter(pk__gt=merge.pk, undone_at=None, pk__in=sharing)
    ids: dict[int, list[int]] = {}
    places = through.filter(topicmerge__in=found.values("pk")).order_by("pk")
    for pk, topic in places.values_list("topicmerge_id", "topic_id"):
        ids.setdefault(pk, []).append(topic)
    return [(other, ids[other.pk]) for other in found.order_by("pk")]


def desk(others: Iterable[tuple[TopicMerge, list[int]]], lost: Mapping[int, set[int]]) -> Again:
    """Rows of the desk's copies, and the others' records of them."""
    again: Again = {}
    for other, targets in others:
        record, new, doubles = other.moved["desk"], [], []
        for pk, article, order, kept in record["doubles"]:
            lacking = _lacking(targets, article, lost, again)
            if not lacking:
                row, _since = again.get(article, {}).get(targets[0], (kept, 0))
                doubles.append([pk, article, order, row])
                continue
            record["moved"].append(pk)
            for number, topic in enumerate(lacking):
                own = {} if number else {"pk": pk}
                new.append((pk, ArticleTopic(
                    content_object_id=article, tag_id=topic, order=order, **own
                )))  # fmt: skip
        fields = ("pk", "content_object_id", "order")
        for pk, article, order in _rows(ArticleTopic, "tag_id", record["moved"], targets, fields):
            new += [
                (pk, ArticleTopic(content_object_id=article, tag_id=topic, order=order))
                for topic in _lacking(targets, article, lost, again)
            ]
        ArticleTopic.objects.bulk_create([row for _of, row in new], batch_size=BATCH)
        for of, made in new:
            since = other.moved["revision"]
            again.setdefault(made.content_object_id, {})[made.tag_id] = made.pk, since
            if made.pk != of:
                record["made"].append([made.pk, of])
        if new or doubles != record["doubles"]:
            record["doubles"] = doubles
            other.save(update_fields=["moved"])
    return again


def paper(others: Iterable[tuple[TopicMerge, list[int]]], lost: Mapping[int, set[int]]) -> None:
    """What readers see, likewise; of articles whose live version is that of the merges."""
    again: Again = {}
    for other, targets in others:
        record, new, doubles = other.moved["paper"], [], []
        for double in record["doubles"]:
            pk, article, order, when, revision = double
            lacking = _lacking(targets, article, lost, again)
            if not lacking:
                doubles.append(double)
                continue
            record["moved"].append([pk, article, revision])
            for number, topic in enumerate(lacking):
                own = {} if number else {"pk": pk}
                new.append((pk, PublishedTopic(
                    article_id=article, topic_id=topic, order=order,
                    published_at=datetime.fromisoformat(when), **own,
                )))  # fmt: skip
        fields = ("pk", "article_id", "order", "published_at")
        moved = [row[0] for row in record["moved"]]
        for pk, article, order, when in _rows(PublishedTopic, "topic_id", moved, targets, fields):
            new += [
                (pk, PublishedTopic(
                    article_id=article, topic_id=topic, order=order, published_at=when
                ))
                for topic in _lacking(targets, article, lost, again)
            ]  # fmt: skip
        PublishedTopic.objects.bulk_create([row for _of, row in new], batch_size=BATCH)
        for of, made in new:
            again.setdefault(made.article_id, {})[made.topic_id] = made.pk, 0
            if made.pk != of:
                record["made"].append([made.pk, of])
        if new or doubles != record["doubles"]:
            record["doubles"] = doubles
            other.save(update_fields=["moved"])


def _lacking(
    targets: Iterable[int], article: int, lost: Mapping[int, set[int]], again: Again
) -> list[int]:
    """What the article has lost of these, and not got again from another merge."""
    gone = lost.get(article, set())
    return [topic for topic in targets if topic in gone and topic not in again.get(article, {})]


def _rows(
    model: Any, topic: str, ids: Iterable[int], targets: list[int], fields: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """Those of the moved rows that still say a target."""
    for batch in batches(ids):
        yield from model.objects.filter(
            **{"pk__in": batch, f"{topic}__in": targets}
        ).values_list(*fields)  # fmt: skip
