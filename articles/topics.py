"""Finding and making topics by name; every writer (form, import, demo) comes through here."""

import difflib
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q

from articles.models import Article, ArticleTopic, Topic, TopicAlias
from newsroom.addresses.book import AddressTaken
from newsroom.addresses.free import free_slug
from newsroom.lib.text import fold, tidy, without_accents


def find(name: str) -> Topic | None:
    """The topic that has this name or alias in any spelling; at most 2 queries."""
    folded = fold(name)[:200]
    if topic := Topic.objects.filter(folded=folded).first():
        return topic
    alias = TopicAlias.objects.select_related("topic").filter(folded=folded).first()
    return alias.topic if alias else None


def find_or_make(name: str) -> Topic:
    """The topic of this name, made if there is none; another spelling of one becomes its alias."""
    name = tidy(name)[:100]
    if not fold(name):
        raise ValueError("a topic needs a name with letters or digits")
    topic = find(name)
    if topic is None:
        slug = free_slug("topic", [Topic().slugify(name)], under="/topic/")
        try:
            with transaction.atomic():
                return Topic.objects.create(name=name, slug=slug)
        except (IntegrityError, AddressTaken):  # made by someone else in this moment
            topic = find(name)
            if topic is None:
                raise
    learn(topic, name)
    return topic


def learn(topic: Topic, name: str) -> None:
    """Put another spelling on record as an alias, unless it is the display name itself."""
    name = tidy(name)[:100]
    if name != topic.name:
        TopicAlias.objects.get_or_create(name=name, defaults={"topic": topic})


def for_names(names: Iterable[str]) -> list[Topic]:
    """The topics of the names, in order, each once; empty names are passed over."""
    found: dict[int, Topic] = {}
    for name in names:
        if fold(name):
            topic = find_or_make(name)
            found.setdefault(topic.pk, topic)
    return list(found.values())


@transaction.atomic
def put(article: Article, topics: Iterable[Topic]) -> None:
    """Make these the topics of the desk's copy, in this order."""
    wanted = list(dict.fromkeys(topic.pk for topic in topics))
    places = ArticleTopic.objects.filter(content_object=article).order_by("pk")
    if list(places.values_list("tag_id", flat=True)) == wanted:
        return
    places.delete()
    ArticleTopic.objects.bulk_create(
        ArticleTopic(content_object=article, tag_id=pk) for pk in wanted
    )


def near_twins(name: str, *, limit: int = 5) -> list[Topic]:
    """Topics that might be meant: same letters without accents, plural, shared words, small slips.

    Reads the names that share a word with this one, at most 500.
    """
    bare = without_accents(name)
    words = [word for word in bare.split() if len(word) > 2] or [bare]
    shares = Q()
    for word in words:
        shares |= Q(folded__icontains=word[:4]) | Q(aliases__folded__icontains=word[:4])
    candidates = Topic.objects.filter(shares).distinct().exclude(folded=fold(name))[:500]

    def likeness(topic: Topic) -> float:
        other = without_accents(topic.name)
        if set(words) & set(other.split()):
            return 1.0
        return difflib.SequenceMatcher(None, bare, other).ratio()

    ranked = sorted(((likeness(t), t) for t in candidates), key=lambda pair: -pair[0])
    return [topic for score, topic in ranked if score >= 0.75][:limit]
