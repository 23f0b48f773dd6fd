"""Finding and making topics by name; every writer (form, import, demo) comes through here."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Article, ArticleTopic, Topic, TopicAlias
from articles.topics.standing import standing, standing_for
from newsroom.addresses.book import AddressTaken
from newsroom.addresses.free import free_slug
from newsroom.cache.generations import hold
from newsroom.lib.text import fold, tidy


def find_all(name: str) -> list[Topic]:
    """The topics that this name or alias means, in any spelling: several after a split.

    At most 2 queries, and 4 more for every merge one behind the other.
    """
    folded = fold(name)[:200]
    topic = Topic.objects.filter(folded=folded).first()
    if topic is None:
        aliases = TopicAlias.objects.select_related("topic").order_by("pk")
        alias = aliases.filter(folded=folded).first()
        topic = alias.topic if alias else None
    return standing_for(topic) if topic else []


def find(name: str) -> Topic | None:
    """The topic of this name; the first of them when it was split."""
    return next(iter(find_all(name)), None)


def find_or_make(name: str) -> Topic:
    """The topic of this name, made if there is none; another spelling of one becomes its alias."""
    return _find_or_make(name)[0]


def _find_or_make(name: str) -> list[Topic]:
    name = tidy(name)[:100]
    if not fold(name):
        raise ValueError(_("A topic needs a name with letters or digits."))
    topics = find_all(name) or _make(name)
    if len(topics) == 1:  # an alias leads to one topic
        learn(topics[0], name)
    return topics


def _make(name: str) -> list[Topic]:
    with transaction.atomic():
        hold()  # before the row: who writes a topic never waits for a merge that waits for them
        if topics := find_all(name):  # made by someone else in this moment
            return topics
        slug = free_slug("topic", [Topic().slugify(name)], under="/topic/")
        try:
            with transaction.atomic():
                return [Topic.objects.create(name=name, slug=slug)]
        except (IntegrityError, AddressTaken):
            if topics := find_all(name):
                return topics
            raise


def learn(topic: Topic, name: str) -> None:
    """Put another spelling on record as an alias, unless it is the display name itself."""
    name = tidy(name)[:100]
    if name == topic.name or TopicAlias.objects.filter(name=name).exists():
        return
    with transaction.atomic():
        hold()  # as in `_make`
        TopicAlias.objects.get_or_create(name=name, defaults={"topic": topic})


def for_names(names: Iterable[str]) -> list[Topic]:
    """The topics of the names, in order, each once; empty names are passed over."""
    found: dict[int, Topic] = {}
    for name in names:
        if fold(name):
            for topic in _find_or_make(name):
                found.setdefault(topic.pk, topic)
    return list(found.values())


@transaction.atomic
def put(article: Article, topics: Iterable[Topic]) -> None:
    """Make these the topics of the desk's copy, in this order; a tag that stays keeps its row.

    What was merged since the caller found it is replaced by what stands for it: the article is
    locked, then all changes under way are waited for, a merge among them.
    """
    wanted = list(dict.fromkeys(topic.pk for topic in topics))
    places = ArticleTopic.objects.filter(content_object=article).order_by("order", "pk")
    if list(places.values_list("tag_id", flat=True)) == wanted:
        return
    Article.objects.select_for_update().filter(pk=article.pk).values_list("pk").first()
    hold()
    order = {pk: number for number, pk in enumerate(standing(wanted))}
    present = {place.tag_id: place for place in places}
    places.exclude(tag_id__in=order).delete()
    moved = []
    for pk, place in present.items():
        if pk in order and place.order != order[pk]:
            place.order = order[pk]
            moved.append(place)
    ArticleTopic.objects.bulk_update(moved, ["order"])
    ArticleTopic.objects.bulk_create(
        ArticleTopic(content_object=article, tag_id=pk, order=number)
        for pk, number in order.items()
        if pk not in present
    )
