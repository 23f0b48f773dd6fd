"""The desk's search: its own copies, drafts too, by the same words and as quickly.

The list of articles has filters that no index knows, and rights. So the newest matches are looked
up in batches among what the list would show, until there are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from articles.models import Article, DeskEntry
from articles.search.names import as_author_on_desk, as_topic
from articles.search.places import Stretch
from articles.search.query import Choice, Expression, Part, any_mark, parse
from articles.search.reach import SIGN
from articles.search.terms import BREAK
from articles.search.walk import walk
from articles.search.words import fold
from newsroom.lib.among import among

# Articles that are listed, and matches that are looked at to find so many.
MOST, LOOKED_AT, BATCH = 1_000, 20_000, 1_000


@dataclass(frozen=True)
class Found:
    """Articles, those changed last first; `more` when older matches were not looked at."""

    ids: Sequence[int]
    more: bool = False


def find(typed: str, among: QuerySet[Article]) -> Found:
    """What matches of these articles. About 7 queries; 40 more for words so common that the newest
    thousand matches are not enough."""
    query = parse(typed)
    if not query.parts:
        return Found([])
    every = tuple(_ways(part) for part in query.wanted) or (((BREAK,),),)
    asked = Expression(every, tuple(part.ways for part in query.excluded))
    found: list[int] = []
    for limit in (BATCH, LOOKED_AT):
        walked = walk(DeskEntry, asked, Stretch(), limit + 1)
        found = _among(among, walked.places[:limit])
        whole = walked.ended and len(walked.places) <= limit
        if whole or len(found) >= MOST:
            break
    return Found(found[:MOST], more=not whole or len(found) > MOST)


def _ways(part: Part) -> Choice:
    """In the text, or in the name of an author or topic; a headline also by a word's beginning."""
    begun = any_mark([f"{SIGN}{fold(part.written[0])}"]) if len(part.written) == 1 else ()
    return (*part.ways, *begun, *as_author_on_desk(part), *as_topic(part))


def _among(articles: QuerySet[Article], places: Sequence[int]) -> list[int]:
    """The articles at these places that are among those, `MOST` or a few more if there are; 2
    queries a batch."""
    found: list[int] = []
    for start in range(0, len(places), BATCH):
        batch = places[start : start + BATCH]
        entries = DeskEntry.objects.filter(among("place", batch)).order_by("-place")
        ids = list(entries.values_list("article_id", flat=True))
        shown = set(articles.order_by().filter(among("pk", ids)).values_list("pk", flat=True))
        found += [pk for pk in ids if pk in shown]
        if len(found) >= MOST:
            break
    return found
