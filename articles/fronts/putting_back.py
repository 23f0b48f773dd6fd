"""An old front as content to work on or to publish: what is put back, and what cannot be."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.fronts.content import BadContent, Block, Content, Placement, parse
from articles.fronts.finding import default_content
from articles.fronts.looking_back import Fates
from articles.fronts.models import Arrangement, Front, Record
from articles.fronts.shown import Shown, ShownCard
from newsroom.media.models import Picture


@dataclass(frozen=True)
class Lost:
    """Something that stood there and does not come back."""

    slot: str
    headline: str
    why: str


@dataclass(frozen=True)
class PutBack:
    """The content, and what is left out of it."""

    content: Content
    lost: tuple[Lost, ...] = ()


def of_arrangement(arrangement: Arrangement) -> PutBack:
    """What was placed by hand; the rest fills by rule, with today's stories. 2 queries."""
    content = _content(arrangement) or default_content(arrangement.front)
    return _possible(content, {})


def of_record(record: Record, shown: Shown, *, by_hand_alone: bool) -> PutBack:
    """What was placed by hand then, or every story that readers saw, each in its slot.

    A story that stood by rule comes with its own words of today, not those of then: they may have
    been corrected. Blocks that may repeat a story (Latest) go on by rule. 2 queries.
    """
    content = _content(record.arrangement) if record.arrangement else None
    content = content or _by_rule(record.front, shown)
    slots = dict(content.slots)
    if not by_hand_alone:
        by_rule = {key for block in content.blocks if block.repeat for key in block.slots}
        for each in _cards(shown):
            if each.slot not in by_rule:
                slots.setdefault(each.slot, Placement(each.card.pk))
    known = {key: slots[key] for key in content.keys if key in slots}
    headlines = {each.card.pk: each.card.card_headline for each in _cards(shown)}
    return _possible(replace(content, slots=known), headlines)


def _cards(shown: Shown) -> list[ShownCard]:
    return [each for block in shown.blocks for each in block.cards]


def _content(arrangement: Arrangement | None) -> Content | None:
    """None for what no version of the program can read any more."""
    if arrangement is None:
        return None
    try:
        return parse(arrangement.content)
    except BadContent:
        return None


def _by_rule(front: Front, shown: Shown) -> Content:
    """The blocks of a time when nobody had arranged anything: today's, as far as they are known,
    because a record keeps only those that showed something."""
    then: dict[str, Block] = {block.block.id: block.block for block in shown.blocks}
    today = default_content(front)
    if {*then} <= {block.id for block in today.blocks}:
        return Content(tuple(then.get(block.id, block) for block in today.blocks))
    return Content(tuple(then.values()))


def _possible(content: Content, headlines: dict[int, str]) -> PutBack:
    """Without stories that readers cannot open and without pictures that are gone; 2 queries."""
    fates = Fates(placed.article for placed in content.slots.values())
    wanted = {p.picture for p in content.slots.values() if p.picture}
    pictures = set(Picture.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    slots: dict[str, Placement] = {}
    lost: list[Lost] = []
    for slot, placed in content.slots.items():
        words = placed.headline or headlines.get(placed.article) or fates.headline(placed.article)
        headline = words or f"{_('Article')} {placed.article}"
        if why := fates.of(placed.article):
            lost.append(Lost(slot, headline, why))
            continue
        if placed.picture and placed.picture not in pictures:
            lost.append(Lost(slot, headline, _("its picture was deleted")))
            placed = replace(placed, picture=None)
        slots[slot] = placed
    return PutBack(replace(content, slots=slots), tuple(lost))
