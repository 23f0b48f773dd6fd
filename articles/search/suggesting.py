"""Pages a search may be meant for: sections, topics by any of their names, authors.

Only what readers can open: a topic or an author with a live story.
"""

import difflib
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import PublishedTopic, Section, Topic
from articles.search.names import authors, folded
from articles.search.query import MOST_WORDS
from articles.search.topic_names import END, START, named
from articles.search.words import words
from articles.topics import near_twins
from newsroom.cache.generations import stored
from newsroom.lib.text import fold as fold_name

TOPIC = _("Topic")
MOST, ALIKE, LONGEST = 8, 0.75, 100
# Topics of which it is asked at once whether they have a story.
LOOKED_UP = 500
# Words of a search that found nothing which may be names, and their letters.
MOST_TRIED, TELLING = 4, 4


@dataclass(frozen=True)
class Suggestion:
    """A page of the paper and what it is."""

    kind: str | Promise
    name: str
    url: str


def suggestions(typed: str, limit: int = MOST) -> list[Suggestion]:
    """Pages whose name goes on from what was typed, or stands in it; 3 queries, seldom
    more."""
    wanted = _folded(typed)
    if not wanted:
        return []
    return [*_sections(wanted), *_topics(typed), *_authors(wanted)][:limit]


def nearly(typed: str, limit: int = MOST) -> list[Suggestion]:
    """Pages whose name is spelt much like what was typed, or like a word of it; at most 5 queries.

    For a search that found nothing.
    """
    several = [word for word in words(typed[:LONGEST]) if len(word) >= TELLING]
    tried = list(dict.fromkeys([typed[:LONGEST], *several]))[:MOST_TRIED]
    topics = [topic.pk for name in tried for topic in near_twins(name, limit=limit)]
    live = Topic.objects.filter(_has_story(), pk__in=topics)
    found = [Suggestion(TOPIC, topic.name, topic.get_absolute_url()) for topic in live]
    for one in (*_sections(), *_authors()):
        name = _folded(one.name)
        names = [" ".join(name), *(word for word in name if len(word) >= TELLING)]
        if any(_alike(" ".join(_folded(each)), other) for each in tried for other in names):
            found.append(one)
    return found[:limit]


def _alike(one: str, other: str) -> bool:
    likeness = difflib.SequenceMatcher(None, one, other)
    return likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE


def _folded(text: str) -> list[str]:
    return folded(text[:LONGEST])


def _meant(name: str, wanted: list[str] | None) -> bool:
    """The words wanted stand in the name, the last perhaps begun only; or the name in them. None
    wants every name."""
    if wanted is None:
        return True
    there, (*whole, last) = _folded(name), wanted
    for n in range(len(there) - len(whole)):
        if there[n + len(whole)].startswith(last) and there[n : n + len(whole)] == whole:
            return True
    if not there or there[0] not in wanted:
        return False
    return any(wanted[n : n + len(there)] == there for n in range(len(wanted)))


def sections() -> list[tuple[str, str]]:
    """Name and address of every section, in the paper's order; one query a generation."""
    return stored("sections_found", _read_sections, of="articles")


def _read_sections() -> list[tuple[str, str]]:
    return list(Section.objects.values_list("name", "slug"))


def _sections(wanted: list[str] | None = None) -> list[Suggestion]:
    return [
        Suggestion(_("Section"), name, f"/{slug}/")
        for name, slug in sections()
        if _meant(name, wanted)
    ]


def _authors(wanted: list[str] | None = None) -> list[Suggestion]:
    return [
        Suggestion(_("Author"), name, f"/author/{slug}/")
        for _pk, name, slug in authors()
        if _meant(name, wanted)
    ]


def _topics(typed: str) -> list[Suggestion]:
    """By display name and every other; a query for each `LOOKED_UP` that are named so."""
    asked = fold_name(typed[:LONGEST])
    several = asked.split()[:MOST_WORDS]
    within = {
        " ".join(several[start:end])
        for start in range(len(several))
        for end in range(start + 1, len(several) + 1)
    }
    wholly = (f"{START}{name}{END}" for name in within)
    meant = named(f"{START}{asked}", f" {asked}", *wholly)
    keys = list(dict.fromkeys(one.pk for one in meant))
    found: list[Topic] = []
    for at in range(0, len(keys), LOOKED_UP):
        some = keys[at : at + LOOKED_UP]
        rows = Topic.objects.filter(_has_story(), pk__in=some).order_by("name", "pk")
        found += rows[:MOST]
        if len(found) >= MOST:
            break
    return [Suggestion(TOPIC, topic.name, topic.get_absolute_url()) for topic in found[:MOST]]


def _has_story() -> Exists:
    return Exists(PublishedTopic.objects.filter(topic=OuterRef("pk")))
