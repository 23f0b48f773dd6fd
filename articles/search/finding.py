"""Finding live articles: the newest thousand matches, and what of them a page shows.

An index is asked for places; articles are then read from the published rows, so that nothing shows
or counts that readers may not see, whatever the index holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from articles.models import PublishedArticle, SearchEntry
from articles.newest import cards
from articles.search.filters import Filters
from articles.search.names import as_author
from articles.search.places import Stretch, place_of
from articles.search.query import LONGEST, MOST_WORDS, Expression, Part, Query
from articles.search.ranking import scorer
from articles.search.terms import BREAK
from articles.search.walk import walk
from articles.search.words import words
from newsroom.lib.among import among
from newsroom.lib.pagination import Key
from newsroom.lib.text import tidy
from newsroom.pages.identity import present_identity

# Of a common word only so many are looked at, the newest.
MOST = 1_000
# Letters of a word that says something by itself.
TELLING = 4


@dataclass(frozen=True)
class Match:
    """A live article that matches."""

    article_id: int
    at: datetime
    weight: str

    @property
    def key(self) -> Key:
        return Key(self.at, self.article_id)


@dataclass(frozen=True)
class Matches:
    """The newest matches, newest first; `more` when there are others beyond them.

    Not `ended`: the search took too long, and what is older was not looked at.
    """

    found: tuple[Match, ...] = ()
    more: bool = False
    ended: bool = True

    def ranked(self, parts: Iterable[Part]) -> list[Match]:
        """The best first, equally good ones newest first."""
        score = scorer(parts)
        return sorted(self.found, key=lambda match: -score(match.weight))


def expression(query: Query, filters: Filters) -> Expression:
    """What the index is asked; of nothing but exclusions, everything without them."""
    every = [(*part.ways, *as_author(part)) for part in query.wanted]
    every += filters.marks()
    return Expression(tuple(every) or (((BREAK,),),), tuple(part.ways for part in query.excluded))


def matches(
    query: Query, filters: Filters, *, limit: int | None = None,
    before: Key | None = None, since: Key | None = None,
) -> Matches:  # fmt: skip
    """The newest matches (`limit`: `MOST`), those next before a key, or from a key on, it included.

    About 5 queries (articles/search/walk.py).
    """
    most = limit or MOST
    stretch = filters.stretch(present_identity().zone)
    if before:
        last = place_of(before.at, before.id) - 1
        stretch = replace(stretch, last=min(stretch.last, last))
    if since:
        first = place_of(since.at, since.id)
        stretch = replace(stretch, first=max(stretch.first, first), oldest_first=True)
    if stretch.first > stretch.last:
        return Matches()
    walked = walk(SearchEntry, expression(query, filters), stretch, most + 1)
    found = _live(walked.places[:most], filters)
    ordered = tuple(reversed(found) if stretch.oldest_first else found)
    return Matches(ordered, len(walked.places) > most, walked.ended)


def _live(places: list[int], filters: Filters) -> list[Match]:
    """The entries at these places whose articles readers see; one query.

    After topics were merged the index takes a while to follow (articles/search/upkeep.py): what it
    says of a topic is asked of the published rows again.
    """
    entries = SearchEntry.objects.filter(among("place", places))
    if filters.topic:
        entries = entries.filter(article__topic_places__topic=filters.topic)
    rows = entries.values_list("place", "article_id", "article__published_at", "weight")
    found = {place: Match(pk, at, weight) for place, pk, at, weight in rows}
    return [found[place] for place in places if place in found]


def near(text: str, limit: int = 5) -> list[PublishedArticle]:
    """Live stories that have to do with these words, the nearest first, as cards.

    For an address that leads nowhere. Words of three letters or less say nothing by themselves.
    About 6 queries, twice as many if few stories have all the words; none for no words.
    """
    found = (Part((word,)) for word in words(tidy(text)[:LONGEST]))
    parts = [part for part in dict.fromkeys(found) if part.ways][:MOST_WORDS]
    if not parts:
        return []
    telling = [part for part in parts if len(part.written[0]) >= TELLING] or parts
    matching = _newest(Expression(tuple(part.ways for part in telling)))
    if len(matching) < limit and len(telling) > 1:
        any_of = tuple(way for part in telling for way in part.ways)
        matching += _newest(Expression((any_of,)))

    each = [scorer([part]) for part in parts]

    def nearness(match: Match) -> tuple[int, int]:
        scores = [score(match.weight) for score in each]
        return sum(map(bool, scores)), sum(scores)

    best = sorted(dict.fromkeys(matching), key=nearness, reverse=True)[:limit]
    shown = cards(match.article_id for match in best)
    return [shown[match.article_id] for match in best if match.article_id in shown]


def _newest(asked: Expression) -> list[Match]:
    return _live(walk(SearchEntry, asked, Stretch(), MOST).places, Filters())
