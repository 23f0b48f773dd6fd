"""The stories a front may need, in one query, and which of them a block may take.

Each list stays a subquery that reads its own index (`any_of`): as quick with a million articles.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from articles.fronts.content import Block, Content
from articles.fronts.models import Front
from articles.fronts.named import Named
from articles.models import PublishedArticle, PublishedSection, PublishedTopic
from articles.querysets import PublishedQuerySet
from newsroom.cache.tags import choosing, seen

Source = tuple[str, int | None]

# Where the newest is asked for, opinion stands among the news; so many more are looked at.
AMONG = 20
# Stories of one section or topic that may stand higher up already.
HIGHER_UP = 24
MOST = 120


@dataclass
class Pool:
    """The stories by id, newest first."""

    cards: dict[int, PublishedArticle] = field(default_factory=dict)

    def of(self, source: Source) -> list[PublishedArticle]:
        """Those of a source, newest first."""
        name, pk = source
        if name == "paper":
            return list(self.cards.values())
        if name in ("news", "opinion"):
            return [c for c in self.cards.values() if c.is_opinion == (name == "opinion")]
        if name == "column":
            return [card for card in self.cards.values() if card.column_id == pk]
        return [card for card in self.cards.values() if getattr(card, _flag(source), False)]


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
    """One query. `least` asks for more of a source than the blocks do."""
    depths = _depths(blocks, content, names)
    for source, depth in least.items():
        depths[source] = max(depths.get(source, 0), depth)
    placed = {placement.article for placement in content.slots.values()} | set(names.curated)
    if not depths and not placed:
        return Pool()
    seen(*(f"article:{pk}" for pk in placed))  # also those that are not live yet
    lists = [_newest(source)[:depth] for source, depth in depths.items()]
    flags = {_flag(source): _in(source) for source in depths if source[0] in ("section", "topic")}
    cards = PublishedArticle.objects.any_of(lists, placed).for_cards().annotate(**flags)
    with choosing():
        return Pool({card.pk: card for card in cards.order_by("-published_at", "-article_id")})


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


def _newest(source: Source) -> PublishedQuerySet:
    name, pk = source[0], source[1] or 0
    published = PublishedArticle.objects
    if name == "opinion":
        return published.opinion()
    if name == "section":
        return published.in_section(pk)
    if name == "topic":
        return published.on_topic(pk)
    if name == "column":
        return published.in_column(pk)
    return published.latest_first()


def _flag(source: Source) -> str:
    return f"of_{source[0]}_{source[1]}"


def _in(source: Source) -> Exists:
    name, pk = source[0], source[1] or 0
    here = OuterRef("pk")
    if name == "topic":
        return Exists(PublishedTopic.objects.filter(article=here, topic_id=pk))
    return Exists(PublishedSection.objects.filter(article=here, section_id=pk))
