"""Two versions of a front that were begun with the same one, merged slot by slot; pure functions.

What only one side changed is taken; what both changed differently is a conflict, in which theirs
stands until somebody chooses. The law, kept by tests/fronts/test_merging.py: every story that
either side placed stands in the result or in a conflict, and nothing that the other side placed
goes without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from articles.fronts.content import Block, Content, Placement
from articles.fronts.ordering import merged_order, with_added
from articles.fronts.parting import DETAILS, PARTS, detail, differing, parts_of, standing_in


@dataclass(frozen=True)
class Conflict:
    """Something both changed, by kind: a `slot`, a `block`, the `order` of blocks, or a story that
    stands `twice` now (then the three hold slots). `contested`: the parts of a block."""

    kind: str
    key: str
    base: Any
    mine: Any
    theirs: Any
    contested: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"{self.kind}:{self.key}"

    @property
    def choices(self) -> tuple[str, ...]:
        return ("theirs", "mine", "both") if self.kind == "twice" else ("theirs", "mine")


@dataclass(frozen=True)
class Merged:
    """The result, and what was asked on the way; `open` is what nobody has answered."""

    content: Content
    conflicts: tuple[Conflict, ...]
    open: tuple[Conflict, ...]


def merge(
    base: Content, mine: Content, theirs: Content, chosen: Mapping[str, str] | None = None
) -> Merged:
    """All three into one. `chosen` says by a conflict's name whose stands: theirs, mine, both."""
    return _Merging(base, mine, theirs, dict(chosen or {})).run()


class _Merging:
    def __init__(
        self, base: Content, mine: Content, theirs: Content, chosen: dict[str, str]
    ) -> None:
        self.base, self.mine, self.theirs, self.chosen = base, mine, theirs, chosen
        self.conflicts: list[Conflict] = []

    def run(self) -> Merged:
        blocks = self._blocks()
        content = Content(tuple(blocks[name] for name in self._order({*blocks})))
        slots = {key: found for key in content.keys if (found := self._slot(key))}
        slots = self._once(content, slots)
        conflicts = tuple(self.conflicts)
        unanswered = tuple(c for c in conflicts if self.chosen.get(c.name) not in c.choices)
        return Merged(replace(content, slots=slots), conflicts, unanswered)

    def _ask(self, conflict: Conflict) -> str:
        """Whose stands; theirs until somebody chooses."""
        self.conflicts.append(conflict)
        answer = self.chosen.get(conflict.name)
        return answer if answer in conflict.choices else "theirs"

    # Blocks ----------------------------------------------------------------------------------

    def _blocks(self) -> dict[str, Block]:
        sides = [{block.id: block for block in side.blocks} for side in self._sides]
        found = {}
        for name in dict.fromkeys(name for side in sides for name in side):
            if block := self._block(name, *(side.get(name) for side in sides)):
                found[name] = block
        return found

    def _block(
        self, name: str, base: Block | None, mine: Block | None, theirs: Block | None
    ) -> Block | None:
        if mine and theirs:
            result, contested = parts_of(base or theirs, mine, theirs)
            if not base:
                contested = differing(PARTS, mine, theirs)
            elif self._loses_a_story(result, mine, theirs):
                late = [part for part in (("count",), ("hidden",)) if part not in contested]
                contested += differing(late, mine, theirs)
            if not contested:
                return result
            names = tuple(field for part in contested for field in part)
            answer = self._ask(Conflict("block", name, base, mine, theirs, names))
            side = mine if answer == "mine" else theirs
            return replace(result, **{field: getattr(side, field) for field in names})
        kept = mine or theirs
        gone: Block | None = None
        if kept is None:
            return None
        if base is None:
            return kept
        if kept != base or self._loses_a_story(None, mine, theirs):
            answer = self._ask(Conflict("block", name, base, mine, theirs))
            gone = mine if answer == "mine" else theirs
        return gone

    def _loses_a_story(
        self, result: Block | None, mine: Block | None, theirs: Block | None
    ) -> bool:
        """Whether a story that one side placed has no slot in this result, or one out of sight."""
        for block, side in ((mine, self.mine), (theirs, self.theirs)):
            for key in block.slots if block else ():
                placed = side.slots.get(key)
                if not placed or placed == self.base.slots.get(key):
                    continue
                if result is None or key not in result.slots:
                    return True
                if result.hidden and block and not block.hidden:
                    return True
        return False

    def _order(self, wanted: set[str]) -> list[str]:
        base, mine, theirs = (
            [block.id for block in side.blocks if block.id in wanted] for side in self._sides
        )
        order = merged_order(base, mine, theirs)
        if order is None:
            answer = self._ask(Conflict("order", "blocks", base, mine, theirs))
            side = mine if answer == "mine" else theirs
            order = [name for name in side if name in {*base} & {*mine} & {*theirs}]
        return with_added(order, (theirs, mine), wanted)

    @property
    def _sides(self) -> tuple[Content, Content, Content]:
        return self.base, self.mine, self.theirs

    # Slots -----------------------------------------------------------------------------------

    def _slot(self, key: str) -> Placement | None:
        base, mine, theirs = (side.slots.get(key) for side in self._sides)
        if mine == theirs or theirs == base:
            return mine
        if mine == base:
            return theirs
        if mine and theirs and mine.article == theirs.article:
            same = base if base and base.article == mine.article else Placement(mine.article)
            details = [detail(name, same, mine, theirs) for name in DETAILS]
            if all(known for known, _value in details):
                return replace(theirs, **dict(zip(DETAILS, (v for _k, v in details), strict=True)))
        answer = self._ask(Conflict("slot", key, base, mine, theirs))
        return mine if answer == "mine" else theirs

    def _once(self, content: Content, slots: dict[str, Placement]) -> dict[str, Placement]:
        """A story that the merging put into two slots is asked about; one that somebody put there
        twice on purpose is not."""
        repeated = {key for block in content.blocks if block.repeat for key in block.slots}
        for article in dict.fromkeys(placed.article for placed in slots.values()):
            stands = [k for k, p in slots.items() if p.article == article and k not in repeated]
            base, mine, theirs = (standing_in(side, stands, article) for side in self._sides)
            if len(stands) < 2 or stands in (mine, theirs):
                continue
            answer = self._ask(Conflict("twice", str(article), base, mine, theirs))
            if answer == "both":
                continue
            kept, side = (mine, self.mine) if answer == "mine" else (theirs, self.theirs)
            for key in (key for key in stands if key not in kept):
                del slots[key]
                before = side.slots.get(key)
                if before and all(placed.article != before.article for placed in slots.values()):
                    slots[key] = before
        return {key: slots[key] for key in content.keys if key in slots}
