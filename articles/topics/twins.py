"""The report of near-twins among all topics, and pairs that were said to be none.

Names are compared only within blocks (same letters, same sound, a rare word in common), so that the
time grows with the number of topics and not with its square.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations, islice, product
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from articles.models import ArticleTopic, NotTwins, PublishedTopic, Topic, TopicAlias
from articles.topics.likeness import REASONS, Spelling, part_of, reason
from newsroom.accounts.models import User
from newsroom.cache.generations import stored, touch
from newsroom.lib.latin import keys

# The generation that every change of a topic's name ends.
GENERATION = "topics"
# A word in more topics than this says little ("Council"); what holds it is no twin for that.
COMMON = 30
# In a larger block each name is compared with this many beside it in the alphabet.
NEIGHBOURS = 30
READINGS = 8
# Words of a name that is still compared by its sound.
LONG = 6


# A topic and one of its names.
Named = tuple[int, str]


class Twins(NamedTuple):
    """Two topics by id and why they look alike (a key of likeness.REASONS)."""

    first: int
    second: int
    why: str


def report() -> list[Twins]:
    """All pairs, strongest reason first, without those said to be no twins.

    Kept in memory until a topic changes; building it took 4 seconds for 50,000 topics.
    """
    return stored("topic_twins", _build, of=GENERATION)


def _build() -> list[Twins]:
    names = [*Topic.objects.present().order_by("name", "pk").values_list("pk", "name")]
    aliases = TopicAlias.objects.filter(topic__merged_into=None).order_by("pk")
    none = set(NotTwins.objects.values_list("first_id", "second_id"))
    found = find_twins(names, [*aliases.values_list("topic_id", "name")])
    return [pair for pair in found if (pair.first, pair.second) not in none]


def find_twins(names: Sequence[Named], aliases: Sequence[Named] = ()) -> list[Twins]:
    """The pairs among these topics, strongest reason first, then in the order given.

    Another name is compared with the names of other topics, not with their other names.
    """
    every = [*names, *aliases]
    spelt = [Spelling(name) for _pk, name in every]
    strength = {why: number for number, why in enumerate(REASONS)}
    place = {pk: number for number, (pk, _name) in enumerate(names)}
    found: dict[tuple[int, int], str] = {}
    for one, other in _candidates(spelt):
        first, second = every[one][0], every[other][0]
        if first == second or min(one, other) >= len(names):
            continue
        if why := reason(spelt[one], spelt[other]):
            pair = (min(first, second), max(first, second))
            if pair not in found or strength[why] < strength[found[pair]]:
                found[pair] = why
    pairs = [Twins(*pair, why) for pair, why in found.items()]
    return sorted(pairs, key=lambda pair: (strength[pair.why], place[pair.first], pair.second))


def _candidates(spelt: Sequence[Spelling]) -> Iterator[tuple[int, int]]:
    """Places in the list of those that may be alike; a pair may come more than once."""
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    single = (name.words[0] for name in spelt if len(name.words) == 1)
    alone = {key for word in single if not word.isascii() for key in keys(word)}
    for at, name in enumerate(spelt):
        for block_key in dict.fromkeys(_blocks(name, alone)):
            blocks[block_key].append(at)
        for stem in set(name.stems):
            holding[stem].append(at)
    for block in blocks.values():
        if len(block) <= NEIGHBOURS:
            yield from combinations(block, 2)
        else:
            block.sort(key=lambda at: spelt[at].bare)
            for number, at in enumerate(block):
                yield from ((at, other) for other in block[number + 1 : number + NEIGHBOURS])
    for at, name in enumerate(spelt):
        rarest = min((holding[stem] for stem in name.stems), key=len, default=[])
        if len(rarest) <= COMMON:
            yield from ((at, other) for other in rarest if part_of(name, spelt[other]))


def _blocks(name: Spelling, alone: set[str]) -> Iterable[Hashable]:
    """What names that may be one have in common: letters, words, sounds in a row.

    A word of a longer name is a block of its own across scripts: "פוטין" and "Vladimir Putin".
    """
    yield "letters", name.bare
    yield "words", tuple(sorted(name.stems))
    if len(name.stems) <= LONG:
        heard = (sorted(keys(word)) or [word] for word in name.words)
        for way in islice(product(*heard), READINGS):
            yield "sound", way
    if len(name.words) > 1:
        for word in name.words:
            for key in keys(word):
                if key in alone or not word.isascii():
                    yield "sound", (key,)


def articles_on(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many articles each of these topics is on, and how many of them are live; 2 queries."""
    wanted = list(ids)
    desk = ArticleTopic.objects.filter(tag_id__in=wanted).order_by().values_list("tag_id")
    live = PublishedTopic.objects.filter(topic_id__in=wanted).order_by().values_list("topic_id")
    on_desk = dict(desk.annotate(Count("pk")))
    on_paper = dict(live.annotate(Count("pk")))
    return {pk: (on_desk.get(pk, 0), on_paper.get(pk, 0)) for pk in wanted}


@transaction.atomic
def say_no_twins(
    one: Topic, other: Topic, *, by: User | None, at: datetime | None = None
) -> NotTwins:
    """Put on record that the two are different; the report leaves them out. ValueError for one."""
    if one.pk == other.pk:
        raise ValueError("a topic is no twin of itself")
    first, second = sorted((one, other), key=lambda topic: topic.pk)
    touch(GENERATION)
    return NotTwins.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "at": at or timezone.now()}
    )[0]


@transaction.atomic
def take_back(said: NotTwins) -> None:
    """The pair may be reported again."""
    touch(GENERATION)
    said.delete()
