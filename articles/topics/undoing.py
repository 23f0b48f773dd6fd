"""Undoing a merge or split: what it moved goes back, what was done since then is respected."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import list_changes
from articles.models import (
    Article,
    ArticleTopic,
    PublishedTopic,
    Revision,
    Topic,
    TopicAlias,
    TopicMerge,
)
from articles.publishing.rows import refresh_topics
from articles.search.upkeep import follow_topics
from articles.topics import hierarchy, sharing
from articles.topics.merging import CannotMerge
from articles.topics.moving import BATCH, batches, out_of_date
from articles.topics.paper import put_back
from articles.topics.twins import GENERATION
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch
from newsroom.pages.models import MenuEntry


def why_not(merge: TopicMerge) -> str:
    """What stands in the way of undoing it, for people, or nothing. At most 2 queries."""
    if merge.undone_at:
        return _("This is undone already.")
    further = [target for target in merge.targets.all() if target.merged_into_id]
    if further:
        return _(
            "“%(target)s” was itself merged or split since. "
            "Undo that first; then this can be undone."
        ) % {"target": further[0].name}
    return ""


@transaction.atomic
def undo(merge: TopicMerge, *, by: User | None, at: datetime | None = None) -> None:
    """Give back to the source what it had. Raises CannotMerge, having changed nothing.

    An article from which the tag was taken since does not get it again; one that got a target anew
    keeps that. Versions saved while the merge stood say the source again. Costs as the merge did,
    and reads the tags of the versions saved or published since then.
    """
    doubles = {row[1] for row in merge.moved["desk"]["doubles"]}
    for batch in batches(sorted(doubles)):  # before `hold`, as everyone who writes an article
        list(Article.objects.select_for_update().filter(pk__in=batch).order_by("pk").values("pk"))
    hold()
    merge = TopicMerge.objects.select_related("source").get(pk=merge.pk)
    if found := why_not(merge):
        raise CannotMerge(found)
    source, record = merge.source, merge.moved
    through = TopicMerge.targets.through.objects.filter(topicmerge=merge)
    ids = list(through.order_by("pk").values_list("topic_id", flat=True))
    merge.undone_at, merge.undone_by = at or timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    Topic.objects.filter(pk=source.pk).update(merged_into=None)
    others = sharing.later(merge, ids)
    changed, lost = _desk(source.pk, ids, record["desk"])
    again = sharing.desk(others, lost)
    _versions(source.pk, ids, record, changed, again)
    put_back(source.pk, ids, record["paper"], others)
    _names(source, ids, record)
    _links(source, ids, record)
    refresh_topics([source.pk, *ids])
    # It had none while others stood for it.
    if PublishedTopic.objects.filter(topic=source).exists():
        list_changes.note(("topic", pk) for pk in [source.pk, *ids])
    follow_topics.enqueue([source.pk, *ids])
    _forget_made(record.get("new", []))
    touch("articles", "chrome", GENERATION)
    out_of_date([source.pk, source.parent_id, *ids, *record["raised"]], record)


def _desk(source: int, targets: list[int], record: dict[str, Any]) -> tuple[set[int], sharing.Lost]:
    """Rows of the desk's copies; the articles that are on the source again, and the targets that
    they are no longer on."""
    places, back, lost = ArticleTopic.objects, set[int](), sharing.Lost()
    for batch in batches(record["moved"]):
        rows = places.filter(pk__in=batch, tag_id__in=targets)
        for article, topic in rows.values_list("content_object_id", "tag_id"):
            lost.setdefault(article, set()).add(topic)
            back.add(article)
        rows.update(tag_id=source)
    for batch in batches(record["made"]):
        still = set(
            places.filter(pk__in=[of for _row, of in batch], tag_id=source).values_list(
                "pk", flat=True
            )
        )
        ended = [row for row, of in batch if of in still]
        rows = places.filter(pk__in=ended, tag_id__in=targets)
        for article, topic in rows.values_list("content_object_id", "tag_id"):
            lost.setdefault(article, set()).add(topic)
        rows.delete()
    for batch in batches(record["doubles"]):
        kept = set(
            places.filter(pk__in=[row[3] for row in batch], tag_id__in=targets).values_list(
                "pk", flat=True
            )
        )
        again = [row for row in batch if row[3] in kept]
        places.bulk_create(
            [
                ArticleTopic(pk=pk, content_object_id=article, tag_id=source, order=order)
                for pk, article, order, _kept in again
            ]
        )
        back |= {row[1] for row in again}
    return back, lost


def _versions(
    source: int, targets: list[int], record: dict[str, Any], articles: set[int],
    again: sharing.Again,
) -> None:  # fmt: skip
    """Versions saved while the merge stood named the targets; they say the source again.

    Beside it stay the targets that the article had before, and those for which another topic was
    merged into them (`again`) when the version was saved.
    """
    kept = {row[1] for row in record["desk"]["doubles"]}
    for batch in batches(sorted(articles)):
        revisions = Revision.objects.filter(article_id__in=batch, pk__gt=record["revision"])
        changed = []
        for revision in revisions.iterator(chunk_size=BATCH):
            before, of = revision.snapshot["topics"], revision.article_id
            had = set(targets) if of in kept else {
                topic for topic, (_row, since) in again.get(of, {}).items() if revision.pk > since
            }  # fmt: skip
            after = _as_before(before, source, targets, had=had)
            if after != before:
                revision.snapshot = {**revision.snapshot, "topics": after}
                changed.append(revision)
        Revision.objects.bulk_update(changed, ["snapshot"], batch_size=100)


def _as_before(topics: list[int], source: int, targets: list[int], *, had: set[int]) -> list[int]:
    """The tags of a version with the source where the targets stand, or beside those that were
    there with it (`had`)."""
    met = [pk for pk in topics if pk in targets]
    if not met or source in topics:
        return topics
    place = topics.index(met[0])
    kept = [pk for pk in topics if pk not in targets or pk in had]
    return [*kept[:place], source, *kept[place:]]


def _names(source: Topic, targets: Iterable[int], record: dict[str, Any]) -> None:
    """Other names go back, with the spellings of them that were learned since."""
    if "aliases" not in record:  # a split moves none
        return
    there = TopicAlias.objects.filter(topic_id__in=targets)
    there.filter(pk=record["learned"]).delete()
    folded = {
        source.folded,
        *there.filter(pk__in=record["aliases"]).values_list("folded", flat=True),
    }
    for batch in batches(record["aliases"]):
        there.filter(pk__in=batch).update(topic=source)
    there.filter(folded__in=folded).update(topic=source)


def _links(source: Topic, targets: list[int], record: dict[str, Any]) -> None:
    entries = MenuEntry.objects.filter(pk__in=record["menus"], kind="topic")
    entries.filter(object_id=targets[0]).update(object_id=source.pk)
    children = Topic.objects.filter(pk__in=record["children"], parent_id=targets[0])
    raised = Topic.objects.filter(pk__in=record["raised"], parent_id=source.parent_id)
    for topics in (children, raised):
        ids = list(topics.values_list("pk", flat=True))
        try:
            hierarchy.check(ids, source.pk)
        except hierarchy.CannotStandThere:  # moved about since: they stay where they are
            continue
        Topic.objects.filter(pk__in=ids).update(parent=source)


def _forget_made(ids: list[int]) -> None:
    """Topics that the split made and nobody has used or described since are gone again."""
    for topic in Topic.objects.filter(pk__in=ids, description="", picture=None, children=None):
        used = (
            topic.article_places.exists()
            or topic.published_places.exists()
            or topic.aliases.exists()
            or Topic.objects.filter(merged_into=topic).exists()
            or MenuEntry.objects.filter(kind="topic", object_id=topic.pk).exists()
        )
        if not used:
            topic.delete()
