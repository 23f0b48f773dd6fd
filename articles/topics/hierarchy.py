"""Topics under topics: what may stand where, the way above a page, and what is narrower."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Topic
from newsroom.addresses.book import Place, places_of
from newsroom.cache.tags import seen

DEEPEST = 5
_UP = "parent__" * (DEEPEST - 2) + "parent"


class CannotStandThere(ValueError):
    """A topic would stand under itself or too deep; the message says which, for the form."""


def check(topic_ids: Iterable[int], parent_id: int | None) -> None:
    """Raise CannotStandThere if these topics may not stand under `parent_id`.

    At most 5 queries upward and 5 downward. The caller holds changes back (generations.hold), or
    two changes at once could close a circle.
    """
    if parent_id is None:
        return
    moving = set(topic_ids)
    above = way_up(parent_id)
    if met := moving.intersection(above):
        names = dict(Topic.objects.filter(pk__in=[*met, parent_id]).values_list("pk", "name"))
        raise CannotStandThere(
            _("“%(topic)s” cannot stand under “%(parent)s”, which stands under it.")
            % {"topic": names.get(min(met), ""), "parent": names.get(parent_id, "")}
            if parent_id not in moving
            else _("A topic cannot stand under itself.")
        )
    if len(above) + _height(moving) > DEEPEST:
        raise CannotStandThere(
            _("That would make more than %d levels of topics one under the other.") % DEEPEST
        )


def way_up(topic_id: int) -> list[int]:
    """The topic and what it stands under, upward; ends where it would go round."""
    way: list[int] = []
    at: int | None = topic_id
    while at is not None and at not in way and len(way) < 2 * DEEPEST:
        way.append(at)
        at = Topic.objects.filter(pk=at).values_list("parent_id", flat=True).first()
    return way


def _height(ids: set[int]) -> int:
    """Levels of the tree below, these included; 1 when nothing stands under them."""
    levels, level, seen = 0, ids, set(ids)
    while level and levels <= DEEPEST:
        levels += 1
        below = Topic.objects.filter(parent_id__in=level).values_list("pk", flat=True)
        level = set(below) - seen
        seen |= level
    return max(levels, 1)


@dataclass(frozen=True)
class Around:
    """What stands above and below a topic's page; only what readers can open."""

    above: tuple[Place, ...]
    narrower: tuple[Place, ...]


def around(topic: Topic) -> Around:
    """3 queries at most, whatever the depth: the way up, the topics below, what is public."""
    above: list[int] = []
    if topic.parent_id:
        one = Topic.objects.select_related(_UP).filter(pk=topic.parent_id).first()
        while one is not None and one.pk not in above and one.pk != topic.pk:
            above.append(one.pk)
            one = one.parent if len(above) < DEEPEST else None
    below = list(
        Topic.objects.present()
        .filter(parent_id=topic.pk)
        .order_by("name", "pk")
        .values_list("pk", flat=True)[:200]
    )
    seen(f"topics-under:{topic.pk}", *(f"topic:{pk}" for pk in below))
    if not above and not below:
        return Around((), ())
    places = places_of(("topic", pk) for pk in [*above, *below])

    def public(ids: Iterable[int]) -> tuple[Place, ...]:
        return tuple(places["topic", pk] for pk in ids if ("topic", pk) in places)

    return Around(public(reversed(above)), public(below))
