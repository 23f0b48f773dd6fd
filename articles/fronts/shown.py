"""A front as readers see it: blocks with their cards; and how that is kept for ever, as JSON."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from articles.fronts.content import Block
from articles.models import Author, Column, PublishedArticle, Section
from newsroom.media.models import Picture

# The picture's named size (newsroom/media/shapes.py) of a card this large, without its crop.
PICTURES = {"lead": "lead", "large": "large", "small": "card", "text": ""}
VOICES = ("opinion", "column")


@dataclass
class ShownCard:
    """A story in its slot; `card` is a copy that carries what differs there.

    `size` is how large it really is: "lead", "large", "small" or "text". `crop` is "", "square" or
    "whole".
    """

    slot: str
    card: PublishedArticle
    size: str = "small"
    crop: str = ""
    by_hand: bool = False

    @property
    def picture_size(self) -> str:
        """What the picture tag calls it; empty: no picture."""
        name = PICTURES[self.size]
        return f"{name}-{self.crop}" if name and self.crop else name


@dataclass
class ShownBlock:
    """A block with what fills it. `title` is its own or that of its section, topic or column."""

    block: Block
    title: str = ""
    href: str = ""
    cards: list[ShownCard] = field(default_factory=list)

    @property
    def is_voices(self) -> bool:
        """Opinion, which keeps to its own tint: nobody takes it for news."""
        return self.block.kind in ("opinion", "hot") or self.block.source in VOICES

    @property
    def section(self) -> Section | None:
        """The one section whose stories stand here: its name is left out on their cards."""
        return Section(pk=self.block.source_id) if self.block.source == "section" else None

    @property
    def articles(self) -> list[PublishedArticle]:
        return [slot.card for slot in self.cards]


@dataclass
class Skipped:
    """What stands in the content and not on the page; `article_id` is None for a whole block."""

    slot: str
    article_id: int | None
    why: str


@dataclass
class Shown:
    """The blocks that show anything, in page order, and what was left out."""

    blocks: list[ShownBlock] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def articles(self) -> list[PublishedArticle]:
        """Every story on the page, in page order; one that may repeat comes twice."""
        return [card for block in self.blocks for card in block.articles]

    @property
    def page(self) -> dict[str, Any]:
        """The blocks in the groups in which templates set them."""
        top = {name: self._first(name) for name in ("lead", "related", "seconds", "latest")}
        if not top["lead"]:  # nothing to stand beside: a row like others
            top["seconds"] = top["related"] = None
        set_apart = [block for block in top.values() if block]
        rest = [block for block in self.blocks if not any(block is each for each in set_apart)]
        bands = _bands(rest)
        rows = next((band for band in bands if "rows" in band), None)
        if rows is None and top["latest"]:
            bands.append(rows := {"rows": []})
        if rows is not None:  # the latest stand beside its first rows
            rows["first"] = True
        return {**top, "bands": bands, "below": rest}

    def _first(self, kind: str) -> ShownBlock | None:
        return next((block for block in self.blocks if block.block.kind == kind), None)


def _bands(blocks: list[ShownBlock]) -> list[dict[str, Any]]:
    """Rows one under another and strips of opinion across the page, each time in turn."""
    bands: list[dict[str, Any]] = []
    for block in blocks:
        if block.is_voices:
            bands.append({"strip": block})
        elif bands and "rows" in bands[-1]:
            bands[-1]["rows"].append(block)
        else:
            bands.append({"rows": [block]})
    return bands


# For ever ---------------------------------------------------------------------------------------

# What a card says of its story; empty values are left out.
SAID = (
    "slug", "kicker", "headline", "standfirst", "byline_line", "kind", "is_opinion", "language",
    "words", "changes", "corrections",
)  # fmt: skip


def to_json(shown: Shown) -> dict[str, Any]:
    """For a JSON column; `from_json` reads it again. Some 300 bytes a card."""
    return {
        "blocks": [
            {
                "block": asdict(block.block),
                "title": block.title,
                "href": block.href,
                "cards": [_kept(slot) for slot in block.cards],
            }
            for block in shown.blocks
        ],
        "skipped": [asdict(each) for each in shown.skipped],
    }


def _kept(slot: ShownCard) -> dict[str, Any]:
    card = slot.card
    column, section = card.column, card.section
    kept = {
        "slot": slot.slot,
        "article": card.pk,
        "size": slot.size,
        "crop": slot.crop,
        "by_hand": slot.by_hand,
        **{name: getattr(card, name) for name in SAID},
        "section": [section.pk, section.name, section.slug],
        "column": [column.pk, column.name, column.slug] if column else None,
        "picture": card.lead_picture_id,
        "portrait": getattr(card.portrait, "pk", None),
        "published_at": card.published_at.isoformat(),
        "updated_at": card.updated_at.isoformat() if card.updated_at else None,
    }
    return {name: value for name, value in kept.items() if value}


def from_json(data: dict[str, Any]) -> Shown:
    """What `to_json` kept, as cards that are in no database; one query, for the pictures."""
    cards = [card for block in data["blocks"] for card in block["cards"]]
    ids = {card[name] for card in cards for name in ("picture", "portrait") if name in card}
    pictures = Picture.objects.in_bulk(ids) if ids else {}
    blocks = [
        ShownBlock(
            Block(**block["block"]),
            title=block["title"],
            href=block["href"],
            cards=[_card(kept, pictures) for kept in block["cards"]],
        )
        for block in data["blocks"]
    ]
    return Shown(blocks, [Skipped(**each) for each in data.get("skipped", [])])


def _card(kept: dict[str, Any], pictures: dict[int, Picture]) -> ShownCard:
    face = pictures.get(kept.get("portrait", 0))
    card = PublishedArticle(
        article_id=kept["article"],
        section=_named(Section, kept["section"]),
        column=_named(Column, kept["column"]) if "column" in kept else None,
        first_author=Author(portrait=face) if face else None,
        lead_picture=pictures.get(kept.get("picture", 0)),
        published_at=datetime.fromisoformat(kept["published_at"]),
        updated_at=datetime.fromisoformat(kept["updated_at"]) if "updated_at" in kept else None,
        **{name: kept[name] for name in SAID if name in kept},
    )
    by_hand = kept.get("by_hand", False)
    return ShownCard(kept["slot"], card, kept["size"], kept.get("crop", ""), by_hand)


def _named(model: type[Any], kept: list[Any]) -> Any:
    pk, name, slug = kept
    return model(pk=pk, name=name, slug=slug)
