"""The law of merging fronts: no story that either side placed is lost without a question."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.fronts.content import Block, Content, Placement, parse
from articles.fronts.merging import Merged, merge

LEAD, ROW = Block("lead", "lead", count=1), Block("row-1", "row", count=3)
LAST = Block("latest", "latest", count=2, repeat=True)


def front(*blocks: Block, **slots: int | Placement) -> Content:
    """`lead_1=7` puts article 7 into the slot lead.1."""
    placed = {
        key.replace("row_", "row-1_").replace("_", "."): Placement(story)
        if isinstance(story, int) else story
        for key, story in slots.items()
    }  # fmt: skip
    return Content(blocks or (LEAD, ROW, LAST), placed)


def stories(content: Content) -> dict[str, int]:
    return {key: placed.article for key, placed in content.slots.items()}


def asked(merged: Merged) -> list[str]:
    return [conflict.name for conflict in merged.open]


def test_what_only_one_side_placed_is_taken_from_either() -> None:
    merged = merge(front(), front(lead_1=7), front(row_2=8))
    assert stories(merged.content) == {"lead.1": 7, "row-1.2": 8}
    assert asked(merged) == []


def test_what_one_side_cleared_is_cleared_and_what_both_placed_alike_is_agreed() -> None:
    base = front(lead_1=7, row_1=8)
    merged = merge(base, front(row_1=8, row_3=9), front(lead_1=7, row_1=8, row_3=9))
    assert stories(merged.content) == {"row-1.1": 8, "row-1.3": 9}
    assert asked(merged) == []


def test_two_stories_in_one_slot_are_asked_and_theirs_stands_until_somebody_chooses() -> None:
    sides = front(lead_1=5), front(lead_1=7), front(lead_1=8)
    merged = merge(*sides)
    assert asked(merged) == ["slot:lead.1"]
    assert stories(merged.content) == {"lead.1": 8}
    conflict = merged.open[0]
    assert [side.article for side in (conflict.base, conflict.mine, conflict.theirs)] == [5, 7, 8]
    for choice, story in (("mine", 7), ("theirs", 8)):
        settled = merge(*sides, {"slot:lead.1": choice})
        assert (stories(settled.content), asked(settled)) == ({"lead.1": story}, [])
    assert asked(merge(*sides, {"slot:lead.1": "both"})) == ["slot:lead.1"]


def test_a_slot_that_one_cleared_and_the_other_filled_anew_is_asked() -> None:
    assert asked(merge(front(lead_1=5), front(), front(lead_1=8))) == ["slot:lead.1"]


def test_one_changed_the_headline_and_the_other_the_picture_of_one_story_and_both_are_kept() -> (
    None
):
    base = front(lead_1=7)
    mine = front(lead_1=Placement(7, headline="Mine"))
    merged = merge(base, mine, front(lead_1=Placement(7, picture=3)))
    assert merged.content.slots["lead.1"] == Placement(7, headline="Mine", picture=3)
    assert asked(merged) == []
    assert asked(merge(base, mine, front(lead_1=Placement(7, headline="Theirs")))) == [
        "slot:lead.1"
    ]


def test_a_story_that_both_placed_in_different_slots_is_asked() -> None:
    sides = front(row_2=5), front(lead_1=7, row_2=5), front(row_2=7)
    merged = merge(*sides)
    assert asked(merged) == ["twice:7"]
    assert stories(merged.content) == {"row-1.2": 7}
    for choice, slots in (
        ("theirs", {"row-1.2": 7}),
        ("mine", {"lead.1": 7, "row-1.2": 5}),
        ("both", {"lead.1": 7, "row-1.2": 7}),
    ):
        settled = merge(*sides, {"twice:7": choice})
        assert (stories(settled.content), asked(settled)) == (slots, [])


def test_a_story_moved_by_both_to_different_slots_is_asked() -> None:
    assert asked(merge(front(lead_1=7), front(row_1=7), front(row_3=7))) == ["twice:7"]


def test_a_block_that_repeats_and_a_story_placed_twice_on_purpose_ask_nothing() -> None:
    assert asked(merge(front(), front(lead_1=7), front(latest_1=7))) == []
    assert asked(merge(front(lead_1=7, row_1=7), front(lead_1=7, row_1=7, row_2=8), front(
        lead_1=7, row_1=7, row_3=9))) == []  # fmt: skip


def test_the_parts_of_a_block_are_merged_apart() -> None:
    mine = front(LEAD, replace(ROW, title="City"), LAST)
    merged = merge(front(), mine, front(LEAD, replace(ROW, layout="list"), LAST))
    assert merged.content.blocks[1] == replace(ROW, title="City", layout="list")
    assert asked(merged) == []
    theirs = front(LEAD, replace(ROW, title="Town", layout="list"), LAST)
    merged = merge(front(), mine, theirs)
    assert asked(merged) == ["block:row-1"]
    assert merged.open[0].contested == ("title",)
    settled = merge(front(), mine, theirs, {"block:row-1": "mine"})
    assert settled.content.blocks[1] == replace(ROW, title="City", layout="list")


@pytest.mark.parametrize("less", [None, replace(ROW, count=1), replace(ROW, hidden=True)])
@pytest.mark.parametrize("mine_takes", [True, False])
def test_a_row_that_one_takes_away_while_the_other_places_a_story_in_it_is_asked(
    less: Block | None, mine_takes: bool
) -> None:
    taken = front(*(block for block in (LEAD, less, LAST) if block))
    placed = front(row_3=7)
    mine, theirs = (taken, placed) if mine_takes else (placed, taken)
    merged = merge(front(), mine, theirs)
    assert asked(merged) == ["block:row-1"]
    assert stories(merge(front(), mine, theirs, {
        "block:row-1": "theirs" if mine_takes else "mine"}).content) == {"row-1.3": 7}  # fmt: skip


def test_a_hidden_row_that_one_takes_away_while_the_other_fills_it_is_asked() -> None:
    hidden = replace(ROW, hidden=True)
    base = front(LEAD, hidden, LAST)
    assert asked(merge(base, front(LEAD, hidden, LAST, row_1=7), front(LEAD, LAST))) == [
        "block:row-1"
    ]


def test_a_row_taken_away_with_stories_that_nobody_else_touched_is_gone() -> None:
    merged = merge(front(row_1=7), front(LEAD, LAST), front(row_1=7, lead_1=9))
    assert (stories(merged.content), asked(merged)) == ({"lead.1": 9}, [])


def test_rows_that_two_people_add_stand_both_where_they_put_them() -> None:
    a, b = Block("row-a", "row"), Block("row-b", "row")
    merged = merge(front(), front(LEAD, a, ROW, LAST), front(LEAD, ROW, b, LAST))
    assert [block.id for block in merged.content.blocks] == [
        "lead", "row-a", "row-1", "row-b", "latest",
    ]  # fmt: skip


def test_two_moves_of_different_rows_are_both_made() -> None:
    rows = [Block(name, "row", count=1) for name in "abcd"]
    a, b, c, d = rows
    merged = merge(Content((*rows,)), Content((b, a, c, d)), Content((a, b, d, c)))
    assert [block.id for block in merged.content.blocks] == ["b", "a", "d", "c"]
    assert asked(merged) == []


def test_two_moves_that_make_a_ring_are_asked() -> None:
    a, b, c = (Block(name, "row", count=1) for name in "abc")
    # Mine: c above b. Theirs: b above a. And a above c, which nobody moved.
    sides = Content((a, b, c)), Content((a, c, b)), Content((b, a, c))
    merged = merge(*sides)
    assert asked(merged) == ["order:blocks"]
    assert [block.id for block in merged.content.blocks] == ["b", "a", "c"]
    settled = merge(*sides, {"order:blocks": "mine"})
    assert [block.id for block in settled.content.blocks] == ["a", "c", "b"]


# The law -----------------------------------------------------------------------------------------

NAMES = ["lead", "a", "b", "c"]
placements = st.builds(
    Placement, st.integers(1, 6), st.sampled_from(["", "Own"]), picture=st.sampled_from([None, 3])
)


@st.composite
def fronts(draw: st.DrawFn) -> Content:
    blocks = tuple(
        Block(name, "row", count=draw(st.integers(1, 3)), repeat=name == "c") for name in NAMES[:3]
    )
    return draw(arranged(Content(blocks)))


@st.composite
def arranged(draw: st.DrawFn, begun: Content) -> Content:
    """What a person makes of a front in a few steps."""
    content = begun
    for _step in range(draw(st.integers(0, 5))):
        names = [block.id for block in content.blocks]
        step = draw(st.sampled_from(["place", "place", "place", "clear", "move", "less", "order"]))
        if step in {"place", "clear", "move"} and content.keys:
            key = draw(st.sampled_from(content.keys))
            placed = draw(placements) if step == "place" else None
            moved = content.slots.get(key) if step == "move" else None
            content = content.with_slot(key, placed)
            if moved:
                content = content.with_slot(draw(st.sampled_from(content.keys)), moved)
        elif step == "less":
            name = draw(st.sampled_from(NAMES))
            change: Any = draw(st.sampled_from(["gone", "hidden", "count", "title"]))
            content = changed(content, name, change, draw(st.integers(1, 3)))
        elif step == "order" and names:
            blocks = draw(st.permutations(content.blocks))
            content = replace(content, blocks=tuple(blocks))
    return parse(content.as_json())


def changed(content: Content, name: str, change: str, number: int) -> Content:
    """One block taken away, hidden, shortened, titled; or added when it is not there."""
    if name not in [block.id for block in content.blocks]:
        return replace(content, blocks=(*content.blocks, Block(name, "row", count=number)))
    values: dict[str, Any] = {"hidden": number == 1, "count": number, "title": "T" * number}
    new = {change: values[change]} if change in values else {}
    blocks = (
        (replace(block, **new) if block.id == name else block)
        for block in content.blocks
        if block.id != name or change != "gone"
    )
    return replace(content, blocks=tuple(blocks))


def articles_in(conflict: Any) -> set[int]:
    """The stories about which a conflict asks."""
    if conflict.kind == "twice":
        return {int(conflict.key)}
    if conflict.kind == "slot":
        return {side.article for side in (conflict.mine, conflict.theirs) if side}
    return set()


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_every_story_that_either_side_placed_stands_or_is_asked_about(data: st.DataObject) -> None:
    base = data.draw(fronts())
    mine, theirs = data.draw(arranged(base)), data.draw(arranged(base))
    merged = merge(base, mine, theirs)
    told = {story for conflict in merged.conflicts for story in articles_in(conflict)}
    rows = {conflict.key for conflict in merged.conflicts if conflict.kind == "block"}
    shown = {key for b in merged.content.blocks for key in b.slots if not b.hidden}
    for side in (mine, theirs):
        hidden = {key for block in side.blocks for key in block.slots if block.hidden}
        for key, placed in side.slots.items():
            if base.slots.get(key) == placed or placed.article in told:
                continue
            if key.rpartition(".")[0] in rows:  # its whole row is asked about
                continue
            here = merged.content.slots.get(key, Placement(0))
            assert here.article == placed.article, f"{placed.article} is lost in {key}"
            assert key in shown or key in hidden, f"{placed.article} is out of sight in {key}"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_of_the_other_goes_without_a_question(data: st.DataObject) -> None:
    base = data.draw(fronts())
    mine, theirs = data.draw(arranged(base)), data.draw(arranged(base))
    merged = merge(base, mine, theirs)
    if not merged.conflicts:
        for key, placed in theirs.slots.items():
            kept = merged.content.slots.get(key)
            if kept != placed:  # then it was mine to change: theirs had left it alone
                same_story = kept and kept.article == placed.article
                assert base.slots.get(key) == placed or same_story


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_merge_is_a_front_and_every_question_can_be_answered(data: st.DataObject) -> None:
    base = data.draw(fronts())
    mine, theirs = data.draw(arranged(base)), data.draw(arranged(base))
    chosen: dict[str, str] = {}
    for _round in range(9):
        merged = merge(base, mine, theirs, chosen)
        assert parse(merged.content.as_json()) == merged.content
        if not merged.open:
            break
        for conflict in merged.open:
            chosen[conflict.name] = data.draw(st.sampled_from(conflict.choices))
    assert not merged.open
    assert merge(base, mine, mine).content == mine
    assert merge(base, base, theirs).content == theirs
    assert merge(base, mine, base).content == mine
