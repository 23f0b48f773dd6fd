"""Merging a topic into another, and splitting one into several; undoing is in `undoing`.

The topic that is merged stays as a row, marked `merged_into`: old versions, links and names that
mean it lead to what stands for it now (articles/topics/standing.py).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import list_changes
from articles.models import Revision, Topic, TopicMerge
from articles.publishing.rows import refresh_topics
from articles.search.upkeep import follow_topics
from articles.topics import hierarchy, moving
from articles.topics.moving import out_of_date
from articles.topics.names import find_all, find_or_make
from articles.topics.twins import GENERATION
from newsroom.accounts.models import User
from newsroom.cache.generations import hold, touch
from newsroom.lib.text import fold, tidy

MOST_PARTS = 5


class CannotMerge(ValueError):
    """Why not, for people."""


@transaction.atomic
def merge(
    source: Topic, target: Topic, *, by: User | None, at: datetime | None = None
) -> TopicMerge:
    """Let `target` stand for `source`: its articles, names, menu entries and narrower topics move.

    Raises CannotMerge, having changed nothing. About 30 statements, and one more for each 500
    articles. Every other change of what readers see waits meanwhile.
    """
    hold()
    source, target = _fresh([source.pk, target.pk])
    _check(source, [target])
    record = moving.names(source, target)
    return _move(TopicMerge.Kind.MERGE, source, [target], record, by=by, at=at)


@transaction.atomic
def split(
    source: Topic, names: Iterable[str], *, by: User | None, at: datetime | None = None
) -> TopicMerge:
    """Let the topics of these names stand for `source` together, made where there are none.

    Its own names then mean all of them. Raises CannotMerge; costs as `merge`.
    """
    hold()
    (source,) = _fresh([source.pk])
    wanted = [tidy(name) for name in names if fold(name)]
    if any(len(name) > 100 for name in wanted):
        raise CannotMerge(_("A topic's name has at most 100 characters."))
    if len(wanted) > MOST_PARTS:
        raise CannotMerge(_("A topic is split into at most %d.") % MOST_PARTS)
    known = {name for name in wanted if find_all(name)}
    parts = list({part.pk: part for part in map(find_or_make, wanted)}.values())
    if len(parts) < 2:
        raise CannotMerge(_("Name two different topics to split it into."))
    _check(source, parts)
    made = [part.pk for part in parts if part.name in wanted and part.name not in known]
    return _move(TopicMerge.Kind.SPLIT, source, parts, {"new": made}, by=by, at=at)


def _fresh(ids: Sequence[int]) -> list[Topic]:
    """As they are now that nobody else changes them."""
    found = Topic.objects.in_bulk(ids)
    if len(found) < len(set(ids)):
        raise CannotMerge(_("That topic is no longer there."))
    return [found[pk] for pk in ids]


def _check(source: Topic, targets: Sequence[Topic]) -> None:
    if source.merged_into_id:
        raise CannotMerge(
            _("“%(topic)s” was merged already. Undo that first.") % {"topic": source.name}
        )
    for target in targets:
        if target.pk == source.pk:
            raise CannotMerge(_("“%s” cannot become itself.") % source.name)
        if target.merged_into_id:
            raise CannotMerge(
                _("“%(topic)s” was merged into “%(into)s”. Choose that, or undo that merge first.")
                % {"topic": target.name, "into": target.merged_into}
            )
    below = Topic.objects.filter(parent=source).exclude(pk=targets[0].pk)
    if children := list(below.values_list("pk", flat=True)):
        try:
            hierarchy.check(children, targets[0].pk)
        except hierarchy.CannotStandThere as error:
            raise CannotMerge(
                _("The topics under “%s” cannot follow. Move them first.") % source.name
            ) from error


def _move(
    kind: str,
    source: Topic,
    targets: list[Topic],
    record: moving.Record,
    *,
    by: User | None,
    at: datetime | None,
) -> TopicMerge:
    ids = [target.pk for target in targets]
    newest = Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    record |= {
        "names": [target.name for target in targets],
        "revision": newest,
        "desk": moving.desk(source.pk, ids),
        "paper": moving.paper(source.pk, ids),
        **moving.links(source.pk, ids[0]),
    }
    moved = record["desk"]
    record["articles"] = len(moved["moved"]) + len(moved["doubles"])
    # A topic under the one that it now stands for goes up a step.
    above = {t.pk: t.parent_id for t in targets if t.parent_id == source.pk}
    record["raised"] = list(above)
    Topic.objects.filter(pk__in=above).update(parent_id=source.parent_id)
    merge = TopicMerge.objects.create(
        kind=kind, source=source, moved=record, by=by, at=at or timezone.now()
    )
    for target in targets:  # one by one: their order is that of the rows
        merge.targets.add(target)
    Topic.objects.filter(pk=source.pk).update(merged_into=targets[0])
    refresh_topics([source.pk, *ids])
    if any(record["paper"].values()):  # stories that readers see; a draft's tags are the desk's
        list_changes.note(("topic", pk) for pk in [source.pk, *ids])
    follow_topics.enqueue([source.pk, *ids])
    touch("articles", "chrome", GENERATION)
    out_of_date([source.pk, source.parent_id, *ids, *above], record)
    return merge
