"""One page of what a search found: its stories with their extracts, and the way on and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.safestring import SafeString

from articles.models import PublishedArticle
from articles.newest import cards
from articles.search import facets
from articles.search.extracts import extract, marked
from articles.search.facets import Facet
from articles.search.filters import Filters
from articles.search.finding import Match, Matches, matches
from articles.search.query import Query
from newsroom.lib.pagination import Key
from newsroom.pages.identity import present_identity

PAGE = 20


@dataclass(frozen=True)
class Story:
    """A story with what was asked for marked in it."""

    card: PublishedArticle
    headline: SafeString
    # Of the text, or else the standfirst.
    extract: SafeString


@dataclass(frozen=True)
class Results:
    """A page of stories. There are `count`, or `more` than that, or those found until the search
    had to end (not `ended`).

    `older` and `newer` are what the address of the next and the former page has beside the search;
    None where there is none.
    """

    stories: Sequence[Story] = ()
    count: int = 0
    more: bool = False
    ended: bool = True
    older: dict[str, str] | None = None
    newer: dict[str, str] | None = None
    # Of the stories that were looked at.
    topics: Sequence[Facet] = ()
    authors: Sequence[Facet] = ()


def newest(query: Query, filters: Filters, before: Key | None) -> Results:
    """Newest first through all that match, by key; a key beyond the end is a 404."""
    top = matches(query, filters)
    found = [match for match in top.found if not before or _older(match, before)]
    newer = top.found[: len(top.found) - len(found)]
    reached = len(found) > PAGE or (top.ended and not top.more)
    if before and not reached:  # beyond the newest thousand
        found = list(matches(query, filters, limit=PAGE + 1, before=before).found)
        newer = matches(query, filters, limit=PAGE + 1, since=before).found
    if before and not found:
        raise Http404("no such page")
    older = found[PAGE - 1].key if len(found) > PAGE else None
    return Results(
        _stories(found[:PAGE], query),
        len(top.found),
        top.more,
        top.ended,
        older={"before": str(older)} if older else None,
        newer=_before(newer) if before else None,
        **_around(top, filters),
    )


def _older(match: Match, key: Key) -> bool:
    return (match.at, match.article_id) < (key.at, key.id)


def _before(newer: Sequence[Match]) -> dict[str, str]:
    """The page whose last story the key names, which is the last of `newer`; the first page has no
    key."""
    return {"before": str(newer[-PAGE - 1].key)} if len(newer) > PAGE else {}


def relevant(query: Query, filters: Filters, page: int) -> Results:
    """The newest thousand, best first; a page beyond the end is a 404."""
    found = matches(query, filters)
    ranked = found.ranked(query.wanted)
    here = ranked[(page - 1) * PAGE : page * PAGE]
    if page > 1 and not here:
        raise Http404("no such page")
    return Results(
        _stories(here, query),
        len(found.found),
        found.more,
        found.ended,
        older={"page": str(page + 1)} if len(ranked) > page * PAGE else None,
        newer=None if page == 1 else {"page": str(page - 1)} if page > 2 else {},
        **_around(found, filters),
    )


def _around(found: Matches, filters: Filters) -> dict[str, Sequence[Facet]]:
    """What the matches could be narrowed to; 2 queries."""
    ids = [match.article_id for match in found.found]
    return {
        "topics": () if filters.topic else facets.topics(ids),
        "authors": () if filters.author else facets.authors(ids),
    }


def _stories(found: Sequence[Match], query: Query) -> list[Story]:
    """The cards, with an extract of each text; a query for the texts, and one for the cards that
    are not in memory."""
    paper = present_identity().language
    ids = [match.article_id for match in found]
    shown = cards(ids)
    texts = dict(PublishedArticle.objects.filter(pk__in=ids).values_list("pk", "text"))
    return [
        _story(shown[pk], texts[pk], query, shown[pk].language or paper)
        for pk in ids
        if pk in shown and pk in texts
    ]


def _story(card: PublishedArticle, text: str, query: Query, language: str) -> Story:
    return Story(
        card,
        marked(card.card_headline, query.wanted, language),
        extract(text, query.wanted, language) or marked(card.standfirst, query.wanted, language),
    )
