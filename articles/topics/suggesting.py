"""What is offered while a tag is typed; never what is merged or no longer offered."""

import difflib

from django.db.models import Q

from articles.models import Topic
from articles.topics.likeness import Spelling, reason
from newsroom.lib.latin import keys
from newsroom.lib.text import fold

CANDIDATES = 500
LIKE = 0.75
# A key of one consonant says nothing.
HEARD = 2


def near_twins(name: str, *, limit: int = 5) -> list[Topic]:
    """Topics that might be meant: the same in another script, plural, shared words, small slips.

    One query; reads the names that share a word's beginning or its sound, at most 500.
    """
    typed = Spelling(name[:100])
    words = [word for word in typed.words if len(word) > 2] or typed.words
    if not words:
        return []
    shares = Q()
    for word in words[:12]:
        shares |= Q(folded__icontains=word[:4]) | Q(aliases__folded__icontains=word[:4])
        for key in keys(word):
            if len(key) >= HEARD:
                shares |= Q(sounds__contains=f" {key} ") | Q(aliases__sounds__contains=f" {key} ")
    candidates = Topic.objects.offered().filter(shares).distinct().exclude(folded=fold(name)[:200])
    ranked = sorted(
        (
            (score, topic)
            for topic in candidates.prefetch_related("aliases").order_by("pk")[:CANDIDATES]
            if (score := _likeness(typed, topic)) >= LIKE
        ),
        key=lambda pair: -pair[0],
    )
    return [topic for _score, topic in ranked][:limit]


def _likeness(typed: Spelling, topic: Topic) -> float:
    """1 for a name or other name that may be the same, or shares a word; else of the letters."""
    best = 0.0
    for name in (topic.name, *(alias.name for alias in topic.aliases.all())):
        other = Spelling(name)
        if reason(typed, other) or set(typed.words) & set(other.words):
            return 1.0
        best = max(best, difflib.SequenceMatcher(None, typed.bare, other.bare).ratio())
    return best
