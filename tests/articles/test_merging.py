"""The law of merging: what either side wrote is kept, and nothing of the other's is taken away."""

import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.blocks import split_blocks
from articles.merging import Merged, merge
from articles.merging.body import block_key, join_blocks
from articles.revisions import FIELDS

WORDS = ["tram", "harbour", "gull", "council", "ferry", "שלום", "quay"]
EMPTY: dict[str, Any] = {
    **dict.fromkeys(FIELDS, ""), "section_id": None, "column_id": None, "lead_picture_id": None,
    "show_versions": True, "further_sections": [], "topics": [], "bylines": [],
    "related": [],
}  # fmt: skip


def taken(**fields: Any) -> dict[str, Any]:
    return {**EMPTY, **fields}


def text(*paragraphs: str) -> str:
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def body(merged: Merged) -> str:
    return str(merged.result["body"])


def questions(merged: Merged) -> list[tuple[str, str, str]]:
    """The body's conflicts: base, mine, theirs."""
    return [
        (join_blocks(p.base), join_blocks(p.mine), join_blocks(p.theirs))
        for p in merged.pieces
        if p.result is None
    ]


def spoken(value: Any) -> set[str]:
    return set(re.findall(r"\w+", str(value).replace("\\n", " ")))


def everything(merged: Merged) -> set[str]:
    """Every word of the result and of its conflicts."""
    asked = [(c.mine, c.theirs) for c in merged.conflicts]
    return spoken(merged.result) | spoken(asked) | spoken(questions(merged))


# Texts of few words, so that paragraphs repeat and collide; and the ways to write one.
paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
bodies = st.lists(paragraphs, max_size=7).map(lambda lines: text(*lines))
bylines = st.lists(
    st.builds(
        lambda author, words, role: {"author_id": author, "text": words, "role": role},
        st.none() | st.integers(1, 3), st.sampled_from(["", *WORDS]), st.sampled_from(["", "photo"])
    ),
    max_size=3,
)  # fmt: skip
snapshots = st.builds(
    taken,
    body=bodies, headline=paragraphs, standfirst=paragraphs, kicker=st.sampled_from(WORDS),
    topics=st.lists(st.integers(1, 5), unique=True, max_size=4),
    related=st.lists(st.integers(1, 5), unique=True, max_size=4),
    further_sections=st.lists(st.integers(1, 3), unique=True, max_size=2).map(sorted),
    bylines=bylines, section_id=st.none() | st.integers(1, 3),
)  # fmt: skip


