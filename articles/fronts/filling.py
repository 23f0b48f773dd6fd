"""From a front's content to its cards: placements first, then every empty slot by rule."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from articles.fronts.content import SOURCES_WITH_ID, Block, Content, Placement
from articles.fronts.models import Front
from articles.fronts.named import Named, named
from articles.fronts.pool import Pool, Source, load, news_only, source_of
from articles.fronts.shown import Shown, ShownBlock, ShownCard, Skipped
from articles.fronts.sizes import size_of
from articles.models import Article, PublishedArticle
from articles.models.kinds import State
from newsroom.media.models import Picture

__all__ = ["Shown", "ShownBlock", "ShownCard", "Skipped", "fill"]

# Why something that stands in the content does not stand on the page; staff read it.
NOT_LIVE, WITHDRAWN = gettext_noop("not live yet"), gettext_noop("withdrawn")
IN_BIN, GONE = gettext_noop("in the bin"), gettext_noop("gone")
TWICE = gettext_noop("stands higher up")
SOURCE_GONE = gettext_noop("its section, topic or column is gone")


def fill(front: Front, content: Content, *, at: datetime) -> Shown:
    """The front as readers would see it at that moment.

    What is embargoed, withdrawn or gone has no published row: it is skipped and named, and its
    slot fills by rule. Three queries at most, and one more when something is skipped.
    """
    shown, _pool = fill_with(front, content)
    _say_why(shown)
    return shown


def fill_with(
    front: Front, content: Content, *, least: Mapping[Source, int] | None = None
) -> tuple[Shown, Pool]:
    """The same without the reasons, and the stories it was filled from."""
    names = named(front, content)
    shown, blocks = Shown(), []
    for block in content.blocks:
        if block.hidden:
            continue
        if block.source in SOURCES_WITH_ID and names.source(block) is None:
            shown.skipped.append(Skipped(block.id, None, SOURCE_GONE))
        else:
            blocks.append(block)
    pool = load(blocks, content, names, least=least or {})
    filling = _Filling(front, content, names, pool, shown)
    filling.reserve(blocks)
    for block in blocks:
        filling.add(block)
    return shown, pool


@dataclass
class _Filling:
    """One pass over a page: what is taken already, and what an editor placed where."""

    front: Front
    content: Content
    names: Named
    pool: Pool
    shown: Shown

    def reserve(self, blocks: list[Block]) -> None:
        """Every placement that can stand, before any rule takes a story for itself."""
        self.used: set[int] = set()
        self.placed: dict[str, Placement] = {}
        for block in blocks:
            inside: set[int] = set()
            taken = inside if block.repeat else self.used
            for slot in block.slots:
                placement = self.content.slots.get(slot)
                if placement is None:
                    continue
                article = placement.article
                if article not in self.pool.cards:
                    self.shown.skipped.append(Skipped(slot, article, NOT_LIVE))
                elif article in taken:
                    self.shown.skipped.append(Skipped(slot, article, TWICE))
                else:
                    self.placed[slot] = placement
                    taken.add(article)

    def add(self, block: Block) -> None:
        """The block with its cards, unless nothing fills it."""
        source = self.names.source(block)
        found = ShownBlock(
            block,
            title=block.title or (source.name if source else ""),
            href=source.get_absolute_url() if source else "",
        )
        by_hand = {self.placed[s].article for s in block.slots if s in self.placed}
        candidates = self._candidates(block, by_hand if block.repeat else self.used)
        for place, slot in enumerate(block.slots):
            placement = self.placed.get(slot)
            if placement is not None:
                size = size_of(self.front, block, place, placement.size)
                card = self._own(block, placement)
                found.cards.append(ShownCard(slot, card, size, placement.crop, by_hand=True))
            elif (by_rule := next(candidates, None)) is not None:
                size = size_of(self.front, block, place)
                found.cards.append(ShownCard(slot, by_rule, size))
                if not block.repeat:
                    self.used.add(by_rule.pk)
        if found.cards:
            self.shown.blocks.append(found)

    def _candidates(self, block: Block, taken: set[int]) -> Iterator[PublishedArticle]:
        """What the rule offers, in order; what is taken meanwhile is left out."""
        cards = self.pool.of(source_of(block, self.names))
        if news_only(self.front, block):
            cards = [card for card in cards if not card.is_opinion]
        home = self.front.kind == Front.Kind.HOME
        if home and block.kind == "lead":
            cards.sort(key=lambda card: card.lead_picture_id is None)
        elif block.kind == "related" and block.source == "news":
            leads = [b.cards[0].card for b in self.shown.blocks if b.block.kind == "lead"]
            cards = [c for c in cards if leads and c.section_id == leads[0].section_id]
        elif home and block.source == "opinion":
            curated = [self.pool.cards[pk] for pk in self.names.curated if pk in self.pool.cards]
            first = {card.pk for card in curated}
            cards = [*curated, *(card for card in cards if card.pk not in first)]
        return (card for card in cards if card.pk not in taken)

    def _own(self, block: Block, placement: Placement) -> PublishedArticle:
        """A copy of the story with the words and the picture of this slot."""
        card = self.pool.cards[placement.article]
        picture = self.names.picture.get(placement.picture or 0)
        if not (placement.headline or placement.kicker or picture):
            return card
        card = copy.copy(card)
        card.set_apart = (placement.headline, placement.kicker, placement.picture, block.kind)
        card.headline = placement.headline or card.headline
        card.kicker = placement.kicker or card.kicker
        if picture:
            card.lead_picture = picture
            if block.kind in ("opinion", "hot") or block.source in ("opinion", "column"):
                _with_face(card, picture)
        return card


def _with_face(card: PublishedArticle, picture: Picture) -> None:
    """Opinion is shown with a face: this one."""
    if card.column:
        card.column = copy.copy(card.column)
        card.column.portrait = picture
    if card.first_author:
        card.first_author = copy.copy(card.first_author)
        card.first_author.portrait = picture


def _say_why(shown: Shown) -> None:
    """Why a story has no published row; one query, none when nothing is missing."""
    missing = [each for each in shown.skipped if each.article_id and each.why == NOT_LIVE]
    if not missing:
        return
    asked = Article.objects.filter(pk__in={each.article_id for each in missing})
    found = {pk: (state, binned) for pk, state, binned in
             asked.values_list("pk", "state", "binned_at")}  # fmt: skip
    for each in missing:
        if each.article_id not in found:
            each.why = GONE
            continue
        state, binned = found[each.article_id]
        each.why = IN_BIN if binned else WITHDRAWN if state == State.WITHDRAWN else NOT_LIVE
