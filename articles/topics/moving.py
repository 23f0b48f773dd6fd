"""What a merge moves, in statements whose number does not grow with that of the articles.

Each function returns what undoing needs, as JSON. All run inside the merge's transaction, after
`generations.hold`. Rows are changed in place, so that a tag keeps its place on its article.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from articles.models import ArticleTopic, PublishedTopic, Topic, TopicAlias
from newsroom.cache.purging import purge
from newsroom.pages.models import MenuEntry

BATCH = 500
Record = dict[str, Any]


def batches(ids: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Lists of at most `size`: a statement holds only so many numbers."""
    rows = list(ids)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def desk(source: int, targets: Sequence[int]) -> Record:
    """The desk's copies.

    "moved": rows that became those of a target; "made": [row, row it came of] for further targets;
    "doubles": [row, article, order, row of a target] where every target stood already.
    """
    rows = ArticleTopic.objects.filter(tag_id=source).order_by("pk")
    found = list(rows.values_list("pk", "content_object_id", "order"))
    had = _had(ArticleTopic, "content_object_id", "tag_id", source, targets)
    plan = _plan([(pk, article) for pk, article, _order in found], had, targets)
    doubles = [
        [pk, article, order, had[article, targets[0]]]
        for pk, article, order in found
        if pk in plan.doubles
    ]
    _delete(ArticleTopic, plan.doubles)
    for target, ids in plan.moved.items():
        for batch in batches(ids):
            ArticleTopic.objects.filter(pk__in=batch).update(tag_id=target)
    where = {pk: (article, order) for pk, article, order in found}
    new = [
        ArticleTopic(content_object_id=where[pk][0], tag_id=target, order=where[pk][1])
        for pk, target in plan.further
    ]
    ArticleTopic.objects.bulk_create(new, batch_size=BATCH)
    made = [[row.pk, pk] for row, (pk, _target) in zip(new, plan.further, strict=True)]
    moved = sorted(pk for ids in plan.moved.values() for pk in ids)
    return {"moved": moved, "made": made, "doubles": doubles}


def paper(source: int, targets: Sequence[int]) -> Record:
    """What readers see, the date and place of each row kept; as `desk`.

    "moved": [row, article, revision]; "doubles": [row, article, order, date, revision].
    """
    found = list(
        PublishedTopic.objects.filter(topic_id=source)
        .order_by("pk")
        .values_list("pk", "article_id", "order", "published_at", "article__revision_id")
    )
    had = _had(PublishedTopic, "article_id", "topic_id", source, targets)
    plan = _plan([(row[0], row[1]) for row in found], had, targets)
    doubles = [
        [pk, article, order, at.isoformat(), revision]
        for pk, article, order, at, revision in found
        if pk in plan.doubles
    ]
    _delete(PublishedTopic, plan.doubles)
    for target, ids in plan.moved.items():
        for batch in batches(ids):
            PublishedTopic.objects.filter(pk__in=batch).update(topic_id=target)
    where = {row[0]: row for row in found}
    new = [
        PublishedTopic(
            article_id=where[pk][1], topic_id=target, order=where[pk][2],
            published_at=where[pk][3],
        )
        for pk, target in plan.further
    ]  # fmt: skip
    PublishedTopic.objects.bulk_create(new, batch_size=BATCH)
    made = [[row.pk, pk] for row, (pk, _target) in zip(new, plan.further, strict=True)]
    changed = {pk for ids in plan.moved.values() for pk in ids}
    moved = [[pk, row[1], row[4]] for pk, row in where.items() if pk in changed]
    return {"moved": moved, "made": made, "doubles": doubles}


def names(source: Topic, target: Topic) -> Record:
    """The other names of `source` become those of `target`, and its own name one of them."""
    aliases = TopicAlias.objects.filter(topic=source)
    ids = sorted(aliases.values_list("pk", flat=True))
    aliases.update(topic=target)
    learned = None
    if not TopicAlias.objects.filter(name=source.name).exists():
        learned = TopicAlias.objects.create(topic=target, name=source.name).pk
    return {"aliases": ids, "learned": learned}


def links(source: int, target: int) -> Record:
    """Menu entries and narrower topics of `source` follow to `target`."""
    entries = MenuEntry.objects.filter(kind="topic", object_id=source)
    children = Topic.objects.filter(parent_id=source).exclude(pk=target)
    record = {
        "menus": sorted(entries.values_list("pk", flat=True)),
        "children": sorted(children.values_list("pk", flat=True)),
    }
    entries.update(object_id=target)
    children.update(parent_id=target)
    return record


def out_of_date(ids: Iterable[int | None], record: Record) -> None:
    """Pages that show these topics, what stands above and below them, or the moved menu entries."""
    moved = [pk for pk in (*ids, *record["children"]) if pk]
    purge(*(f"{tag}:{pk}" for pk in moved for tag in ("topic", "topics-under")))
    if record["menus"]:
        purge("menus")


class _Plan:
    """What becomes of each row of the source."""

    def __init__(self) -> None:
        self.moved: dict[int, list[int]] = {}
        self.further: list[tuple[int, int]] = []
        self.doubles: set[int] = set()


def _plan(
    rows: list[tuple[int, int]], had: dict[tuple[int, int], int], targets: Sequence[int]
) -> _Plan:
    plan = _Plan()
    for pk, article in rows:
        lacking = [target for target in targets if (article, target) not in had]
        if not lacking:
            plan.doubles.add(pk)
            continue
        plan.moved.setdefault(lacking[0], []).append(pk)
        plan.further += [(pk, target) for target in lacking[1:]]
    return plan


def _had(
    model: type[Model], article: str, topic: str, source: int, targets: Sequence[int]
) -> dict[tuple[int, int], int]:
    """(article, target) to the row, for articles that are on the source too; one query."""
    places = model._default_manager
    on_source = places.filter(**{topic: source}).order_by().values(article)
    there = places.filter(**{f"{topic}__in": list(targets), f"{article}__in": on_source})
    return {(a, t): pk for pk, a, t in there.values_list("pk", article, topic)}


def _delete(model: type[Model], ids: Iterable[int]) -> None:
    for batch in batches(sorted(ids)):
        model._default_manager.filter(pk__in=batch).delete()
