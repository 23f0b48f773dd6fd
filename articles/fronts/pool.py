"""The stories a front may need, and which of them a block may take.

Made of the lists and cards that many pages have in common (articles/newest.py): when one story has
changed, that one is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from articles.fronts.content import Block, Content
from articles.fronts.models import Front
from articles.fronts.named import Named
from articles.models import PublishedArticle
from articles.newest import List, cards, newest, newest_first
from newsroom.cache.tags import seen

Source = tuple[str, int | None]

# Where the newest is asked for, opinion stands among the news; so many more are looked at.
AMONG = 20
# Stories of one section or topic that may stand higher up already.
HIGHER_UP = 24
MOST = 120
METHODS = {"section": "in_section", "topic": "on_topic", "column": "in_column"}


@dataclass
class Pool:
    """The stories by id, newest first, and the ids of the lists that were asked for."""

    cards: dict[int, PublishedArticle] = field(default_factory=dict)
    lists: dict[List, set[int]] = field(default_factory=dict)

    def of(self, source: Source) -> list[PublishedArticle]:
        """Those of a source, newest first."""
        name, pk = source
        if name == "paper":
            return list(self.cards.values())
        if name in ("news", "opinion"):
            return [c for c in self.cards.values() if c.is_opinion == (name == "opinion")]
        if name == "column":
            return [card for card in self.cards.values() if card.column_id == pk]
        if name == "topic":
            return [card for card in self.cards.values() if pk in card.topic_ids]
        ids = self.lists.get(_list(source), set())  # also those whose further section it is
        return [c for c in self.cards.values() if c.section_id == pk or c.pk in ids]


def news_only(front: Front, block: Block) -> bool:
    """Opinion has its own places; the pages of a section alone list what is of the section."""
    own = front.kind == Front.Kind.SECTION and block.source_id == front.section_id
    return (
        front.kind != Front.Kind.OPINION
        and block.kind in ("lead", "related", "seconds", "row")
        and (block.source == "topic" or (block.source == "section" and not own))
    )


def source_of(block: Block, names: Named) -> Source:
    """A merged topic's stories are those of its target."""
    found = names.source(block)
    return (block.source, found.pk if found else None)


def load(
    blocks: Iterable[Block], content: Content, names: Named, *, least: Mapping[Source, int]
) -> Pool:
    """Two queries at most: lists and cards. `least` asks for more of a source than the blocks do.

    The page carries the tags of the lists; of the cards it says which it shows.
    """
    depths = _depths(blocks, content, names)
    for source, depth in least.items():
        depths[source] = max(depths.get(source, 0), depth)
    placed = {placement.article for placement in content.slots.values()} | set(names.curated)
    seen(*(f"article:{pk}" for pk in placed))  # also those that are not live yet
    wanted: dict[List, int] = {}
    for source, depth in depths.items():
        asked = _list(source)
        wanted[asked] = max(depth, wanted.get(asked, 0))
    lists = newest((depth, *asked) for asked, depth in wanted.items())
    found = cards({*chain.from_iterable(lists.values()), *placed})
    return Pool(
        {card.pk: card for card in newest_first(found.values())},
        {tuple(asked): set(ids) for (_depth, *asked), ids in lists.items()},
    )


def _depths(blocks: Iterable[Block], content: Content, names: Named) -> dict[Source, int]:
    """How many of each source's newest can be needed, with what stands higher up already."""
    depths: dict[Source, int] = {}
    placed, before, wide = len(content.slots), 0, 0
    for block in blocks:
        source = source_of(block, names)
        if source[0] == "section":  # two sections share few stories
            spare = min(wide + placed, HIGHER_UP) + 4
        elif source[0] in ("topic", "column"):
            spare = min(before + placed, HIGHER_UP)
        else:
            spare = before + placed + AMONG
        depth = depths.get(source, 0) + block.count
        depths[source] = min(max(depth, block.count + spare), MOST)
        if not block.repeat:
            before += block.count
            wide += block.count if source[1] is None else 0
    return depths


def _list(source: Source) -> List:
    """What a source is called in the vocabulary of lists (articles/querysets.py)."""
    name, pk = source
    if name == "opinion":
        return ("opinion",)
    return (METHODS[name], pk) if name in METHODS else ("latest_first",)
