"""Two moments of a front, slot by slot: what came, went, moved, and what was said differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from articles.compare.words import Piece, word_changes
from articles.fronts.content import Content
from articles.fronts.naming import size_name
from articles.fronts.shown import Shown


@dataclass(frozen=True)
class Stood:
    """A story in a slot, as it stood there."""

    article: int
    headline: str
    kicker: str = ""
    picture: int | None = None
    size: str = ""
    crop: str = ""
    by_hand: bool = False


Stands = Mapping[str, Stood]


@dataclass
class SlotChange:
    """One slot that differs. `op`: "came", "went", "replaced", "moved" or "changed" (same story).

    `went_to` is where the story that stood here stands after, `came_from` where the one that stands
    here stood before; empty when it went, or came, altogether.
    """

    slot: str
    op: str
    before: Stood | None
    after: Stood | None
    went_to: str = ""
    came_from: str = ""
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Comparison:
    """Slots that differ, in page order, and the count of those that do not."""

    changes: list[SlotChange]
    same: int
    came: int
    went: int
    moved: int
    reworded: int


def of_shown(shown: Shown) -> dict[str, Stood]:
    """What readers saw, by slot."""
    return {
        each.slot: Stood(
            each.card.pk, each.card.card_headline, each.card.kicker,
            each.card.lead_picture_id if each.size != "text" else None,
            each.size, each.crop, each.by_hand,
        )
        for block in shown.blocks
        for each in block.cards
    }  # fmt: skip


def of_content(content: Content, headlines: Mapping[int, str]) -> dict[str, Stood]:
    """What was placed by hand, by slot; `headlines` are those of the stories themselves."""
    return {
        slot: Stood(
            placed.article, placed.headline or headlines.get(placed.article, ""), placed.kicker,
            placed.picture, placed.size, placed.crop, by_hand=True,
        )
        for slot, placed in content.slots.items()
    }  # fmt: skip


def compare(before: Stands, after: Stands, *, hands: bool = True) -> Comparison:
    """Slot by slot, in the order of the page after; slots that are gone stand at the end.

    With `hands` it is a difference whether an editor or the rule placed a story.
    """
    if not hands:
        before, after = ({slot: replace(s, by_hand=False) for slot, s in side.items()}
                         for side in (before, after))  # fmt: skip
    slots = [*after, *(slot for slot in before if slot not in after)]
    was, now = _places(before), _places(after)
    changes = [change for slot in slots if (change := _slot(slot, before, after, was, now))]
    shared = {*was} & {*now}
    return Comparison(
        changes,
        same=len(slots) - len(changes),
        came=len({*now} - {*was}),
        went=len({*was} - {*now}),
        moved=sum(was[story] != now[story] for story in shared),
        reworded=sum(bool(change.pieces) for change in changes),
    )


def _places(stands: Stands) -> dict[int, list[str]]:
    """The slots of each story; more than one where a slot allows a repeat."""
    found: dict[int, list[str]] = {}
    for slot, stood in stands.items():
        found.setdefault(stood.article, []).append(slot)
    return found


def _slot(
    slot: str,
    before: Stands,
    after: Stands,
    was: Mapping[int, list[str]],
    now: Mapping[int, list[str]],
) -> SlotChange | None:
    old, new = before.get(slot), after.get(slot)
    if old and new and old.article == new.article:
        pieces, notes = _words(old, new), _details(old, new)
        changed = SlotChange(slot, "changed", old, new, pieces=pieces, notes=notes)
        return changed if pieces or notes else None
    went_to = _other(now.get(old.article, ()), slot) if old else ""
    came_from = _other(was.get(new.article, ()), slot) if new else ""
    if old and new:
        op = "moved" if came_from and went_to else "replaced"
    else:
        op = "moved" if came_from or went_to else ("came" if new else "went")
    # A story that moved may have been given other words on the way.
    pieces = _words(before[came_from], new) if new and came_from else []
    return SlotChange(slot, op, old, new, went_to, came_from, pieces)


def _other(slots: Iterable[str], here: str) -> str:
    """The first slot in which it stands besides this one."""
    return next((slot for slot in slots if slot != here), "")


def _words(before: Stood, after: Stood) -> list[Piece]:
    """The headline word by word; empty when it is the same."""
    if before.headline == after.headline:
        return []
    return word_changes(before.headline, after.headline)


def _details(before: Stood, after: Stood) -> list[str]:
    """What else differs, in words."""
    notes = []
    if before.kicker != after.kicker:
        facts = {"before": before.kicker or _("none"), "after": after.kicker or _("none")}
        notes.append(_("Kicker: %(before)s → %(after)s") % facts)
    if before.picture != after.picture:
        notes.append(_picture(before, after))
    if before.size != after.size:
        facts = {"before": size_name(before.size), "after": size_name(after.size)}
        notes.append(_("Size: %(before)s → %(after)s") % facts)
    if before.crop != after.crop:
        notes.append(_("The picture is cropped differently"))
    if before.by_hand != after.by_hand:
        notes.append(_("Placed by hand") if after.by_hand else _("Now by rule"))
    return notes


def _picture(before: Stood, after: Stood) -> str:
    if before.picture is None:
        return _("A picture was added")
    return _("The picture was taken away") if after.picture is None else _("Another picture")