@settings(deadline=None)
@given(snapshots, snapshots, snapshots)
def test_no_word_that_either_side_added_is_missing_from_the_result_and_its_conflicts(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged = merge(base, mine, theirs)
    for name in base:
        for side in (mine, theirs):
            added = spoken(side[name]) - spoken(base[name])
            assert added <= everything(merged), name


@settings(deadline=None)
@given(snapshots, snapshots)
def test_without_a_common_origin_no_word_of_either_is_missing(
    mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    assert spoken(mine) | spoken(theirs) <= everything(merge(None, mine, theirs))


@st.composite
def two_at_one_text(draw: st.DrawFn) -> tuple[list[str], dict[str, dict[int, str]]]:
    """Paragraphs that are all different, and what each side does to which of them."""
    length = draw(st.integers(1, 8))
    deeds = st.sampled_from(["keep", "keep", "keep", "delete", "change", "add before", "add after"])
    sides = {side: {n: draw(deeds) for n in range(length)} for side in ("mine", "theirs")}
    return [f"paragraph{n}" for n in range(length)], sides


def done(lines: list[str], deeds: dict[int, str], side: str) -> list[str]:
    found = []
    for n, line in enumerate(lines):
        changed = {
            "keep": [line], "delete": [], "change": [f"{line} {side}{n}"],
            "add before": [f"before {side}{n}", line], "add after": [line, f"after {side}{n}"],
        }  # fmt: skip
        found += changed[deeds[n]]
    return found


@settings(deadline=None)
@given(two_at_one_text())
def test_no_text_the_other_side_changed_is_deleted_without_a_conflict(
    case: tuple[list[str], dict[str, dict[int, str]]],
) -> None:
    lines, deeds = case
    mine, theirs = (done(lines, deeds[side], side) for side in ("mine", "theirs"))
    merged = merge(*(taken(body=text(*side)) for side in (lines, mine, theirs)))
    asked = questions(merged)
    # What a side wrote stands in the result or in a conflict, word by word and as it was written.
    for side, written in (("mine", mine), ("theirs", theirs)):
        for line in set(written) - set(lines):
            at = 1 if side == "mine" else 2
            assert f"<p>{line}</p>" in body(merged) or any(line in q[at] for q in asked)
    for n, line in enumerate(lines):
        acts = {deeds["mine"][n], deeds["theirs"][n]}
        if "delete" not in acts and "change" not in acts:
            # Nobody touched it: it is there, once.
            whole = body(merged) + "".join(q[0] for q in asked)
            assert whole.count(f"<p>{line}</p>") >= 1


@settings(deadline=None)
@given(snapshots, snapshots, snapshots)
def test_the_sides_are_equal_and_an_unchanged_side_changes_nothing(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert questions(one) == [(b, t, m) for b, m, t in questions(other)]
    assert {c.field for c in one.conflicts} == {c.field for c in other.conflicts}
    for merged, wanted in (
        (merge(base, base, theirs), theirs), (merge(base, mine, base), mine),
        (merge(base, mine, mine), mine),
    ):  # fmt: skip
        assert merged.is_clean
        assert merged.result == wanted


@settings(deadline=None)
@given(snapshots, snapshots, snapshots)
def test_a_clean_merge_merges_into_itself(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged = merge(base, mine, theirs)
    if merged.is_clean:
        assert merge(theirs, merged.result, theirs).result == merged.result


# The cases by name -------------------------------------------------------------------------------


def test_fields_only_one_side_changed_are_taken() -> None:
    base = taken(headline="A", standfirst="B", body=text("one"))
    merged = merge(base, {**base, "headline": "Mine"}, {**base, "standfirst": "Theirs"})
    assert merged.is_clean
    assert (merged.result["headline"], merged.result["standfirst"]) == ("Mine", "Theirs")
    assert (merged.from_mine, merged.from_theirs) == (("headline",), ("standfirst",))


def test_a_field_both_changed_is_a_conflict_unless_they_agree() -> None:
    base = taken(headline="A", kicker="K")
    merged = merge(
        base, {**base, "headline": "Mine", "kicker": "New"},
        {**base, "headline": "Theirs", "kicker": "New"},
    )  # fmt: skip
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("A", "Mine", "Theirs")
    assert merged.result["kicker"] == "New"


def test_neighbouring_paragraphs_of_two_people_are_both_taken() -> None:
    base = taken(body=text("one", "two", "three", "four"))
    mine = {**base, "body": text("one", "two by me", "three", "four")}
    theirs = {**base, "body": text("one", "two", "three by them", "four")}
    merged = merge(base, mine, theirs)
    assert merged.is_clean
    assert body(merged) == text("one", "two by me", "three by them", "four")


def test_a_paragraph_both_changed_is_the_only_conflict() -> None:
    base = taken(body=text("one", "two", "three"))
    mine = {**base, "body": text("one by me", "two by me", "three")}
    theirs = {**base, "body": text("one", "two by them", "three by them")}
    merged = merge(base, mine, theirs)
    assert questions(merged) == [("<p>two</p>", "<p>two by me</p>", "<p>two by them</p>")]
    assert merged.pieces[0].result == ("<p>one by me</p>",)
    assert merged.pieces[-1].result == ("<p>three by them</p>",)


def test_a_paragraph_one_deleted_and_the_other_changed_is_a_conflict() -> None:
    base = taken(body=text("one", "two", "three"))
    merged = merge(
        base, {**base, "body": text("one", "three")},
        {**base, "body": text("one", "two with a figure: 7", "three")},
    )  # fmt: skip
    assert questions(merged) == [("<p>two</p>", "", "<p>two with a figure: 7</p>")]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_two_insertions_at_the_same_place_keep_both(place: int) -> None:
    base = ["one", "two"]
    mine, theirs = ([*base[:place], f"by {who}", *base[place:]] for who in ("me", "them"))
    merged = merge(*(taken(body=text(*side)) for side in (base, mine, theirs)))
    assert questions(merged) == [("", "<p>by me</p>", "<p>by them</p>")]


def test_what_both_inserted_alike_stands_once() -> None:
    merged = merge(
        taken(body=text("one")), taken(body=text("one", "both", "mine")),
        taken(body=text("one", "both")),
    )  # fmt: skip
    assert body(merged) == text("one", "both", "mine")
    assert merged.is_clean


def test_the_way_an_editor_writes_html_is_no_change() -> None:
    stored = "<p>One\n two</p>\n<ul><li>A</li><li>B<ul><li>C</li></ul></li></ul><p>End</p>"
    typed = (
        "<p>One two</p><ul><li><p>A</p></li><li><p>B</p><ul><li><p>C</p></li></ul></li></ul>"
        "<p>End, by me</p>"
    )
    theirs = stored.replace("<li>A</li>", "<li>A by them</li>")
    merged = merge(taken(body=stored), taken(body=typed), taken(body=theirs))
    assert merged.is_clean
    assert [*map(block_key, split_blocks(body(merged)))] == [
        *map(block_key, split_blocks(theirs.replace("End", "End, by me")))
    ]


def test_a_browser_s_line_ends_are_no_change() -> None:
    base = taken(standfirst="One\ntwo", headline="A  b")
    mine = {**base, "standfirst": "One\r\ntwo", "headline": "A b"}
    assert merge(base, mine, {**base, "standfirst": "Three"}).is_clean


def test_loose_texts_do_not_run_into_each_other() -> None:
    base = taken(body="first<p>x</p>")
    merged = merge(base, taken(body="first"), taken(body="first<p>x</p>second"))
    assert "firstsecond" not in body(merged)
    assert {"first", "second"} <= everything(merged)


def names(*rows: Any) -> list[dict[str, Any]]:
    return [
        {"author_id": who if isinstance(who, int) else None,
         "text": who if isinstance(who, str) else "", "role": role}
        for who, role in rows
    ]  # fmt: skip


def test_two_added_bylines_stand_both_and_a_removed_one_is_gone() -> None:
    base = taken(bylines=names((1, ""), (2, "")))
    mine = {**base, "bylines": names((1, ""), (2, ""), (3, ""))}
    theirs = {**base, "bylines": names((2, ""), ("Agencies", ""))}
    assert merge(base, mine, theirs).result["bylines"] == names((2, ""), ("Agencies", ""), (3, ""))


def test_a_byline_one_removed_and_the_other_changed_is_a_conflict() -> None:
    base = taken(bylines=names((1, "")))
    merged = merge(base, {**base, "bylines": []}, {**base, "bylines": names((1, "photographs"))})
    assert [conflict.field for conflict in merged.conflicts] == ["bylines"]


def test_topics_of_both_are_taken_in_order() -> None:
    base = taken(topics=[1, 2])
    merged = merge(base, {**base, "topics": [1, "New", 2]}, {**base, "topics": [2, 3]})
    assert merged.is_clean
    assert {*merged.result["topics"]} == {"New", 2, 3}


def test_two_orders_are_a_conflict() -> None:
    base = taken(topics=[1, 2, 3])
    merged = merge(base, {**base, "topics": [3, 1, 2]}, {**base, "topics": [2, 1, 3]})
    assert [conflict.field for conflict in merged.conflicts] == ["topics"]


def test_an_endless_list_of_conflicts_is_one_question() -> None:
    base, mine, theirs = (
        text(*(f"{n} {who if n % 2 else ''}" for n in range(300))) for who in ("", "me", "them")
    )
    merged = merge(taken(body=base), taken(body=mine), taken(body=theirs))
    assert len(questions(merged)) == 1
    assert len(questions(merge(None, taken(body=mine), taken(body=theirs)))) == 1


@pytest.mark.parametrize("side", ["same", "word"])
def test_a_hostile_text_is_merged_in_little_time(side: str) -> None:
    base, mine, theirs = (
        text(f"first {n}", *(["x"] * (n // 10)), f"last {n}")
        if side == "same"
        else text("x" * 1_000_000 + str(n))
        for n in (20_000, 20_001, 30_002)
    )
    began = time.process_time()
    merge(taken(body=base), taken(body=mine), taken(body=theirs))
    assert time.process_time() - began < 5
