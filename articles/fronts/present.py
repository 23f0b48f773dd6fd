"""Fronts as readers get them now: built once for every state of the paper, and kept in memory."""

import secrets
from dataclasses import dataclass, field, replace

from articles.fronts.filling import fill_with
from articles.fronts.finding import content_of, look_up
from articles.fronts.models import Front
from articles.fronts.pool import Source
from articles.fronts.shown import Shown, ShownCard
from articles.models import PublishedArticle, Section
from articles.queries import PAGE
from newsroom.cache.generations import stored
from newsroom.cache.tags import seen, shows
from newsroom.lib.pagination import Key, address

# Beside an article Hot Opinion leaves out the article and what stands on its page already.
SPARE = 12


@dataclass
class FrontPage:
    """A front and the newest of its list that do not stand higher up; `older` leads on.

    `built` is another one each time it is built.
    """

    front: Front
    shown: Shown
    cards: list[PublishedArticle] = field(default_factory=list)
    older: str = ""
    built: str = field(default_factory=secrets.token_urlsafe)


def home() -> FrontPage:
    """At most four queries with nothing in memory, whatever the archive holds."""
    return stored("front_home", lambda: _page(look_up(Front.Kind.HOME)), of="articles")


def opinion() -> FrontPage:
    """At most four queries, its list included."""
    return stored(
        "front_opinion",
        lambda: _page(look_up(Front.Kind.OPINION), ("opinion", None)),
        of="articles",
    )


def section(section_id: int) -> FrontPage:
    """At most four queries, its list included. Raises Section.DoesNotExist."""

    def build() -> FrontPage:
        seen(f"front:{section_id}")
        found = Section.objects.select_related("front__live").get(pk=section_id)
        front = getattr(found, "front", None) or Front(kind=Front.Kind.SECTION)
        front.section = found
        return _page(front, ("section", section_id))

    return stored(f"front_section:{section_id}", build, of="articles")


@dataclass
class HotOpinion:
    """The curated list, with as many more by rule as a page may have to leave out."""

    title: str = ""
    slots: list[str] = field(default_factory=list)
    cards: list[ShownCard] = field(default_factory=list)


def hot_opinion() -> HotOpinion:
    """At most three queries, four where a slot has a picture of its own."""
    return stored("front_hot_opinion", _hot_opinion, of="articles")


def _hot_opinion() -> HotOpinion:
    front = look_up(Front.Kind.HOT_OPINION)
    content = content_of(front)
    block = next((each for each in content.blocks if not each.hidden), None)
    if block is None:
        return HotOpinion()
    longer = replace(content, blocks=(replace(block, count=block.count + SPARE),))
    shown, _pool = fill_with(front, longer)
    cards = shown.blocks[0].cards if shown.blocks else []
    shows(*shown.articles)
    return HotOpinion(block.title, block.slots, cards)


def _page(front: Front, listed: Source | None = None) -> FrontPage:
    content = content_of(front)
    if listed is None:
        shown = fill_with(front, content)[0]
        shows(*shown.articles)
        return FrontPage(front, shown)
    shown, pool = fill_with(front, content, least={listed: PAGE + 1})
    newest = pool.of(listed)[: PAGE + 1]
    older = ""
    if len(newest) > PAGE:
        last = newest[PAGE - 1]
        older = address(Key(last.published_at, last.pk))
    shows(*shown.articles, *newest)
    above = {card.pk for card in shown.articles}
    return FrontPage(front, shown, [c for c in newest[:PAGE] if c.pk not in above], older)
