"""Tags that say nearly the same; stricter than what is suggested while a tag is typed."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from articles.models import Topic
from articles.topics import standing
from articles.topics.likeness import nearly_the_same
from newsroom.lib.latin import keys, words


def twins_of(ids: Sequence[int]) -> Iterator[tuple[Topic, Topic]]:
    """Each of these topics with one that may be meant instead; 3 queries, at most 500 compared."""
    topics = list(Topic.objects.filter(pk__in=standing(ids)))
    begins = Q()
    for topic in topics:
        begins |= Q(folded__startswith=topic.folded[:4])
        for word in words(topic.name)[:1]:
            for key in keys(word):
                begins |= Q(sounds__startswith=f" {key} ")
    if not topics:
        return
    alike = Topic.objects.present().filter(begins).order_by("pk")[:500]
    others = {topic.pk: topic for topic in alike}
    others |= {topic.pk: topic for topic in topics}
    told: set[frozenset[int]] = set()
    for topic in topics:
        for other in others.values():
            pair = frozenset((topic.pk, other.pk))
            if len(pair) == 2 and pair not in told and nearly_the_same(topic.name, other.name):
                told.add(pair)
                yield topic, other
