"""Which topics stand for others: after a merge one, after a split several."""

from collections.abc import Iterable

from articles.models import Topic, TopicMerge


def standing(ids: Iterable[int]) -> list[int]:
    """The same topics with those merged or split replaced by what stands for them, each once.

    Deleted ones are left out. One query if none was merged, two more for every merge one behind
    the other. A loop cannot come about: only what is merged into nothing is merged or a target.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    merged = dict(Topic.objects.filter(pk__in=wanted).values_list("pk", "merged_into_id"))
    targets: dict[int, list[int]] = {}
    asked = {pk for pk, into in merged.items() if into}
    while asked:
        for source, target in (
            TopicMerge.targets.through.objects.filter(
                topicmerge__source_id__in=asked, topicmerge__undone_at=None
            )
            .order_by("pk")
            .values_list("topicmerge__source_id", "topic_id")
        ):
            targets.setdefault(source, []).append(target)
        further = {pk for source in asked for pk in targets.get(source, [])} - merged.keys()
        found = dict(Topic.objects.filter(pk__in=further).values_list("pk", "merged_into_id"))
        merged |= found
        asked = {pk for pk, into in found.items() if into}

    def final(pk: int) -> list[int]:
        if merged.get(pk) is None:
            return [pk] if pk in merged else []
        return [end for target in targets.get(pk, []) for end in final(target)]

    return list(dict.fromkeys(end for pk in wanted for end in final(pk)))


def standing_for(topic: Topic) -> list[Topic]:
    """What stands for this topic, in order; itself when it was never merged (no query then)."""
    if topic.merged_into_id is None:
        return [topic]
    ids = standing([topic.pk])
    found = Topic.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
